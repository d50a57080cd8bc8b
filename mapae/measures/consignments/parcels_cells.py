"""Cells of a few lines among all, by a second reading: set-wise checks keep hashes first, words only of what they tell."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import polars as pl
import pyarrow as pa

from mapae.contract import Records

__all__ = ["cells_of", "filled", "hashed", "sender"]


def cells_of(records: Records, rows: Collection[int], names: Sequence[str]) -> dict[int, dict[str, str]]:
    """Place among all records → these cells as trimmed text, empty where they are null."""
    found: dict[int, dict[str, str]] = {}
    wanted, first = np.array(sorted(rows), np.int64), 0
    for batch in records() if len(wanted) else ():
        here = wanted[(wanted >= first) & (wanted < first + batch.num_rows)]
        part = batch.select(list(names)).take(pa.array(here - first))
        for row, cells in zip(here.tolist(), part.to_pylist(), strict=True):
            found[row] = {name: "" if cell is None else str(cell).strip() for name, cell in cells.items()}
        first += batch.num_rows
    return found


def filled(name: str) -> pl.Expr:
    """The trimmed cell, null where it is empty."""
    cell = pl.col(name).cast(pl.String).str.strip_chars()
    return pl.when(cell != "").then(cell)


def hashed(cell: pl.Expr) -> pl.Expr:
    """A text as a number of 64 bits, null where it is null."""
    return pl.when(cell.is_not_null()).then(cell.hash())


def sender() -> pl.Expr:
    """The sender's number, else his name without case; null where there is neither."""
    return pl.coalesce(filled("seller_id"), filled("seller").str.to_lowercase())
