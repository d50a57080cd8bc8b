"""What is said at the end of a screening, in both languages, by the locale that is asked for."""

from __future__ import annotations

import locale
from pathlib import Path
from typing import Any

import pytest

from mapae.app.screen import Screened
from mapae.cli.locales import language
from mapae.cli.screen_words import summary


def _run(**changed: Any) -> Screened:
    manifest = {
        "rows_read": 1200, "kind": "listing", "findings": 1, "seconds": 2.0, "measures": {"counterfeits": 1},
        "severities": {"high": 1, "low": 0}, "shadow": 3,
        "inputs": [{"path": "a/year.xlsx", "notes": ["the sheet 'x' has other columns and was left out (1 times; line 1)"]}],
    }  # fmt: skip
    return Screened(Path("out"), manifest | changed, 2, "new", ())


def test_the_end_of_a_run_is_told_in_english() -> None:
    assert summary(_run(), "en").splitlines() == [
        "1,200 listing records: 1 finding in 2.0 s (600/s)",
        "  counterfeits               1",
        "  severity           high 1",
        "  on trial                   3 (not counted)",
        "  rejected rows              2 see out/rejects.jsonl",
        "  note               year.xlsx: the sheet 'x' has other columns and was left out (1 times; line 1)",
        "report: out/report.html",
    ]


def test_the_end_of_a_run_is_told_in_korean() -> None:
    told = summary(_run(inspections=["a", "b"]), "ko")
    assert told.startswith("listing 기록 1,200건: 발견 1건, 2.0초")
    assert "제외된 행" in told
    assert "점검표" in told
    assert told.endswith("보고서: out/report.html")


def test_cells_that_could_not_be_read_are_told_beside_rejected_rows(tmp_path: Path) -> None:
    (tmp_path / "rejects.jsonl").write_text('{"line":2}\n{"line":3}\n{"line":6,"column":"price"}\n', "utf-8")
    ran = Screened(tmp_path, _run().manifest, 2, "new", ())
    assert (
        f"  cells not read             1 see {tmp_path / 'rejects.jsonl'}" in summary(ran, "en").splitlines()
    )
    assert "읽지 못한 칸" in summary(ran, "ko")
    assert "cells not read" not in summary(Screened(tmp_path, ran.manifest, 3, "new", ()), "en")


def test_a_korean_locale_counts_though_it_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: int, __: str) -> str:
        raise locale.Error("unsupported locale setting")

    monkeypatch.setattr(locale, "setlocale", missing)
    monkeypatch.setenv("LC_ALL", "")
    monkeypatch.setenv("LC_MESSAGES", "")
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert language() == "ko"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert language() == "en"
