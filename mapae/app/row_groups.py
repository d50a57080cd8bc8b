"""Parquet files read by the workers themselves, a row group each, through the same shaping as any other file."""

from __future__ import annotations

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


@dataclass
class RowGroup:
    """One row group. `load` reads it; rejected and rejects are known afterwards."""

    path: Path
    group: int
    first: int
    kind: str
    mapping: Mapping[str, str]
    rejected: int = 0
    rejects: list[dict[str, Any]] = field(default_factory=list)

    def load(self) -> Iterator[pa.RecordBatch]:
        """The group's batches in the kind's schema."""
        log = RejectLog(self.path)
        source = Source(self.path, self.kind, self.mapping, _BLOCK)
        shaper = Shaper(KINDS[self.kind], source.layout, self.mapping, log)
        row = self.first
        for batch in pq.ParquetFile(self.path).iter_batches(_BLOCK, row_groups=[self.group]):
            lines = np.arange(row, row + batch.num_rows, dtype=np.int64)
            row += batch.num_rows
            yield shaper.batch(Block(dict(zip(source.columns, batch.columns, strict=True)), lines))
        self.rejected = log.rows
        self.rejects = [reject_line(item) for item in log]


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
    first = np.cumsum([1, *rows])
    return [
        RowGroup(source.path, at, int(first[at]), source.kind, source.mapping)
        for at, count in enumerate(rows)
        if count
    ]


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
        chunk.data_page_offset + chunk.total_compressed_size <= size
        for at in range(meta.num_row_groups)
        for chunk in (meta.row_group(at).column(number) for number in range(meta.num_columns))
    )
