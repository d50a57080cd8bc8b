"""Clauses of sellers' terms: how many of the invented passages of tests/cases/seller_terms.jsonl are read as labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from bench import Row
from bench._lots import first_sight
from mapae.app.context import make_context
from mapae.detect.clauses import Clauses

__all__ = ["PASSAGES", "rows", "score"]

PASSAGES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "seller_terms.jsonl"


def rows() -> list[Row]:
    """A row a lot: F1 at first sight, and now."""
    clauses = Clauses.read(make_context("kr", date.today(), "none").pack.data("markets/terms.yaml"))
    first = first_sight()["seller_terms"]
    cases = [orjson.loads(line) for line in PASSAGES.read_bytes().splitlines()]
    found = []
    for lot, seen in first.items():
        precision, recall, f1 = score((case for case in cases if case["lot"] == lot), clauses)
        now = {"now: precision": precision, "now: recall": recall, "now: F1": f1}
        found.append(Row(f"sellers' terms: lot {lot}", {"first sight: F1": seen["f1"], **now}))
    return found


def score(cases: Iterable[Mapping[str, Any]], clauses: Clauses) -> tuple[float, float, float]:
    """Precision, recall and F1 over the kinds of clause of passages.

    A case has `text`, `kinds` (the label) and maybe `also`: kinds that a lawyer could name instead, right where they stand
    for the label and no error beside it.
    """
    tally: Counter[str] = Counter()
    for case in cases:
        truth, also = set(case["kinds"]), set(case.get("also", ()))
        said = {clause.kind for clause in clauses.find(case["text"])}
        got = truth if truth and not said & truth and said & also else said - (also - truth)
        tally.update(right=len(got & truth), said=len(got), true=len(truth))
    right, said_all, true = tally["right"], tally["said"], tally["true"]
    return right / max(1, said_all), right / max(1, true), 2 * right / max(1, said_all + true)
