"""`mapae law` as a user runs it: show, check, deadline, duty, impact; text and JSON, Korean and English."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mapae.cli.law import app
from mapae.errors import FactError, InputError, PackError, UsageError

OPERATOR = """\
name: Lumibay
role: intermediary
korean_address: false
korean_company: Lumibay Korea
revenue_krw_prior_year: 999999999999
consumers_monthly_avg_q4: 1000000
"""


def run(*words: str) -> str:
    result = CliRunner().invoke(app, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def run_json(*words: str) -> Any:
    return json.loads(run(*words, "--json"))


def test_show_tells_the_value_that_holds_and_its_reference() -> None:
    assert (
        run_json("show", "pipa.31-2.revenue_threshold", "--as-of", "2026-11-23")["holding"]["value"] == 10**12
    )
    text = run("show", "ECA", "20-5", "--as-of", "2027-01-21", "--lang", "en")
    assert "2027-01-21" in text
    assert "제20조의5" in text


def test_a_draft_never_holds() -> None:
    found = run_json("show", "eca.20-5.revenue_threshold", "--as-of", "2027-01-21")
    assert found["holding"] is None
    assert found["history"][0]["status"] == "draft"


def test_an_unknown_key_is_answered_with_near_ones() -> None:
    with pytest.raises(FactError) as caught:
        run("show", "eca.20-5.revenue_treshold")
    assert "eca.20-5.revenue_threshold" in caught.value.mend


def test_the_shipped_law_checks_clean_and_a_stale_day_is_a_fault() -> None:
    assert run_json("check", "--as-of", "2026-11-23")["problems"] == []
    result = CliRunner().invoke(app, ["check", "--as-of", "2029-01-01", "--lang", "en"])
    assert result.exit_code == 1
    assert "more than a year before 2029-01-01" in result.output


@pytest.mark.parametrize(
    "written",
    ["ECA20-5", "eca 20-5", "ECA 20의5", "ECA 20-5(1)", "전자상거래법 제20조의5제3항", "E-Commerce Act 20-5"],
)
def test_an_article_is_found_as_people_write_it(written: str) -> None:
    assert run_json("show", written)["key"] == "ECA 20-5"


def test_what_was_promulgated_is_in_force_from_its_first_day() -> None:
    before, after = (
        run("show", "ECA 20-5", "--as-of", day, "--lang", "en") for day in ("2027-01-20", "2027-01-21")
    )
    assert ("[promulgated, not in force]" in before, "[in force]" in after) == (True, True)


def test_a_length_may_be_written_in_korean() -> None:
    for korean, short in (
        ("3영업일", "3bd"),
        ("7일", "7d"),
        ("3개월", "3m"),
        ("1 년", "1y"),
        ("2주일", "2w"),
    ):
        assert (
            run_json("deadline", "2026-09-23", korean)["end"]
            == run_json("deadline", "2026-09-23", short)["end"]
        )


def test_a_deadline_shows_its_working_day_by_day() -> None:
    found = run_json("deadline", "2026-09-23", "3bd", "--regime", "ECA")
    assert found["end"] == "2026-09-30"
    assert any("Chuseok" in step["en"] for step in found["working"])
    assert "2026-09-30" in run("deadline", "2026-09-23", "3bd", "--lang", "ko")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2026-09-23", "3x"), "not a length"),
        (("2026-09-23", "0bd"), "not a length"),
        (("23.9.2026", "3d"), "not a day or moment"),
        (("2026-09-23", "72h"), "hours run from a moment"),
        (("2026-09-23", "3d", "--pause", "2026-10-01..2026-09-01"), "not a pause"),
        (("2026-09-23", "3bd", "--regime", "GAB"), "is not counted"),
        (("2026-09-23", "3bd", "--regime", "EC"), "no law has the code"),
        (("2050-12-30", "7d"), "leaves the years"),
        (("9999-12-30", "7d"), "leaves the years"),
        (("2026-09-23", "3000y"), "leaves the years"),
    ],
)
def test_bad_use_is_told_with_the_remedy(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        run("deadline", *words)
    assert caught.value.mend


def test_a_duty_is_weighed_limb_by_limb_and_names_the_company(tmp_path: Path) -> None:
    path = tmp_path / "operator.yaml"
    path.write_text(OPERATOR, "utf-8")
    found = {
        item["regime"]: item
        for item in run_json("duty", str(path), "--as-of", "2027-01-21", "--draft", "draft_decree_2026-03-11")
    }
    assert found["ECA"]["answer"] == "required"
    assert found["ECA"]["company"] == "Lumibay Korea"
    assert {limb["fact"]: limb["met"] for limb in found["ECA"]["limbs"]}["revenue_krw_prior_year"] == "no"
    assert found["PIPA"]["answer"] == "unknown"
    before = run_json("duty", str(path), "--as-of", "2027-01-20", "--draft", "draft_decree_2026-03-11")
    assert next(item for item in before if item["regime"] == "ECA")["answer"] == "not_required"


def test_a_misspelt_fact_is_refused_not_ignored(tmp_path: Path) -> None:
    path = tmp_path / "operator.yaml"
    path.write_text(OPERATOR + "revenue_krw_prior_yaer: 1\n", "utf-8")
    with pytest.raises(InputError, match="unknown fact") as caught:
        run("duty", str(path))
    assert "revenue_krw_prior_year" in caught.value.mend


def test_the_impact_of_a_draft_names_who_would_be_bound(tmp_path: Path) -> None:
    operators, draft = tmp_path / "operators.yaml", tmp_path / "draft.yaml"
    operators.write_text(OPERATOR + "data_demand: false\n", "utf-8")
    draft.write_text(
        "parameters:\n  - {key: eca.20-5.consumers_threshold, from: 2027-06-01, value: 2000000, reference: invented}\n",
        "utf-8",
    )
    found = run_json(
        "impact", str(draft), "--operators", str(operators), "--against", "draft_decree_2026-03-11"
    )
    assert {item["regime"]: (item["before"], item["after"]) for item in found}["ECA"] == (
        "required",
        "not_required",
    )


def test_an_article_and_a_duty_are_told_in_korean(tmp_path: Path) -> None:
    path = tmp_path / "operator.yaml"
    path.write_text(OPERATOR, "utf-8")
    assert "소비자는 7일 안에 청약을 철회할 수 있다" in run("show", "ECA 17", "--lang", "ko")
    told = run(
        "duty", str(path), "--as-of", "2027-01-21", "--draft", "draft_decree_2026-03-11", "--lang", "ko"
    )
    assert "국내대리인 지정 의무자: 통신판매업자, 통신판매중개업자" in told
    assert "국내대리인 소비자 수 기준 (consumers_monthly_avg_q4): 1,000,000 / 1,000,000" in told


def test_a_language_that_the_command_line_does_not_speak_is_refused() -> None:
    with pytest.raises(UsageError, match="does not speak 'zh'") as caught:
        run("show", "ECA 17", "--lang", "zh")
    assert "ko or en" in caught.value.mend


# name → (content of operators.yaml, what is said, where, the remedy)
SPOILT: dict[str, tuple[str, str]] = {
    "a word for yes": (OPERATOR + "data_demand: perhaps\n", "operators.yaml:7: Lumibay.data_demand: 'perhaps' is not true"),
    "a sum in commas": (
        OPERATOR.replace("999999999999", "999,999"), "operators.yaml:5: Lumibay.revenue_krw_prior_year: '999,999' is not"
    ),
    "a sum below zero": (OPERATOR.replace("1000000", "-1"), "operators.yaml:6: Lumibay.consumers_monthly_avg_q4: -1 is not"),
    "a role that is none": (OPERATOR.replace("intermediary", "broker"), "operators.yaml:2: Lumibay.role: unknown word"),
    "a field twice": (OPERATOR + "role: seller\n", "operators.yaml:7:1: the key 'role' stands twice"),
    "no YAML": ("name: A\n  role: seller\n", "operators.yaml:2:7: not YAML"),
    "no map": ("- just words\n", "operators.yaml:1: an operator is a map of facts"),
    "nothing": ("", "operators.yaml:1:1: the file is empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_a_fault_in_a_file_of_operators_is_told_with_its_line(name: str, tmp_path: Path) -> None:
    content, said = SPOILT[name]
    path, draft = tmp_path / "operators.yaml", tmp_path / "draft.yaml"
    path.write_text(content, "utf-8")
    draft.write_text(
        "parameters:\n  - {key: eca.20-5.consumers_threshold, from: 2027-06-01, value: 1}\n", "utf-8"
    )
    for words in (["duty", str(path)], ["impact", str(draft), "--operators", str(path)]):
        with pytest.raises((InputError, FactError)) as caught:
            run(*words, "--as-of", "2027-07-01")
        assert str(caught.value).startswith(f"{tmp_path}/{said}")
        assert caught.value.mend


@pytest.mark.parametrize(
    ("line", "said", "mend"),
    [
        ("{key: eca.20-5.consumers_threshold, from: 2027-06-01, value: two}", "'two' is no value in persons", "a number"),
        ("{key: eca.20-5.roles, from: 2027-06-01, value: seller}", "'seller' is no value in list", "a list"),
        ("{key: eca.20-5.roles, from: 2027-06-01, valeu: [seller]}", "no value", "add value:"),
        ("{key: eca.20-5.roles, from: 2027-06-01, value: [seller], referense: x}", "unknown field 'referense'", "reference"),
        ("{key: eca.20-5.roles, from: 2027-02-30, value: [seller]}", "day is out of range", "put the day right"),
    ],
)  # fmt: skip
def test_a_fault_in_a_draft_is_told_with_its_line(line: str, said: str, mend: str, tmp_path: Path) -> None:
    operators, draft = tmp_path / "operators.yaml", tmp_path / "draft.yaml"
    operators.write_text(OPERATOR, "utf-8")
    draft.write_text(f"parameters:\n  - {line}\n", "utf-8")
    with pytest.raises(PackError) as caught:
        run("impact", str(draft), "--operators", str(operators))
    assert "draft.yaml:2:" in str(caught.value)
    assert said in str(caught.value)
    assert mend in str(caught.value)


@pytest.mark.parametrize("command", ["duty", "detention"])
def test_a_file_that_is_not_there_is_told_as_such(command: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened: No such file"):
        run(command, str(tmp_path / "none.yaml"))


def test_a_law_without_an_article_is_answered_with_its_articles() -> None:
    with pytest.raises(FactError, match="is a law") as caught:
        run("show", "전자상거래법")
    assert "ECA 17" in caught.value.mend
