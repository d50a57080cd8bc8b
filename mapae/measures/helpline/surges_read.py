"""Complaints counted by day and series: all, by operator, seller, product, category, area, and pairs of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa

from mapae.contract import Records
from mapae.detect.surges.days import missing, turned, turned_round
from mapae.detect.surges.terms import Axis

__all__ = ["COLUMNS", "Counted", "Told", "count", "dated", "label", "values_of"]

COLUMNS = ("operator", "seller", "product", "category", "area")
Told = Callable[[pl.DataFrame], pl.DataFrame]  # fills and unifies operator and category
_EARLIEST = date(1980, 1, 1)


@dataclass(frozen=True)
class Counted:
    """Counts of each series on each day.

    series: (columns joined by +, values joined by " · ") of each row of counts. counts: uint16 (series, days).
    undated: complaints without a day that can be read. turned: whether day and month stood the wrong way round.
    """

    axis: Axis
    series: tuple[tuple[str, str], ...]
    counts: npt.NDArray[np.uint16]
    records: int
    undated: int
    turned: bool

    @property
    def total(self) -> npt.NDArray[np.uint16]:
        """Of all records by day: the first series."""
        row: npt.NDArray[np.uint16] = self.counts[0]
        return row


def count(
    records: Records, told: Told, groups: Sequence[Sequence[str]], until: date, most: int, least: int,
    free: Callable[[date], bool],
) -> Counted | None:  # fmt: skip
    """Count the complaints received until that day; None where none has a day.

    told: fills operator and category of a frame of COLUMNS, text, complaint_id and day. most: series at most, the largest;
    least: records of a series at least. free: whether a day is a holiday.
    """
    parts = [
        frame.group_by("day", *COLUMNS).agg(pl.len().alias("n"))
        for frame in map(told, dated(records))
        if len(frame)
    ]
    if not parts:
        return None
    table = pl.concat(parts).group_by("day", *COLUMNS).agg(pl.col("n").sum())
    undated = int(table.filter(pl.col("day").is_null())["n"].sum())
    table = table.drop_nulls("day")
    by_day = dict(table.group_by("day").agg(pl.col("n").sum()).iter_rows())
    wrong = turned_round(by_day)
    if wrong:
        table = table.with_columns(pl.col("day").map_elements(turned, pl.Date))
    table = table.filter(pl.col("day") <= until)
    return _counted(table, groups, most, least, free, undated, wrong) if len(table) else None


def dated(records: Records) -> Iterator[pl.DataFrame]:
    """Batches as frames: complaint_id, text, day (null where it cannot be read), and COLUMNS trimmed, null where empty."""
    for batch in records():
        frame = pl.from_arrow(pa.Table.from_batches([batch]))
        assert isinstance(frame, pl.DataFrame)
        day = pl.col("received_on").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
        plain = [pl.col(name).str.strip_chars().replace("", None) for name in COLUMNS]
        found = frame.select(
            "complaint_id", "text", "received_on", "purchased_on", "delivered_on", day.alias("day"), *plain
        )
        yield found.with_columns(pl.when(pl.col("day") >= _EARLIEST).then(pl.col("day")))


def label(names: Sequence[str]) -> str:
    """What the series of these columns are called: `all`, `operator`, `operator+category`."""
    return "+".join(names) or "all"


def _counted(
    table: pl.DataFrame, groups: Sequence[Sequence[str]], most: int, least: int,
    free: Callable[[date], bool], undated: int, wrong: bool,
) -> Counted:  # fmt: skip
    first: Any = table["day"].min()
    last: Any = table["day"].max()
    days = (last - first).days + 1
    cells = pl.concat([_cells(table, names, first) for names in groups])
    sizes = cells.group_by("of", "value", maintain_order=True).agg(pl.col("n").sum())
    kept = (
        sizes.filter((pl.col("n") >= least) | (pl.col("of") == "all"))
        .sort(pl.col("of") != "all", -pl.col("n").cast(pl.Int64), "of", "value")
        .head(most)
        .with_row_index("at")
    )
    placed = cells.join(kept.select("of", "value", "at"), on=["of", "value"])
    counts = np.zeros((len(kept), days), np.uint16)
    np.add.at(
        counts, (placed["at"].to_numpy(), placed["day"].to_numpy()), placed["n"].to_numpy().astype(np.uint16)
    )
    idle = [first + timedelta(days=at) for at in range(days)]
    holidays = np.array([day.weekday() < 5 and free(day) for day in idle])
    axis = Axis(first, holidays, missing(counts[0].astype(np.int64)))
    series = tuple(zip(kept["of"].to_list(), kept["value"].to_list(), strict=True))
    return Counted(axis, series, counts, int(table["n"].sum()), undated, wrong)


def _cells(table: pl.DataFrame, names: Sequence[str], first: date) -> pl.DataFrame:
    since = (pl.col("day") - first).dt.total_days()
    value = pl.concat_str(names, separator=" · ") if names else pl.lit("")
    return (
        (table.drop_nulls(list(names)) if names else table)
        .group_by(pl.lit(label(names)).alias("of"), value.alias("value"), since.alias("day"))
        .agg(pl.col("n").sum().cast(pl.UInt32))
    )  # fmt: skip


def values_of(name: str, value: str) -> Mapping[str, str]:
    """Column → value of a series."""
    return {} if name == "all" else dict(zip(name.split("+"), value.split(" · "), strict=False))
