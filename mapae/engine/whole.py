"""Set-wise checks: after all records were screened one by one, each judges all of them; its findings become a part too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import accumulate, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from mapae.contract.check import Check, Context, Fault, Records
from mapae.engine.journal import Journal, PartNote
from mapae.engine.work import PART_SCHEMA
from mapae.model.finding import Finding, to_batch

__all__ = ["FIRST", "judge_whole", "screened_pieces"]

FIRST = 1_000_000_000  # number of the first part of these checks, behind those of all pieces


def screened_pieces(notes: Mapping[int, PartNote]) -> dict[int, PartNote]:
    """The notes of pieces, without what set-wise checks left in an interrupted run."""
    return {number: note for number, note in notes.items() if number < FIRST}


def judge_whole(
    checks: Sequence[Check],
    context: Context,
    records: Records,
    journal: Journal,
    inputs: Sequence[tuple[str, int]],
    lines: Sequence[Callable[[], Iterator[int]]],
    out: Path,
) -> tuple[dict[int, PartNote], tuple[str, ...]]:
    """Let each set-wise check judge, by key; put its findings in the journal and its tables in OUT.

    inputs: name and rows read of each, in order, and lines: the line of each of its records; they tell where a faulty
    record stands. The notes of the parts, and the tables' names. A table of the same name by a second check is refused
    (ValueError).
    """
    found: list[Finding] = []
    tables: dict[str, pa.Table] = {}
    faults: dict[int, Fault] = {}
    for check in sorted((item for item in checks if item.whole), key=lambda item: item.key):
        said = check.whole(records, context)  # type: ignore[misc]  # chosen above
        found += (replace(item, shadow=True) if check.shadow else item for item in said.findings)
        if twice := tables.keys() & said.tables.keys():
            raise ValueError(f"a second table {min(twice)} by {check.key}")
        tables |= said.tables
        for fault in said.faults:
            faults.setdefault(fault.row, fault)
    for name, table in tables.items():
        draft = out / f"{name}.draft"
        pq.write_table(table, draft, compression="zstd")
        draft.replace(out / f"{name}.parquet")
    part = pa.Table.from_batches([_part(found, context)], schema=PART_SCHEMA)
    notes = {FIRST: PartNote(FIRST, -1, 0, len(found))}
    journal.write(notes[FIRST], part, None)
    for note in _set_aside(faults, inputs, lines):
        notes[note.number] = note
        journal.write(note, PART_SCHEMA.empty_table(), None)
    return notes, tuple(sorted(tables))


def _part(found: Sequence[Finding], context: Context) -> pa.RecordBatch:
    table = to_batch(found, as_of=context.as_of, pack_version=context.pack.hash)
    ends = list(accumulate((len(item.reasons) for item in found), initial=0))
    blank = pa.array([{"before": "", "after": ""}] * ends[-1], PART_SCHEMA.field("around").type.value_type)
    around = pa.ListArray.from_arrays(pa.array(ends, pa.int32()), blank)
    row = pa.array([0] * len(found), pa.int64())
    columns = [
        item.cast(to.type) for item, to in zip([*table.columns, around, row], PART_SCHEMA, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=PART_SCHEMA)


def _set_aside(
    faults: Mapping[int, Fault],
    inputs: Sequence[tuple[str, int]],
    lines: Sequence[Callable[[], Iterator[int]]],
) -> Iterator[PartNote]:
    """A note for each input with faulty records: they no longer count as read, but as rejected."""
    starts = list(accumulate((rows for _, rows in inputs), initial=0))
    found: dict[int, list[tuple[int, Fault]]] = defaultdict(list)
    for row, fault in sorted(faults.items()):
        feed = max(at for at, start in enumerate(starts[:-1]) if start <= row)
        found[feed].append((row - starts[feed], fault))
    for feed, faulty in found.items():
        where = _picked(lines[feed](), {row for row, _ in faulty})
        rejects = [
            {"input": inputs[feed][0], "line": where.get(row), "record": row + 1}
            | {"column": fault.column, "reason": fault.reason, "raw": fault.raw}
            for row, fault in faulty
        ]
        yield PartNote(FIRST + 1 + feed, feed, -len(rejects), 0, len(rejects), tuple(rejects))


def _picked(lines: Iterator[int], rows: Set[int]) -> dict[int, int]:
    """The lines of these rows, by row."""
    held = islice(lines, max(rows) + 1)
    return {row: line for row, line in enumerate(held) if row in rows}
