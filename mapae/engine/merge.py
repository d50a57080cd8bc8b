"""Parts → one file of findings in input order without doubles, and the few that a report shows."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mapae.model.finding import FINDING_SCHEMA, SEVERITIES

__all__ = ["Merged", "Only", "merge_findings", "merge_records"]

_SHOWN = [*FINDING_SCHEMA.names, "around"]
_RANK = {name: rank for rank, name in enumerate(SEVERITIES)}


@dataclass(frozen=True)
class Only:
    """What a rescreening keeps: findings on these references (None: on any) that none of the `known` files has yet."""

    references: frozenset[str] | None
    known: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Merged:
    """What was merged: findings in all; counts by (measure, check, severity) without and with shadow; the top ones.

    top: rows as dicts with their `around`, by (severity, score) descending, then input order; no shadow findings.
    """

    findings: int
    counts: dict[tuple[str, str, str], int]
    shadow: dict[tuple[str, str, str], int]
    top: list[dict[str, Any]] = field(default_factory=list)


def merge_findings(parts: Sequence[Path], path: Path, *, top: int = 1000, only: Only | None = None) -> Merged:
    """Write the findings of all parts to `path`, keeping the first of equal ids, and pick the `top` ones."""
    keep = _first_of_equal(parts, only.known if only else ())
    counts: dict[tuple[str, str, str], int] = {}
    shadow: dict[tuple[str, str, str], int] = {}
    best: list[tuple[tuple[int, float, int], dict[str, Any]]] = []
    total = 0
    draft = path.with_suffix(".draft")
    with pq.ParquetWriter(draft, FINDING_SCHEMA, compression="zstd") as writer:
        for table in _tables(parts, keep):
            if only and only.references is not None:
                wanted = pa.array(sorted(only.references), pa.string())
                table = table.filter(pc.is_in(table["reference_id"], value_set=wanted))
            if not table.num_rows:
                continue
            writer.write_table(table.select(FINDING_SCHEMA.names).cast(FINDING_SCHEMA))
            _count(table, counts, shadow)
            _pick(table.select(_SHOWN), total, best, top)
            total += table.num_rows
    draft.replace(path)
    best.sort(key=lambda item: item[0], reverse=True)
    return Merged(total, counts, shadow, [row for _, row in best])


def merge_records(parts: Sequence[Path], path: Path) -> None:
    """Put the records of all parts into one file."""
    draft = path.with_suffix(".draft")
    writer: pq.ParquetWriter | None = None
    for part in parts:
        file = pq.ParquetFile(part)
        for batch in file.iter_batches():
            writer = writer or pq.ParquetWriter(draft, batch.schema, compression="zstd")
            writer.write_batch(batch)
    if writer:
        writer.close()
        draft.replace(path)


def _first_of_equal(parts: Sequence[Path], known: Sequence[Path]) -> npt.NDArray[np.bool_]:
    """Which rows of all parts, in order, are the first with their id, and not in a `known` file."""
    every = [_ids(path) for path in (*known, *parts)]
    before = sum(len(ids) for ids in every[: len(known)])
    joined = np.concatenate(every) if every else np.empty(0, "V16")
    keep = np.zeros(len(joined), dtype=np.bool_)
    keep[np.unique(joined, return_index=True)[1]] = True
    return keep[before:]


def _ids(path: Path) -> npt.NDArray[np.void]:
    """Finding ids, 32 hex digits each, as 16 raw bytes."""
    column = pq.read_table(path, columns=["finding_id"])["finding_id"]
    return np.frombuffer(bytes.fromhex("".join(column.to_pylist())), dtype="V16")


def _tables(parts: Sequence[Path], keep: npt.NDArray[np.bool_]) -> Iterator[pa.Table]:
    at = 0
    for path in parts:
        table = pq.read_table(path)
        mask = keep[at : at + table.num_rows]
        at += table.num_rows
        yield table if mask.all() else table.filter(pa.array(mask))


def _count(
    table: pa.Table, counts: dict[tuple[str, str, str], int], shadow: dict[tuple[str, str, str], int]
) -> None:
    keys = ["measure", "check", "severity", "shadow"]
    grouped = table.group_by(keys).aggregate([([], "count_all")])
    for row in grouped.to_pylist():
        key = (row["measure"], row["check"], row["severity"])
        into = shadow if row["shadow"] else counts
        into[key] = into.get(key, 0) + row["count_all"]


def _pick(
    table: pa.Table, first: int, best: list[tuple[tuple[int, float, int], dict[str, Any]]], top: int
) -> None:
    """Keep the `top` findings seen so far in a heap; only rows that can still enter are turned into Python."""
    rank = np.array([_RANK[name] for name in table["severity"].to_pylist()])
    score = pc.fill_null(table["score"], 0.0).to_numpy()
    shown = ~np.array(table["shadow"].to_pylist(), dtype=bool)
    for row in np.flatnonzero(shown):
        key = (int(rank[row]), float(score[row]), -(first + int(row)))
        if len(best) < top:
            heapq.heappush(best, (key, table.slice(int(row), 1).to_pylist()[0]))
        elif top and key > best[0][0]:
            heapq.heapreplace(best, (key, table.slice(int(row), 1).to_pylist()[0]))
