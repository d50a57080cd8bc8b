"""What was found before on lines alike: counts by combination of columns, fold-safe while a model is trained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from mapae.measures.consignments.columns import HISTORIES, history_name

__all__ = ["Encoded", "Histories", "Rows"]

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int32]
_PRIOR = 20.0  # lines of the average that each history begins with (Micci-Barreca 2001, additive smoothing)


@dataclass(frozen=True, slots=True)
class Encoded:
    """Histories: lines inspected, found, and smoothed rates of fraud and critical fraud; all arrays of one shape."""

    count: Floats
    found: Floats
    fraud: Floats
    critical: Floats


@dataclass(frozen=True)
class Histories:
    """names: combinations of columns; one table each: key, lines inspected `n`, of them `fraud`, of them `critical`; and
    the averages."""

    names: tuple[tuple[str, ...], ...]
    tables: tuple[pl.DataFrame, ...]
    fraud: float
    critical: float

    @staticmethod
    def learn(lines: pl.DataFrame, names: tuple[tuple[str, ...], ...] = HISTORIES) -> Histories:
        """Count all lines (with columns fraud and critical, 0 or 1)."""
        tables = tuple(_counts(lines, columns).sort("key") for columns in names)
        return Histories(names, tables, _mean(lines, "fraud"), _mean(lines, "critical"))

    @cached_property
    def encoded(self) -> tuple[Encoded, ...]:
        """Each table's rows, and behind them one of no line: what a combination never seen is read as."""
        return tuple(
            _encoded(self, *(np.append(table[name].to_numpy(), 0.0) for name in ("n", "fraud", "critical")))
            for table in self.tables
        )

    def rows(self, lines: pl.DataFrame) -> Rows:
        """(combinations, lines): the row of `encoded` that each line has in each combination."""
        found = np.empty((len(self.names), len(lines)), np.int32)
        for at, (columns, table) in enumerate(zip(self.names, self._numbered, strict=True)):
            key = lines.select(_key(columns))
            own = key.join(table, on="key", how="left", maintain_order="left")["row"]
            found[at] = own.fill_null(len(table)).to_numpy()
        return found

    @cached_property
    def _numbered(self) -> tuple[pl.DataFrame, ...]:
        number = pl.int_range(pl.len(), dtype=pl.Int32).alias("row")
        return tuple(table.select("key", number) for table in self.tables)

    def read_apart(self, lines: pl.DataFrame, fold: npt.NDArray[np.int64]) -> Encoded:
        """Histories of the lines they were learned from, each without its own fold, so that no line knows its result."""
        marked = lines.with_columns(pl.Series("fold", fold))
        parts = []
        for columns in self.names:
            own = _counts(marked, columns, "fold")
            every = own.group_by("key").agg(pl.col("n", "fraud", "critical").sum())
            both = own.join(every, on="key", suffix="_all").select(
                "key",
                "fold",
                *((pl.col(f"{name}_all") - pl.col(name)).alias(name) for name in ("n", "fraud", "critical")),
            )
            keyed = marked.select(_key(columns), "fold")
            parts.append(keyed.join(both, on=["key", "fold"], how="left", maintain_order="left"))
        return _encoded(self, *(_columns(parts, name) for name in ("n", "fraud", "critical")))

    def save(self, folder: Path) -> None:
        """Write histories.parquet: all tables in one, by combination."""
        named = [
            table.with_columns(pl.lit(history_name(columns)).alias("combination"))
            for columns, table in zip(self.names, self.tables, strict=True)
        ]
        pl.concat(named).write_parquet(folder / "histories.parquet")

    @staticmethod
    def load(folder: Path, averages: dict[str, Any]) -> Histories:
        """Read what `save` wrote; averages: `fraud` and `critical` of the model's card."""
        every = pl.read_parquet(folder / "histories.parquet")
        tables = tuple(
            every.filter(pl.col("combination") == history_name(columns)).drop("combination")
            for columns in HISTORIES
        )
        return Histories(HISTORIES, tables, float(averages["fraud"]), float(averages["critical"]))


def _key(names: tuple[str, ...]) -> pl.Expr:
    return pl.concat_str([pl.col(name) for name in names], separator="\x1f").alias("key")


def _counts(lines: pl.DataFrame, names: tuple[str, ...], *more: str) -> pl.DataFrame:
    keyed = lines.select(_key(names), "fraud", "critical", *more)
    return keyed.group_by("key", *more).agg(
        pl.len().cast(pl.Float64).alias("n"), pl.col("fraud").sum(), pl.col("critical").sum()
    )


def _columns(parts: Sequence[pl.DataFrame], name: str) -> Floats:
    return np.column_stack([part[name].fill_null(0.0).to_numpy() for part in parts])


def _encoded(averages: Histories, count: Floats, found: Floats, critical: Floats) -> Encoded:
    weight = count + _PRIOR
    return Encoded(
        count,
        found,
        (found + _PRIOR * averages.fraud) / weight,
        (critical + _PRIOR * averages.critical) / weight,
    )


def _mean(lines: pl.DataFrame, name: str) -> float:
    return float(lines[name].sum()) / max(1, len(lines))
