"""`mapae report parity` by use."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from mapae.cli.main import app
from tests.app.test_parity import _finding, _run

RUN = CliRunner()


def _operators(tmp_path: Path) -> str:
    path = tmp_path / "operators.csv"
    path.write_text("operator_id,names,country\nlumibay,Lumibay,SG\nhanmaru,Hanmaru,KR\n", "utf-8")
    return str(path)


def _out(tmp_path: Path) -> str:
    rows = [_finding("Lumibay", 1), _finding("Hanmaru", 1), _finding("Nowhere", 1)]
    return str(_run(tmp_path / "out", rows, {"Lumibay": 20, "Hanmaru": 10, "Nowhere": 3}))


def test_it_says_whether_the_rules_were_the_same_and_the_rates(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["report", "parity", _out(tmp_path), "--operators", _operators(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "rules: the same for both groups" in result.stdout
    assert "100.0 [" in result.stdout
    assert "in neither group, since no operator has these names: Nowhere" in result.stdout


def test_json_and_the_page_hold_the_same_checks(tmp_path: Path) -> None:
    page = tmp_path / "deep" / "parity.html"
    command = [
        "report",
        "parity",
        _out(tmp_path),
        "--operators",
        _operators(tmp_path),
        "--json",
        "--out",
        str(page),
    ]
    found = json.loads(RUN.invoke(app, command).stdout)
    assert [row["check"] for row in found["checks"]] == ["counterfeits.text"]
    assert "counterfeits.text" in page.read_text("utf-8")


def test_without_anybody_who_says_who_is_domestic_it_is_bad_use(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["report", "parity", _out(tmp_path)])
    assert result.exit_code != 0
    assert "who is domestic" in str(result.exception or result.output)
