"""The helpline keeps the figures it was asked for, on lots unread before their first run and on the shared cases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mapae.app.context import make_context
from mapae.app.evaluate import evaluate

ROOT = Path(__file__).resolve().parents[2]
FLOORS = {
    "responsible_macro_f1": 0.85,
    "operator": 0.97,
    "rights": 0.97,
    "withdrawal_deadline": 0.97,
    "hazard_f1": 0.90,
}


def _keeps_its_floors(path: Path, least: int) -> None:
    found = evaluate("helpline", path, make_context("kr", date(2026, 11, 25), "none"))
    assert found.labelled >= least
    assert not found.bad
    assert found.score is not None
    assert found.score.value >= 0.85, found.wrong
    short = {name: found.score.more[name] for name, floor in FLOORS.items() if found.score.more[name] < floor}
    assert not short


@pytest.mark.slow
@pytest.mark.parametrize(
    "lot", ["twenty_sixth", "twenty_seventh", "twenty_ninth", "thirty_first", "thirty_second"]
)
def test_a_lot_keeps_the_figures_that_were_asked_for(lot: str) -> None:
    _keeps_its_floors(ROOT / "tests" / "cases" / lot / "helpline.jsonl", 100)


@pytest.mark.slow
def test_the_shared_cases_keep_their_figures(shared: Path) -> None:
    _keeps_its_floors(shared / "cases" / "helpline.jsonl", 120)
