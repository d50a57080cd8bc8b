"""Events as a file of CSV gives them, and a context of the pack."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pyarrow as pa
import pytest

from mapae.app.context import make_context
from mapae.contract import Context
from mapae.measures.agreements.events import Events, read_events
from mapae.model.records import KINDS

Row = tuple[str, ...]  # subject, event, at, operator, value


def batch_of(rows: Sequence[Row]) -> pa.RecordBatch:
    schema = KINDS["event"].schema
    filled = []
    for number, row in enumerate(rows):
        subject, event, at, operator, value = (*row, *("", "", "Temu", "")[len(row) - 1 :])
        record = dict.fromkeys(schema.names)
        record |= {
            "event_id": str(number),
            "subject_id": subject,
            "event": event,
            "at": at,
            "operator": operator,
        }
        record["value"] = float(value) if value else None
        filled.append(record)
    return pa.RecordBatch.from_pylist(filled, schema=schema)


@pytest.fixture(scope="session")
def context() -> Context:
    return make_context("kr", date(2026, 11, 25), "none")


@pytest.fixture
def events(context: Context) -> Callable[[Sequence[Row]], Events]:
    words = context.pack.data("agreements/events.yaml")
    return lambda rows: read_events([batch_of(rows)], words)
