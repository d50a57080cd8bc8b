"""A table as a user writes it, read and judged by one check."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mapae.app.context import make_context
from mapae.app.inputs import open_inputs
from mapae.contract import Check, Whole

__all__ = ["judged"]


def judged(folder: Path, check: Check, kind: str, text: str, as_of: date = date(2026, 11, 25)) -> Whole:
    """What the check says of the CSV."""
    path = folder / "table.csv"
    path.write_text(text, "utf-8")

    def records():
        return (batch for feed in open_inputs((path,), kind=kind).feeds for batch in feed.batches())

    assert check.whole is not None
    return check.whole(records, make_context("kr", as_of, "none"))
