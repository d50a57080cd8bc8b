"""Lines of parcels for tests, and what checks say of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from mapae.app.context import make_context
from mapae.contract import Check, Context, Whole
from mapae.model.records import KINDS

__all__ = ["CONTEXT", "batch_of", "context_with", "judged"]

AS_OF = date(2026, 11, 24)
CONTEXT = make_context("kr", AS_OF, "none")


def context_with(**options: str) -> Context:
    return make_context("kr", AS_OF, "none", options)


def batch_of(lines: Sequence[dict[str, Any]]) -> pa.RecordBatch:
    """Lines in the kind's schema; of 2026-11-02, in dollars, where they do not say."""
    schema = KINDS["consignment"].schema
    usual = dict.fromkeys(schema.names) | {"date": "2026-11-02", "currency": "USD"}
    return pa.RecordBatch.from_pylist([usual | line for line in lines], schema=schema)


def judged(check: Check, lines: Sequence[dict[str, Any]], context: Context = CONTEXT, size: int = 7) -> Whole:
    """What a set-wise check says of lines that come in batches of `size`."""

    def records() -> Iterator[pa.RecordBatch]:
        return (batch_of(lines[at : at + size]) for at in range(0, len(lines), size))

    assert check.whole is not None
    said = check.whole(records, context)
    return Whole(list(said.findings), said.tables, said.faults)
