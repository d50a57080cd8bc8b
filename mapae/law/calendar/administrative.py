"""Periods of the General Act on Public Administration: burdens (6(2)) and days of coming into force (7)."""

from __future__ import annotations

from datetime import date, timedelta

from mapae.law.calendar.civil import add_months, civil_days, civil_months
from mapae.law.calendar.deadline import Deadline, Step
from mapae.law.calendar.walk import refuse_unfit, walk

__all__ = ["admin_days", "admin_months", "in_force_after"]

_RULE = "GAB 6(2)"


def admin_days(start: date, days: int, *, worse_for_person: bool = False) -> Deadline[date]:
    """Last day of a burden (a suspension, say) of so many days: the first day counts, the last does not move.

    worse_for_person: where that counting is to the person's disadvantage the Civil Act's holds (6(2), proviso).
    """
    if worse_for_person:
        return civil_days(start, days)
    refuse_unfit(days - 1)
    steps: list[Step] = []
    return Deadline(
        walk(start, days, steps, lambda day: None), (*steps, Step(steps[-1].day, None, "stands")), _RULE
    )


def admin_months(start: date, months: int, *, worse_for_person: bool = False) -> Deadline[date]:
    """Last day of a burden of so many months: the first day counts, the last does not move."""
    if worse_for_person:
        return civil_months(start, months)
    refuse_unfit(months - 1)
    end = add_months(start - timedelta(days=1), months)
    return Deadline(
        end, (Step(start, None, "start"), Step(end, months, "last_day"), Step(end, None, "stands")), _RULE
    )


def in_force_after(promulgated: date, months: int = 0, days: int = 0) -> Deadline[date]:
    """First day of a law that comes into force when so many months or days have passed since its promulgation.

    The day of promulgation is not counted and the last day does not move (7 nos. 2, 3); without a period it is in
    force on the day of promulgation (7 no. 1).
    """
    refuse_unfit(min(months, days))
    refuse_unfit(max(months, days))
    if not months and not days:
        return Deadline(promulgated, (Step(promulgated, None, "in_force"),), "GAB 7 no. 1")
    last = add_months(promulgated, months) + timedelta(days=days)
    steps = (
        Step(promulgated, None, "promulgated"),
        Step(last, months or days, "last_day"),
        Step(last + timedelta(days=1), None, "in_force"),
    )
    return Deadline(last + timedelta(days=1), steps, "GAB 7 nos. 2, 3")
