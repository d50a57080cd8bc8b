"""Walks day by day, writing down which day counts and which does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from mapae.errors import FactError
from mapae.law.calendar.deadline import Pause, Step

__all__ = ["LONGEST", "pause_of", "refuse_unfit", "walk"]

LONGEST = 36_600  # a hundred years in days


def walk(
    first: date, count: int, steps: list[Step], skipped: Callable[[date], Step | None], direction: int = 1
) -> date:
    """The day on which `count` days from `first` (included) have counted; steps are written to `steps`."""
    day, number = first, 0
    while True:
        step = skipped(day)
        if step is None:
            number += 1
            step = Step(day, number, "counted")
        steps.append(step)
        if number == count:
            return day
        day += timedelta(days=direction)


def pause_of(day: date, pauses: Sequence[Pause]) -> Step | None:
    """A skipped step where the clock stands still on that day."""
    for pause in pauses:
        if pause.covers(day):
            return Step(day, None, "paused", pause.reason, pause.reason)
    return None


def refuse_unfit(length: int) -> None:
    """FactError for a period shorter than none, or longer than any law sets (LONGEST days or months)."""
    if length < 0:
        raise FactError(
            f"a period of {length}",
            where="length",
            mend="give zero or more; count backward with backward_days",
        )
    if length > LONGEST:
        raise FactError(f"a period of {length}", where="length", mend=f"give {LONGEST:,} or less")
