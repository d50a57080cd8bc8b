"""Why a line ranks where it does: the histories that lie furthest above the average, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from mapae.measures.consignments.columns import history_name
from mapae.measures.consignments.histories import Histories, Rows

__all__ = ["Reasons"]

_SHOWN = 3
_ABOVE = 1.2  # times the average from which a history is a reason


@dataclass(frozen=True, slots=True)
class Reasons:
    """What the rows of all histories, table after table, have to say: lift is how many times the average (0: nothing)."""

    histories: Histories
    lift: npt.NDArray[np.float64]
    starts: npt.NDArray[np.int64]

    @staticmethod
    def of(histories: Histories) -> Reasons:
        """A history whose inspected lines all were found is a reason however few they are."""
        lifts = []
        for each in histories.encoded:
            lift = each.fraud / max(histories.fraud, 1e-9)
            np.maximum(lift, _ABOVE, out=lift, where=each.found == each.count)
            lifts.append(np.where((each.count > 0) & (lift >= _ABOVE), lift, 0.0))
        return Reasons(histories, np.concatenate(lifts), np.cumsum([0, *map(len, lifts)]))

    def told(self, rows: Rows) -> pl.Series:
        """Up to three sentences a line (list of strings), strongest first; empty where nothing stands out."""
        places = rows.T + self.starts[:-1]
        lift, at, columns = self.lift.take(places), np.arange(len(places)), []
        for _ in range(min(_SHOWN, lift.shape[1])):
            best = lift.argmax(axis=1)
            columns.append(np.where(lift[at, best] > 0, places[at, best], -1))
            lift[at, best] = 0.0
        chosen = np.column_stack(columns)
        every = pa.array(chosen[chosen >= 0]).dictionary_encode()  # lines alike are told in the same words
        told = self._sentences(every.dictionary.to_numpy()).take(every.indices)
        ends = np.append(0, np.cumsum((chosen >= 0).sum(axis=1)))
        return pl.Series("reasons", pa.LargeListArray.from_arrays(ends, told))

    def _sentences(self, places: npt.NDArray[np.int64]) -> pa.Array:
        """One sentence each, in order."""
        which = self.starts.searchsorted(places, side="right") - 1
        parts = []
        for number in np.unique(which):
            at = np.flatnonzero(which == number)
            own = self.histories.tables[number][places[at] - self.starts[number]]
            parts.append(own.select(_sentence(self.histories.names[number]), pl.Series("at", at)))
        if not parts:
            return pa.array([], pa.large_string())
        return pl.concat(parts).sort("at")["told"].to_arrow(compat_level=pl.CompatLevel.oldest())


def _sentence(columns: tuple[str, ...]) -> pl.Expr:
    return pl.format(
        "{} {}: {} of {} lines inspected before were found",
        pl.lit(history_name(columns)), pl.col("key").str.replace_all("\x1f", " · ", literal=True),
        pl.col("fraud").cast(pl.Int64), pl.col("n").cast(pl.Int64),
    ).alias("told")  # fmt: skip
