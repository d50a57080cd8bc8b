"""Every day of the file decided as it would have been on that day; alarms that follow each other are one surge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from mapae.detect.surges.decide import Rules, adjusted, decide, profile
from mapae.measures.helpline.surges_read import Counted

__all__ = ["Surge", "replay", "surges"]

_SCHEMA = {
    "at": pl.Int64, "day": pl.Date, "observed": pl.Int64, "expected": pl.Float64, "bound": pl.Int64,
    "window_observed": pl.Int64, "window_expected": pl.Float64, "p": pl.Float64, "q": pl.Float64, "alarm": pl.Boolean,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Surge:
    """Alarms of one series that follow each other: first and last day, how many, the row of the day most above expected."""

    at: int
    first: date
    last: date
    alarms: int
    peak: Mapping[str, Any]

    @property
    def begin(self) -> date:
        """The first day that is read for what the surge is about: at most a week before its peak."""
        week: date = self.peak["day"] - timedelta(days=6)
        return max(self.first, week)


def replay(counted: Counted, rules: Rules, days: int, cells: int) -> pl.DataFrame:
    """A row for each series with an alarm on a day, and on the last day for each with enough complaints to raise one.

    Columns: at (row of counted.counts), day, observed, expected, bound, window_observed, window_expected, p, q, alarm.
    Goes back from the last day for so many days, until so many cells (series × days of history) are spent.
    """
    last = len(counted.axis) - 1
    parts = [pl.DataFrame(schema=_SCHEMA)]
    for at in range(last, max(-1, last - days - 1), -1):
        frame, spent = _day(counted, rules, at, last)
        if frame is not None:
            parts.append(frame)
        cells -= spent
        if cells < 0:
            break
    return pl.concat(parts).sort("day", "at")


def surges(found: pl.DataFrame, rules: Rules) -> Iterator[Surge]:
    """The alarms put together: those of one series that lie no more than `guard` days apart are one surge."""
    alarms = found.filter(pl.col("alarm")).sort("at", "day")
    held: list[dict[str, Any]] = []
    for row in alarms.iter_rows(named=True):
        if held and (row["at"] != held[-1]["at"] or (row["day"] - held[-1]["day"]).days > rules.guard):
            yield _surge(held)
            held = []
        held.append(row)
    if held:
        yield _surge(held)


def _surge(rows: list[dict[str, Any]]) -> Surge:
    peak = max(rows, key=lambda row: (row["observed"] > row["bound"], _above(row)))
    return Surge(rows[0]["at"], rows[0]["day"], rows[-1]["day"], len(rows), peak)


def _above(row: Mapping[str, Any]) -> float:
    """How many more than expected: on the day where that was no chance, else in the week to it."""
    name = "" if row["observed"] > row["bound"] else "window_"
    return float(row[f"{name}observed"] - row[f"{name}expected"])


def _day(counted: Counted, rules: Rules, at: int, last: int) -> tuple[pl.DataFrame | None, int]:
    """The rows of one day, and the cells that were computed for them."""
    axis, counts = counted.axis, counted.counts
    common = None if axis.missing[at] else profile(counted.total, axis, at, rules)
    if common is None:
        return None, 0
    week = counts[:, max(0, at - rules.window + 1) : at + 1].sum(axis=1, dtype=np.int64)
    enough = week >= rules.excess
    enough[0] = True
    chosen = np.flatnonzero(enough)
    made = decide(counts[chosen, : at + 1], axis, at, rules, common)
    known = int(counts[:, : at + 1].any(axis=1).sum())
    q = adjusted(made.p, known)
    alarm = (made.p <= rules.alpha) & (q <= rules.fdr) & made.strong(rules)
    frame = pl.DataFrame(
        {
            "at": chosen, "day": [axis.first + timedelta(days=at)] * len(chosen), "observed": made.observed,
            "expected": made.expected, "bound": made.bound, "window_observed": made.window_observed,
            "window_expected": made.window_expected, "p": made.p, "q": q, "alarm": alarm,
        },
        schema=_SCHEMA,
    )  # fmt: skip
    kept = frame if at == last else frame.filter(pl.col("alarm"))
    return kept, len(chosen) * (common.end - common.begin)
