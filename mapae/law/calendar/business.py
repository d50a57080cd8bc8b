"""Business days (영업일, 근무일): Monday to Friday without holidays; the day of the event is not counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from mapae.law.calendar.deadline import Deadline, Pause, Step
from mapae.law.calendar.holidays import why_free
from mapae.law.calendar.walk import pause_of, refuse_unfit, walk

__all__ = ["business_days"]

_RULE = "CIV 157, 159; HOLD 2, 3"


def business_days(start: date, days: int, *, pauses: Sequence[Pause] = ()) -> Deadline[date]:
    """The last of so many business days after `start`; for none, `start` itself or the next business day."""
    refuse_unfit(days)

    def skipped(day: date) -> Step | None:
        return why_free(day) or pause_of(day, pauses)

    if days == 0:
        steps: list[Step] = []
        return Deadline(walk(start, 1, steps, skipped), tuple(steps), _RULE)
    steps = [Step(start, None, "first_day")]
    return Deadline(walk(start + timedelta(days=1), days, steps, skipped), tuple(steps), _RULE)
