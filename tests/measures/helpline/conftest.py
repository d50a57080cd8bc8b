"""Readers of the pack's tables, made once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from mapae.app.context import make_context
from mapae.measures.helpline.check import triage_reader
from mapae.measures.helpline.triage import Complaint, Triage, TriageReader

Told = Callable[..., Triage]


@pytest.fixture(scope="session")
def reader() -> TriageReader:
    return triage_reader(make_context("kr", date(2026, 11, 25), lists="none"))


@pytest.fixture
def told(reader: TriageReader) -> Told:
    """Triage of a message received on Friday 20 November 2026."""

    def read(
        text: str,
        *,
        operator: str = "",
        bought: str | None = None,
        came: str | None = None,
        received: str = "2026-11-20",
    ) -> Triage:
        days = [date.fromisoformat(day) if day else None for day in (bought, came)]
        return reader.read(Complaint(text, operator, date.fromisoformat(received), *days))

    return read
