"""Parquet files read by the workers themselves, a row group or a part of one each, shaped like any other file."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mapae.model.records import KINDS
from mapae.sources import Reject, Source
from mapae.sources.blocks import Block
from mapae.sources.rejects import RejectLog
from mapae.sources.shape import Shaper

__all__ = ["RowGroup", "parquet_rows", "reject_line", "row_groups"]

_LARGEST = 262_144  # rows; larger groups are read by the parent in pieces, a worker would hold too much
_BLOCK = 16_384
_PART = 65_536  # rows of one part; those before it in the group are decoded too and passed over
_LAST = 4  # parts at the end of a file that are halved, so that workers end at about the same time


@dataclass
class RowGroup:
    """Rows `first` to `last` of one row group. `load` reads them; rejected and rejects are known afterwards.

    before: rows of the file before the group.
    """

    path: Path
    group: int
    before: int
    first: int
    last: int
    kind: str
    mapping: Mapping[str, str]
    rejected: int = 0
    rejects: list[dict[str, Any]] = field(default_factory=list)

    def load(self) -> Iterator[pa.RecordBatch]:
        """The batches of these rows in the kind's schema."""
        log = RejectLog(self.path)
        source = Source(self.path, self.kind, self.mapping, _BLOCK)
        shaper = Shaper(KINDS[self.kind], source.layout, self.mapping, log)
        for at, batch in self._wanted():
            lines = np.arange(at, at + batch.num_rows, dtype=np.int64) + self.before + 1
            yield shaper.batch(Block(dict(zip(source.columns, batch.columns, strict=True)), lines))
        self.rejected = log.rows
        self.rejects = [reject_line(item) for item in log]

    def _wanted(self) -> Iterator[tuple[int, pa.RecordBatch]]:
        """Batches of the rows asked for, each with its first row's number in the group."""
        at = 0
        for batch in pq.ParquetFile(self.path).iter_batches(
            _BLOCK, row_groups=[self.group], use_threads=False
        ):
            low, high = max(self.first - at, 0), min(self.last - at, batch.num_rows)
            if low < high:
                yield at + low, batch.slice(low, high - low)
            at += batch.num_rows
            if at >= self.last:
                return


def parquet_rows(path: Path) -> int:
    """The rows a Parquet file says it has; 0 for any other file."""
    return int(pq.ParquetFile(path).metadata.num_rows) if _is_parquet(path) else 0


def row_groups(source: Source) -> Sequence[RowGroup]:
    """The row groups of a sound Parquet file with two or more, none too large; else nothing."""
    if not _is_parquet(source.path):
        return ()
    meta = pq.ParquetFile(source.path).metadata
    rows = [meta.row_group(at).num_rows for at in range(meta.num_row_groups)]
    if len(rows) < 2 or max(rows) > _LARGEST or not _sound(source.path, meta):
        return ()
    before = np.cumsum([0, *rows])
    return [
        RowGroup(source.path, group, int(before[group]), first, last, source.kind, source.mapping)
        for group, first, last in _parts(rows)
    ]


def _parts(rows: Sequence[int]) -> list[tuple[int, int, int]]:
    """(group, first row, row behind the last) of every part of groups with so many rows."""
    whole = [
        (group, first, min(first + _PART, count))
        for group, count in enumerate(rows)
        for first in range(0, count, _PART)
    ]
    halves = [
        (group, *ends)
        for group, first, last in whole[-_LAST:]
        for ends in itertools.pairwise(sorted({first, (first + last) // 2, last}))
    ]
    return whole[:-_LAST] + halves


def reject_line(item: Reject) -> dict[str, Any]:
    """A reject as a line of rejects.jsonl."""
    found = asdict(item)
    return {"input": found.pop("path"), **found}


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _sound(path: Path, meta: pq.FileMetaData) -> bool:
    """Whether the last column chunk ends before the footer begins: a file cut and mended is read with care instead."""
    size = path.stat().st_size
    return all(
        _begin(chunk) + chunk.total_compressed_size <= size
        for at in range(meta.num_row_groups)
        for chunk in (meta.row_group(at).column(number) for number in range(meta.num_columns))
    )


def _begin(chunk: pq.ColumnChunkMetaData) -> int:
    """The first byte of a column chunk: its dictionary stands before its data."""
    begin = int(chunk.data_page_offset)
    return min(begin, chunk.dictionary_page_offset) if chunk.has_dictionary_page else begin
