"""Counting backward: the last day on which something that must be done N days before an event is in time."""

from __future__ import annotations

from datetime import date, timedelta

from mapae.law.calendar.deadline import Deadline, Step
from mapae.law.calendar.holidays import why_free
from mapae.law.calendar.walk import refuse_unfit, walk

__all__ = ["backward_business_days", "backward_days"]


def backward_days(event: date, days: int) -> Deadline[date]:
    """Last day in time for "at least N days before" the event: N full days lie between the two.

    The day of the event is not counted (CIV 157 by analogy) and the period must have run out, so the act falls
    before its first day. Nothing moves over holidays: that would shorten the other side's time.
    """
    refuse_unfit(days)
    steps = [Step(event, None, "event")]
    first = walk(event - timedelta(days=1), days, steps, lambda day: None, -1) if days else event
    end = first - timedelta(days=1)
    return Deadline(end, (*steps, Step(end, None, "last_day")), "CIV 157, 159 (backward)")


def backward_business_days(event: date, days: int) -> Deadline[date]:
    """The same with business days between; the last day in time is itself a business day."""
    refuse_unfit(days)
    steps = [Step(event, None, "event")]
    first = walk(event - timedelta(days=1), days, steps, why_free, -1) if days else event
    end = first - timedelta(days=1)
    while (free := why_free(end)) is not None:
        steps.append(free)
        end -= timedelta(days=1)
    return Deadline(end, (*steps, Step(end, None, "last_day")), "CIV 157, 159 (backward); HOLD 2, 3")
