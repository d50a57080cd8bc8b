"""One batch in, its findings out: fold, look for all terms at once, run each check on its own hits, put in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

import pyarrow as pa
import pyarrow.compute as pc

from mapae.contract.batch import Batch
from mapae.contract.run import make_batch
from mapae.engine.prepare import Ready
from mapae.model.finding import FINDING_SCHEMA, Finding, to_batch
from mapae.model.records import KINDS, Kind

__all__ = ["CONTEXT", "PART_SCHEMA", "screen_batch"]

CONTEXT = 80  # code points of the original text kept on either side of a span, for the report
_SIDES = ("before", "after")
_AROUND = pa.field("around", pa.list_(pa.struct([(side, pa.string()) for side in _SIDES])))
_ROW = pa.field("row", pa.int64())  # of the record in its batch
PART_SCHEMA: pa.Schema = FINDING_SCHEMA.append(_AROUND).append(_ROW)
_MARK = "\x1e"  # parts a key from its row number where a batch has the same key twice
# subject fields a check may leave empty, and the record columns that fill them, first found
_FILL = {
    "operator": ("operator", "platform"),
    "seller_id": ("seller_id", "advertiser_id", "account_id"),
    "subject_title": ("title", "headline", "description", "text", "operator"),
    "subject_url": ("url", "landing_url"),
}


def screen_batch(ready: Ready, records: pa.RecordBatch) -> pa.RecordBatch:
    """Findings of PART_SCHEMA for records of the kind's schema, by (row, check, finding id).

    A record's findings depend on that record only, never on what else is in the batch.
    """
    kind = KINDS[ready.prepared.kind]
    batch = make_batch(kind.name, _distinct_keys(records, kind))
    row_of = _RowOfKey(batch.records, kind)
    rows: list[int] = []
    found: list[Finding] = []
    for finding in ready.prepared.judge(batch):
        rows.append(row_of(finding.subject_id))
        found.append(_completed(finding, batch, rows[-1]))
    table = to_batch(found, as_of=ready.as_of, pack_version=ready.pack_version)
    added = [_around(batch, rows, found), pa.array(rows, _ROW.type)]
    table = pa.RecordBatch.from_arrays([*table.columns, *added], schema=PART_SCHEMA)
    return table.take(_order(rows, table)) if found else table


def _distinct_keys(records: pa.RecordBatch, kind: Kind) -> pa.RecordBatch:
    """The records with the row number behind any key that came before, so that a finding's row is never in doubt."""
    keys = records.column(kind.key)
    if keys.null_count == 0 and pc.count_distinct(keys).as_py() == len(keys):
        return records
    seen: set[str | None] = set()
    fresh = []
    for row, key in enumerate(keys.to_pylist()):
        fresh.append(f"{key or ''}{_MARK}{row}" if key is None or key in seen else key)
        seen.add(key)
    return records.set_column(
        records.schema.get_field_index(kind.key), kind.key, pa.array(fresh, pa.string())
    )


class _RowOfKey:
    """Row of a key; the keys are read only when a first finding asks."""

    def __init__(self, records: pa.RecordBatch, kind: Kind) -> None:
        self._keys = records.column(kind.key)
        self._rows: dict[str, int] = {}

    def __call__(self, key: str) -> int:
        if not self._rows:
            self._rows = {name: row for row, name in enumerate(self._keys.to_pylist())}
        return self._rows[key]


def _completed(finding: Finding, batch: Batch, row: int) -> Finding:
    """The finding with what the record says of its operator, seller, title and address where the check did not."""
    changes: dict[str, object] = {}
    for name, columns in _FILL.items():
        if getattr(finding, name) is None:
            changes[name] = next(_values(batch, row, columns), None)
    if _MARK in finding.subject_id:
        changes["subject_id"] = finding.subject_id.partition(_MARK)[0]
    return replace(finding, **changes) if changes else finding  # type: ignore[arg-type]


def _values(batch: Batch, row: int, columns: tuple[str, ...]) -> Iterator[str]:
    for name in columns:
        if name in batch.kind.columns and (value := batch.column(name)[row].as_py()):
            said = str(value)
            yield (_first_line(said) if batch.kind.name == "policy" and name == "text" else said)[:300]


def _first_line(text: str) -> str:
    """The heading a document begins with, without the marks of Markdown."""
    return next((line for part in text[:4000].splitlines() if (line := part.strip("#*_> \t\ufeff"))), "")


def _around(batch: Batch, rows: list[int], found: list[Finding]) -> pa.Array:
    """What stands before and after each reason's span in the original text."""
    before: list[str] = []
    after: list[str] = []
    for row, finding in zip(rows, found, strict=True):
        texts: dict[str, str] = {}
        for reason in finding.reasons:
            text = ""
            if reason.end > reason.start and reason.field in batch.kind.columns:
                if reason.field not in texts:
                    texts[reason.field] = str(batch.column(reason.field)[row].as_py() or "")
                text = texts[reason.field]
            before.append(text[max(0, reason.start - CONTEXT) : reason.start])
            after.append(text[reason.end : reason.end + CONTEXT])
    ends = list(accumulate((len(finding.reasons) for finding in found), initial=0))
    sides = pa.StructArray.from_arrays([pa.array(before, pa.string()), pa.array(after, pa.string())], _SIDES)
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), sides)


def _order(rows: list[int], table: pa.RecordBatch) -> pa.Array:
    checks, ids = table.column("check").to_pylist(), table.column("finding_id").to_pylist()
    order = sorted(range(len(rows)), key=lambda at: (rows[at], checks[at], ids[at]))
    return pa.array(order, pa.int64())
