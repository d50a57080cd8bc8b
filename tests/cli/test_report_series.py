"""`mapae report series` by use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mapae.cli.main import app

RUN = CliRunner()


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path / "home"))


def _run(*words: str) -> str:
    result = RUN.invoke(app, ["report", "series", *words])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_without_a_key_it_lists_every_series_with_its_latest_figure() -> None:
    said = _run("--as-known-on", "2026-11-23")
    assert "30,066 (2025-01..2025-10)" in said and "kcu.aliexpress" in said


def test_the_page_holds_charts_tables_sources_and_the_command_that_repeats_it(tmp_path: Path) -> None:
    words = [
        "kca.crossborder_consultations",
        "kcu.aliexpress",
        "kca.aliexpress",
        "--as-known-on",
        "2026-11-23",
    ]
    _run(*words, "--out", str(tmp_path / "out"))
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    for figure in ("14,086", "16,608", "19,418", "22,816", "30,066"):
        assert f">{figure}</td>" in page
    assert page.count('<svg class="chart"') == 3
    assert (
        page.count("<table>") == 4 and "million" in page
    )  # one a series, and complaints for a million users
    assert "kca.aliexpress ≠ kcu.aliexpress" in page
    snapshot = json.loads((tmp_path / "out" / "metadata.json").read_text("utf-8"))["snapshot"]
    assert f"--as-known-on 2026-11-23 --snapshot {snapshot}" in page
    assert json.loads(_run(*words, "--snapshot", snapshot, "--json"))["snapshot"] == snapshot


def test_figures_that_are_not_those_of_the_snapshot_and_mixed_sums_exit_2() -> None:
    for words in (
        ["kca.temu", "--snapshot", "0" * 16],
        ["kcu.aliexpress", "kca.aliexpress", "--sum"],
        ["nothing"],
    ):
        assert RUN.invoke(app, ["report", "series", *words]).exception is not None


def test_csv_has_a_line_for_every_figure() -> None:
    lines = _run("kca.temu", "--as-known-on", "2026-11-23", "--csv").splitlines()
    assert lines[0].startswith("series,period,first,last,value,unit") and len(lines) == 4


def test_a_table_is_loaded_with_its_reference_only(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("구분,2024,2025\n테무,80,90\n", "utf-8")
    assert (
        RUN.invoke(app, ["report", "series", "kca.temu", "--load", str(path), "--label", "테무"]).exception
        is not None
    )
    said = _run("kca.temu", "--load", str(path), "--label", "테무", "--reference", "KCA yearbook")
    assert "KCA yearbook" in said and "2025" in said
