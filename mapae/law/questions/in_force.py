"""When law and measures begin and end: powers in force, entry into force, the last day of a suspension."""

from __future__ import annotations

from mapae.law.calendar import admin_days, admin_months, in_force_after
from mapae.law.questions.case import Case, yes_no

__all__ = ["in_force", "in_force_from", "period_last_day"]

_POWERS = {
    "consent_decision": "eca.32-2.consent_decision",
    "takedown_recommendation_children": "kid.9-2.takedown",
}


def in_force(case: Case) -> str:
    """Whether the power is law on as_of."""
    return yes_no(case.law(_POWERS[case.word]) is not None)


def in_force_from(case: Case) -> str:
    """First day in force: the months after promulgation are over, or the day of promulgation itself (GAB 7)."""
    promulgated, months = case.day("promulgated_on"), case.count("after_months")
    found = in_force_after(promulgated, months)
    case.cite(found.rule)
    case.steps.extend(str(step) for step in found.working)
    return str(found.end.isoformat())


def period_last_day(case: Case) -> str:
    """First day counted, no move off weekends or holidays (GAB 6(2))."""
    start = case.day("starts_on")
    months, days = case.count("months"), case.count("days")
    found = admin_months(start, months) if months else admin_days(start, days)
    case.cite(found.rule)
    case.steps.extend(str(step) for step in found.working)
    return str(found.end.isoformat())
