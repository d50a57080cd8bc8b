"""Days without records, which are no quiet days, and dates whose day and month stand the wrong way round."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import numpy.typing as npt

__all__ = ["missing", "turned", "turned_round"]

_BUSY = 8  # records of a usual day, from which none at all is no chance (e^-8 is 1 in 3,000)
_LEAST = 30  # records on each side before day and month are said to be turned round
_MONTHS = 6  # a span of months that dates turned round would reach beyond
_OUTSIDE, _INSIDE = 0.5, 0.98


def missing(total: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Days on which nothing at all was counted although a usual day has 8 or more: no records are known of them."""
    some = total[total > 0]
    if not len(some) or float(np.median(some)) < _BUSY:
        return np.zeros(len(total), bool)
    none: npt.NDArray[np.bool_] = total == 0
    return none


def turned_round(counts: Mapping[date, int]) -> bool:
    """Whether a spreadsheet read the days up to the 12th as months (day.month.year taken for month/day/year).

    True where dates past the 12th lie within a span of six months, most of the others lie outside of it, and turning
    those round brings nearly all inside. Which dates are meant: `turned`.
    """
    sure = {day: number for day, number in counts.items() if day.day > 12}
    other = {day: number for day, number in counts.items() if day.day <= 12}
    if min(sum(sure.values()), sum(other.values())) < _LEAST:
        return False
    months = [_month(day) for day in sure]
    low, high = min(months), max(months)
    if high - low >= _MONTHS:
        return False
    whole = sum(other.values())
    outside = sum(number for day, number in other.items() if not low <= _month(day) <= high)
    inside = sum(number for day, number in other.items() if low <= _month(turned(day)) <= high)
    return outside >= _OUTSIDE * whole and inside >= _INSIDE * whole


def turned(day: date) -> date:
    """The day with its month taken for its day and its day for its month; as it is where that is no date."""
    return date(day.year, day.day, day.month) if day.day <= 12 else day


def _month(day: date) -> int:
    return day.year * 12 + day.month
