"""Rows of totals at the foot of a manifest or below its parts: sums of other rows, no records of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mapae.sources.blocks import Block, Column
from mapae.sources.rejects import RejectLog

__all__ = ["without_totals"]

_FIRST = 3  # columns in which the word stands
_FILLED = 0.5  # of a row's cells, at most
_WORD = re.compile(
    r"(?:grand |sub)?-?\s?totals?|total (?:pcs|amount|weight|value)|sum|"
    r"(?:[합총소누]\s?|총\s?합)?계|총\s?합|[合总小總]\s?[计計]",
    re.IGNORECASE,
)


def without_totals(block: Block, log: RejectLog) -> Block:
    """The block without rows that say `total` in one of their first cells and leave at least half of their cells empty."""
    rows = sorted({row for name in list(block.columns)[:_FIRST] for row in _said(block.columns[name])})
    dropped = [row for row in rows if _filled(block, row) <= _FILLED * len(block.columns)]
    if not dropped:
        return block
    for row in dropped:
        log.note("a row of totals was left out", int(block.lines[row]))
    kept = np.delete(np.arange(len(block)), dropped)
    columns = {
        name: [column[row] for row in kept] if isinstance(column, list) else column.take(pa.array(kept))
        for name, column in block.columns.items()
    }
    return Block(columns, block.lines[kept])


def _said(column: Column) -> Iterator[int]:
    """Rows whose cell is a word of totals."""
    if not isinstance(column, list):
        if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            return
        near = pc.fill_null(pc.match_substring_regex(column, "(?i)total|sum|[계計计]"), False)
        for row in np.flatnonzero(near.to_numpy(zero_copy_only=False)).tolist():
            if _word(column[row].as_py()):
                yield row
        return
    yield from (row for row, cell in enumerate(column) if isinstance(cell, str) and _word(cell))


def _word(cell: str) -> bool:
    return len(cell) < 20 and _WORD.fullmatch(cell.strip(" :：*()[]\t-")) is not None


def _filled(block: Block, row: int) -> int:
    cells = (
        column[row] if isinstance(column, list) else column[row].as_py() for column in block.columns.values()
    )
    return sum(cell is not None and str(cell).strip() != "" for cell in cells)
