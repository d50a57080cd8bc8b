"""Why a line ranks where it does: the histories that lie furthest above the average, in words."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from mapae.measures.consignments.columns import HISTORIES, history_name
from mapae.measures.consignments.histories import Encoded

__all__ = ["reasons"]

_SHOWN = 3
_ABOVE = 1.2  # times the average from which a history is a reason


def reasons(lines: pl.DataFrame, read: Encoded, average: float) -> pl.Series:
    """Up to three sentences a line (list of strings), strongest first; empty where nothing stands out.

    A history whose inspected lines all were found is a reason however few they are.
    """
    lift = np.where(read.count > 0, read.fraud / max(average, 1e-9), 0.0)
    np.maximum(lift, _ABOVE, out=lift, where=(read.found == read.count) & (read.count > 0))
    left, at, columns = lift.copy(), np.arange(len(lift)), []
    for _ in range(min(_SHOWN, lift.shape[1])):
        best = left.argmax(axis=1)
        columns.append(_told(lines, read, lift, best))
        left[at, best] = -1.0
    told = pl.DataFrame({f"r{place}": column for place, column in enumerate(columns)})
    return told.select(pl.concat_list(told.columns).list.drop_nulls().alias("reasons")).to_series()


def _told(
    lines: pl.DataFrame, read: Encoded, lift: npt.NDArray[np.float64], which: npt.NDArray[np.int64]
) -> pl.Series:
    """The sentence of one place: combination `which` of each line; null where it is below the mark."""
    at = np.arange(len(which))
    values = pl.DataFrame(
        {
            "which": which,
            "n": read.count[at, which],
            "found": read.found[at, which],
            "lift": lift[at, which],
            "line": at,
        }
    ).filter(pl.col("lift") >= _ABOVE)
    parts = []
    for (number,), rows in values.group_by("which", maintain_order=True):
        names = HISTORIES[int(number)]
        own = lines[rows["line"].to_numpy()].select(
            pl.concat_str(list(names), separator=" · ").alias("value")
        )
        parts.append(
            rows.hstack(own).select(
                "line",
                pl.format(
                    "{} {}: {} of {} lines inspected before were found",
                    pl.lit(history_name(names)), "value", pl.col("found").cast(pl.Int64), pl.col("n").cast(pl.Int64),
                ).alias("told"),
            )
        )  # fmt: skip
    if not parts:
        return pl.Series([None] * len(which), dtype=pl.String)
    placed = pl.DataFrame({"line": at}).join(pl.concat(parts), on="line", how="left", maintain_order="left")
    return placed["told"]
