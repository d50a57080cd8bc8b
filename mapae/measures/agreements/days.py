"""Business days for whole columns: the calendar of the law as an array, equal to `mapae.law.calendar.business_days`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.law.calendar import is_free_day

__all__ = ["Calendar", "calendar_between"]

Days = npt.NDArray[Any]  # datetime64[D]


@dataclass(frozen=True)
class Calendar:
    """Working days of the years that a set of events touches. free: weekdays that are holidays or substitutes."""

    free: Days

    def due(self, starts: Days, count: int, *, business: bool, rolls: bool = True) -> Days:
        """The last day of so many days after each start, which itself is not counted.

        rolls: a last calendar day that is a Saturday or holiday moves to the next day that is not (Civil Act 161).
        """
        if not business:
            plain: Days = starts + np.timedelta64(count, "D")
            return np.busday_offset(plain, 0, roll="forward", holidays=self.free) if rolls else plain
        ends: Days = np.busday_offset(starts, count, roll="backward", holidays=self.free)
        return ends

    def between(self, starts: Days, ends: Days) -> npt.NDArray[np.int64]:
        """Business days after each start up to and with each end."""
        one = np.timedelta64(1, "D")
        found: npt.NDArray[np.int64] = np.busday_count(starts + one, ends + one, holidays=self.free)
        return found


def calendar_between(first: date, last: date) -> Calendar:
    """The calendar of these days and of half a year beyond."""
    days = (first + timedelta(days=step) for step in range((last - first).days + 200))
    return Calendar(
        np.asarray([day for day in days if day.weekday() < 5 and is_free_day(day)], "datetime64[D]")
    )
