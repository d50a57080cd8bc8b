"""The screens keep their accuracy on the project's own cases: F1 of at least .90 on every set and both lots of cases."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from mapae.app.context import make_context
from mapae.app.evaluate import evaluate
from mapae.app.evaluate.names import evaluate_names
from mapae.app.evaluate.sets import SETS

CASES = Path(__file__).resolve().parents[1] / "cases"
FLOOR = 0.90
TWICE = [
    *(name for name in SETS if name not in ("helpline", "policies")),
    "names",
]  # sets with two lots of cases


@pytest.mark.no_cover
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "lot"), [*product(TWICE, ["", "second"]), ("recalls", "sixteenth")], ids=" ".join
)
def test_a_set_keeps_its_floor(name: str, lot: str) -> None:
    path = CASES / lot / f"{name}.jsonl"
    found = (
        evaluate_names(path)
        if name == "names"
        else evaluate(name, path, make_context("kr", date(2026, 11, 25), "none"))
    )
    assert found.labelled >= 90
    assert not found.bad
    assert found.score is not None
    assert found.score.value >= FLOOR, found.wrong


def test_no_case_stands_in_both_lots() -> None:
    for name in TWICE:
        first, second = (
            set((CASES / lot / f"{name}.jsonl").read_text("utf-8").splitlines()) for lot in ("", "second")
        )
        assert not first & second
