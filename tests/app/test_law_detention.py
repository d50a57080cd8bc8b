"""The file of goods held at customs: securities, last days and decisions as the cases say, and what it refuses."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from mapae.app.law.detention import DetentionCase, detention_file, read_detention
from mapae.app.law.detention_said import WORDS, detention_lines, detention_page
from mapae.cli.main import app
from mapae.errors import FactError, InputError
from mapae.law import LawBook
from mapae.pack import load_pack

ROOT = Path(__file__).resolve().parents[2]
CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/packs/kr/detention.yaml").read_text("utf-8"))
BOOK = LawBook(load_pack("kr"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_file_stands_as_the_case_says(case: dict[str, Any]) -> None:
    found = detention_file(BOOK, DetentionCase(**case["case"]), case["as_of"])
    assert found.outcome == case["outcome"]
    steps = {step.key: step for step in found.steps}
    for key, expected in case["steps"].items():
        state, day, amount = (*expected, None, None)[:3]
        assert (steps[key].state, steps[key].day, steps[key].amount) == (state, day, amount), key


@pytest.mark.parametrize("said", ["ko", "en"])
def test_every_word_is_there_and_the_working_is_shown(said: str) -> None:
    for case in CASES:
        found = detention_file(BOOK, DetentionCase(**case["case"], facts={"goods": "<bag>"}), case["as_of"])
        text, page = detention_lines(found, said), detention_page(found, said)
        assert WORDS[found.outcome][said] in text and "<bag>" in text
        assert "&lt;bag&gt;" in page and "<bag>" not in page
    assert "2026-09-24" in detention_lines(
        detention_file(BOOK, DetentionCase(**CASES[0]["case"]), date(2026, 9, 30)), said
    )


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("value_krw: 0\n", FactError, "above 0"),
        ("sme: true\n", FactError, "no customs value"),
        ("value_krw: 12.5\n", FactError, "no customs value"),
        ("value_krw: 100\nsme: maybe\n", FactError, "not yes or no"),
        ("value_krw: 100\nheld_notice_on: soon\n", FactError, "not a day"),
        ("value_krw: 100\nheld_on: 2026-11-03\n", FactError, "unknown field 'held_on'"),
        ("value_krw: 100\nheld_notice_on: 2026-11-03\nproved_on: 2026-11-02\n", FactError, "is before"),
        ("- a\n", InputError, "no list of fields"),
        ("a: [\n", InputError, "not YAML"),
    ],
)
def test_wrong_cases_are_refused(text: str, error: type[Exception], said: str, tmp_path: Path) -> None:
    path = tmp_path / "held.yaml"
    path.write_text(text)
    with pytest.raises(error, match=said):
        detention_file(BOOK, read_detention(path), date(2026, 11, 23))


def test_the_command_prints_the_file_and_writes_the_document(tmp_path: Path) -> None:
    path = tmp_path / "held.yaml"
    path.write_text(
        "value_krw: 1000000\nbrand: Lumera\nrequested_on: 2026-11-02\nheld_notice_on: 2026-11-03\n"
    )
    out = tmp_path / "file.html"
    result = CliRunner().invoke(
        app, ["law", "detention", str(path), "--as-of", "2026-11-10", "--lang", "en", "--out", str(out)]
    )
    assert result.exit_code == 0, result.output
    assert "security 1,200,000 won" in result.stdout and "until 2026-11-17" in result.stdout
    assert "Lumera" in out.read_text("utf-8")
