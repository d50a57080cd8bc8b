"""What was found before on lines alike: counts by combination of columns, fold-safe while a model is trained."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from mapae.measures.consignments.columns import HISTORIES, history_name

__all__ = ["Encoded", "Histories"]

Floats = npt.NDArray[np.float64]
_PRIOR = 20.0  # lines of the average that each history begins with (Micci-Barreca 2001, additive smoothing)


@dataclass(frozen=True, slots=True)
class Encoded:
    """Histories of lines: (lines, combinations) of lines inspected, found, and smoothed rates of fraud, critical fraud."""

    count: Floats
    found: Floats
    fraud: Floats
    critical: Floats


@dataclass(frozen=True)
class Histories:
    """One table a combination: key, lines inspected `n`, of them `fraud`, of them `critical`; and the averages."""

    tables: tuple[pl.DataFrame, ...]
    fraud: float
    critical: float

    @staticmethod
    def learn(lines: pl.DataFrame) -> Histories:
        """Count all lines (with columns fraud and critical, 0 or 1)."""
        tables = tuple(_counts(lines, names).sort("key") for names in HISTORIES)
        return Histories(tables, _mean(lines, "fraud"), _mean(lines, "critical"))

    def read(self, lines: pl.DataFrame) -> Encoded:
        """Histories of new lines. A combination never seen has count 0 and the average rate."""
        parts = [
            lines.select(_key(names)).join(table, on="key", how="left", maintain_order="left")
            for names, table in zip(HISTORIES, self.tables, strict=True)
        ]
        return _encoded(parts, self.fraud, self.critical)

    def read_apart(self, lines: pl.DataFrame, fold: npt.NDArray[np.int64]) -> Encoded:
        """Histories of the lines they were learned from, each without its own fold, so that no line knows its result."""
        marked = lines.with_columns(pl.Series("fold", fold))
        parts = []
        for names in HISTORIES:
            own = _counts(marked, names, "fold")
            every = own.group_by("key").agg(pl.col("n", "fraud", "critical").sum())
            both = own.join(every, on="key", suffix="_all").select(
                "key",
                "fold",
                *((pl.col(f"{name}_all") - pl.col(name)).alias(name) for name in ("n", "fraud", "critical")),
            )
            keyed = marked.select(_key(names), "fold")
            parts.append(keyed.join(both, on=["key", "fold"], how="left", maintain_order="left"))
        return _encoded(parts, self.fraud, self.critical)

    def save(self, folder: Path) -> None:
        """Write histories.parquet: all tables in one, by combination."""
        named = [
            table.with_columns(pl.lit(history_name(names)).alias("combination"))
            for names, table in zip(HISTORIES, self.tables, strict=True)
        ]
        pl.concat(named).write_parquet(folder / "histories.parquet")

    @staticmethod
    def load(folder: Path, averages: dict[str, Any]) -> Histories:
        """Read what `save` wrote; averages: `fraud` and `critical` of the model's card."""
        every = pl.read_parquet(folder / "histories.parquet")
        tables = tuple(
            every.filter(pl.col("combination") == history_name(names)).drop("combination")
            for names in HISTORIES
        )
        return Histories(tables, float(averages["fraud"]), float(averages["critical"]))


def _key(names: tuple[str, ...]) -> pl.Expr:
    return pl.concat_str([pl.col(name) for name in names], separator="\x1f").alias("key")


def _counts(lines: pl.DataFrame, names: tuple[str, ...], *more: str) -> pl.DataFrame:
    keyed = lines.select(_key(names), "fraud", "critical", *more)
    return keyed.group_by("key", *more).agg(
        pl.len().cast(pl.Float64).alias("n"), pl.col("fraud").sum(), pl.col("critical").sum()
    )


def _encoded(parts: list[pl.DataFrame], fraud: float, critical: float) -> Encoded:
    n = np.column_stack([part["n"].fill_null(0.0).to_numpy() for part in parts])
    f = np.column_stack([part["fraud"].fill_null(0.0).to_numpy() for part in parts])
    c = np.column_stack([part["critical"].fill_null(0.0).to_numpy() for part in parts])
    return Encoded(n, f, (f + _PRIOR * fraud) / (n + _PRIOR), (c + _PRIOR * critical) / (n + _PRIOR))


def _mean(lines: pl.DataFrame, name: str) -> float:
    return float(lines[name].sum()) / max(1, len(lines))
