"""The columns of the model of daily counts: level, trend, seven weekdays, holidays, season."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["TREND", "Axis", "columns", "holds"]

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
TREND = 1
_WEEKDAYS, _HOLIDAYS = slice(2, 9), slice(9, 11)
_PLAIN, _SEASONAL = 11, 13
_YEAR = 365.25
_WHOLE_YEAR = 370  # days of history from which a season is told from a trend


@dataclass(frozen=True)
class Axis:
    """The days counts stand on, one after the other from `first`.

    free: holidays that are no Saturday or Sunday. missing: days of which no records are known. Both (days,).
    """

    first: date
    free: Flags
    missing: Flags

    def __len__(self) -> int:
        return len(self.free)

    @property
    def weekdays(self) -> npt.NDArray[np.int64]:
        """0 Monday to 6 Sunday of every day."""
        return np.asarray((self.first.weekday() + np.arange(len(self))) % 7, np.int64)


def columns(axis: Axis, rows: Any, begin: int, end: int) -> Floats:
    """Columns of the days `rows` (indexes) of a history that runs from `begin` to before `end`: (len(rows), 11 or 13).

    The trend runs from −0.5 to 0.5 over the history; holidays are the day itself and the first working day after.
    """
    season = end - begin >= _WHOLE_YEAR
    table = np.zeros((len(rows), _SEASONAL if season else _PLAIN))
    table[:, 0] = 1.0
    table[:, TREND] = (np.asarray(rows) - (begin + end - 1) / 2) / max(1, end - begin - 1)
    table[np.arange(len(rows)), 2 + axis.weekdays[rows]] = 1.0
    table[:, 9] = axis.free[rows]
    table[:, 10] = _after(axis)[rows]
    if season:
        turn = 2 * np.pi * (axis.first.toordinal() + np.asarray(rows)) / _YEAR
        table[:, 11], table[:, 12] = np.sin(turn), np.cos(turn)
    return table


def _after(axis: Axis) -> Flags:
    """The first working day after a holiday."""
    idle = axis.free | (axis.weekdays >= 5)
    found = np.zeros(len(axis), bool)
    held = False
    for at in range(len(axis)):
        found[at] = held and not idle[at]
        held = bool(axis.free[at]) or (held and bool(idle[at]))
    return found


def holds(width: int, *, pooled: bool) -> Floats:
    """How firmly each column is held at nothing (one over the variance of its log ratio): (width,).

    pooled: for the sum of all series; single series differ from the sum's week and season by less.
    """
    found = np.zeros(width)
    found[TREND] = 1.0
    found[_WEEKDAYS] = 1.0 if pooled else 8.0
    found[_HOLIDAYS] = 2.0 if pooled else 8.0
    found[_PLAIN:] = 2.0 if pooled else 8.0
    return found
