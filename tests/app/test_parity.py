"""Domestic beside overseas: equal rules are told from other rules, and rates come with what they rest on."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mapae.app.parity import Groups, Share, apart, groups_of, parity
from mapae.errors import InputError, UsageError
from mapae.model.finding import Finding, Reason, to_batch
from mapae.model.records import KINDS
from mapae.report.parity import parity_words, render_parity

GROUPS = Groups({"lumibay": "overseas", "hanmaru": "domestic"})


def _finding(platform: str, number: int, check: str = "counterfeits.text", shadow: bool = False) -> Finding:
    return Finding(
        check=check, measure=check.partition(".")[0], subject_kind="listing", subject_id=f"{platform}-{number}",
        reference_id="brand:Nike", severity="high", score=0.9, provision="TM 108", operator=platform, shadow=shadow,
        reasons=(Reason("title", 0, 4, "N!ke", "Nike", "a mark bent", 0.9),),
    )  # fmt: skip


def _run(
    folder: Path, findings: list[Finding], records: dict[str, int] | None = None, pack: str = "a1"
) -> Path:
    folder.mkdir(parents=True)
    batch = to_batch(findings, as_of=date(2026, 11, 25), pack_version=pack)
    pq.write_table(pa.Table.from_batches([batch]), folder / "findings.parquet")
    if records is not None:
        rows = [
            {"listing_id": f"{name}-{n}", "platform": name, "title": "x"}
            for name, many in records.items()
            for n in range(many)
        ]
        pq.write_table(pa.Table.from_pylist(rows, KINDS["listing"].schema), folder / "records.parquet")
    manifest = {
        "kind": "listing", "pack_hash": pack, "lists_hash": "l", "code_version": "1", "as_of": "2026-11-25",
        "checks": ["counterfeits.text"], "inputs": [],
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


def test_records_with_a_finding_are_counted_once_per_check_and_per_thousand(tmp_path: Path) -> None:
    rows = [_finding("Lumibay", n) for n in (1, 1, 2)] + [
        _finding("Hanmaru", 1),
        _finding("Hanmaru", 2, shadow=True),
    ]
    found = parity([_run(tmp_path / "o", rows, {"Lumibay": 40, "Hanmaru": 10})], GROUPS)
    (row,) = found["checks"]
    assert (row["overseas"]["k"], row["overseas"]["n"], row["overseas"]["value"]) == (2, 40, 50.0)
    assert (row["domestic"]["k"], row["domestic"]["n"], row["domestic"]["value"]) == (1, 10, 100.0)
    assert row["apart"] is False
    assert {each["platform"]: each["n"] for each in found["platforms"]} == {"Hanmaru": 10, "Lumibay": 40}


def test_rules_are_the_same_where_one_run_judged_both(tmp_path: Path) -> None:
    found = parity([_run(tmp_path / "o", [], {"Lumibay": 1, "Hanmaru": 1})], GROUPS)
    assert {row["same"] for row in found["rules"]} == {True}


def test_another_pack_for_one_group_is_told(tmp_path: Path) -> None:
    _run(tmp_path / "a", [], {"Lumibay": 1})
    _run(tmp_path / "b", [], {"Hanmaru": 1}, pack="b2")
    found = parity([tmp_path], GROUPS)
    assert [row["rule"] for row in found["rules"] if row["same"] is False] == ["pack_hash"]


def test_one_group_alone_is_not_compared(tmp_path: Path) -> None:
    found = parity([_run(tmp_path / "o", [_finding("Lumibay", 1)], {"Lumibay": 1})], GROUPS)
    assert {row["same"] for row in found["rules"]} == {None}
    assert found["checks"][0]["apart"] is None


def test_without_records_there_is_no_rate(tmp_path: Path) -> None:
    found = parity([_run(tmp_path / "o", [_finding("Lumibay", 1), _finding("Hanmaru", 1)])], GROUPS)
    assert found["checks"][0]["overseas"] == {"k": 1, "n": 0, "value": None, "low": None, "high": None}
    assert {row["same"] for row in found["rules"]} == {True}
    assert found["runs"][0]["records"] is None


def test_rates_that_have_nothing_in_common_are_marked(tmp_path: Path) -> None:
    rows = [_finding("Lumibay", n) for n in range(90)] + [_finding("Hanmaru", 1)]
    found = parity([_run(tmp_path / "o", rows, {"Lumibay": 100, "Hanmaru": 100})], GROUPS)
    assert found["checks"][0]["apart"] is True
    assert apart(Share(0, 0).plain(), Share(1, 2).plain()) is None


@pytest.mark.parametrize("spelling", ["Lumibay", "루미베이", "LUMI BAY", "lumibay"])
def test_a_platform_is_known_by_any_of_its_names(tmp_path: Path, spelling: str) -> None:
    path = tmp_path / "operators.jsonl"
    rows = [
        {"operator_id": "lumibay", "names": {"ko": "루미베이", "en": ["Lumibay"]}, "country": "SG"},
        {"operator_id": "hanmaru", "names": "한마루몰", "country": "KR"},
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    groups = groups_of(path)
    assert groups.of(spelling) == "overseas"
    assert groups.of("한마루몰") == "domestic"
    assert groups.of("Nowhere") == groups.of(None) == "unknown"


def test_an_operator_without_country_is_told_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "operators.csv"
    path.write_text("operator_id,names,country\nlumibay,Lumibay,\n", "utf-8")
    with pytest.raises(InputError, match="no country") as told:
        groups_of(path)
    assert "lumibay" in str(told.value.where)


def test_a_folder_without_runs_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no finished run"):
        parity([tmp_path], GROUPS)
    with pytest.raises(InputError, match="no folder"):
        parity([tmp_path / "gone"], GROUPS)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_shows_both_groups_and_no_hostile_name_alive(tmp_path: Path, language: str) -> None:
    hostile = "<script>alert(1)</script>"
    rows = [_finding("Lumibay", 1), _finding("Hanmaru", 1), _finding(hostile, 1)]
    found = parity([_run(tmp_path / "o", rows, {"Lumibay": 5, "Hanmaru": 5})], GROUPS)
    page = render_parity(found, as_of="2026-11-25", language=language)
    assert "counterfeits.text" in page
    assert parity_words()["same"][language] in page
    assert hostile not in page


def test_every_word_is_there_in_both_languages() -> None:
    assert all(row["ko"] and row["en"] for row in parity_words().values())
