"""Periods of the Civil Act: first day not counted (157), months by the calendar (160), free last days roll (161)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from mapae.law.calendar.deadline import Deadline, Pause, Step
from mapae.law.calendar.holidays import why_free
from mapae.law.calendar.walk import pause_of, refuse_unfit, walk

__all__ = ["add_months", "civil_days", "civil_months", "civil_weeks", "civil_years"]

_RULE = "CIV 157, 159, 161"
_MONTHS_RULE = "CIV 157, 159, 160, 161"


def civil_days(
    start: date, days: int, *, from_midnight: bool = False, pauses: Sequence[Pause] = ()
) -> Deadline[date]:
    """Last day of a period of days that the event on `start` begins.

    from_midnight: the period begins at 0 h of `start`, which is then counted (157). pauses: days that do not count.
    A last day that is a Saturday or holiday moves to the next day that is not (161).
    """
    refuse_unfit(days)
    if days == 0:
        return _rolled(start, [Step(start, None, "first_day")], pauses, _RULE)
    first = start if from_midnight else start + timedelta(days=1)
    steps = [] if from_midnight else [Step(start, None, "first_day")]
    end = walk(first, days, steps, lambda day: pause_of(day, pauses))
    return _rolled(end, steps, pauses, _RULE)


def civil_weeks(
    start: date, weeks: int, *, from_midnight: bool = False, pauses: Sequence[Pause] = ()
) -> Deadline[date]:
    """Last day of a period of weeks: the weekday before that of its first day counted (160(2)); as days × 7."""
    found = civil_days(start, weeks * 7, from_midnight=from_midnight, pauses=pauses)
    return Deadline(found.end, found.working, _MONTHS_RULE)


def civil_months(
    start: date, months: int, *, from_midnight: bool = False, pauses: Sequence[Pause] = ()
) -> Deadline[date]:
    """Last day of a period of months: the day before the one answering its first day (160(2)), else the month's end.

    pauses: as many days as the clock stood still are added at the end.
    """
    refuse_unfit(months)
    steps = [] if from_midnight else [Step(start, None, "first_day")]
    last = add_months(start - timedelta(days=1) if from_midnight else start, months)
    first = start if from_midnight else start + timedelta(days=1)
    why = "last_day" if _answers(first, months) else "month_end"
    stood = sum(
        pause_of(first + timedelta(days=at), pauses) is not None for at in range((last - first).days + 1)
    )
    if not stood:
        steps.append(Step(last, months, why))
        return _rolled(last, steps, pauses, _MONTHS_RULE)
    steps.append(Step(last, None, why))
    end = walk(last + timedelta(days=1), stood, steps, lambda day: pause_of(day, pauses))
    return _rolled(end, steps, pauses, _MONTHS_RULE)


def civil_years(
    start: date, years: int, *, from_midnight: bool = False, pauses: Sequence[Pause] = ()
) -> Deadline[date]:
    """Last day of a period of years, as months × 12."""
    return civil_months(start, years * 12, from_midnight=from_midnight, pauses=pauses)


def add_months(start: date, months: int) -> date:
    """Last day of a span of months after an event on `start`, without roll-over (157, 160).

    The first day counted is the day after `start`; the day before the one answering it, or the month's end.
    """
    first = start + timedelta(days=1)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    if first.day > length:
        return date(year, month + 1, length)
    return date(year, month + 1, first.day) - timedelta(days=1)


def _answers(first: date, months: int) -> bool:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return first.day <= monthrange(year, month + 1)[1]


def _rolled(end: date, steps: list[Step], pauses: Sequence[Pause], rule: str) -> Deadline[date]:
    """Move a free last day to the next day that is none (161)."""
    moved = False
    while (free := why_free(end) or pause_of(end, pauses)) is not None:
        steps.append(free)
        end += timedelta(days=1)
        moved = True
    if moved:
        steps.append(Step(end, None, "rolled"))
    return Deadline(end, tuple(steps), rule)
