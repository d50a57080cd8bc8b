"""Ends of legal periods, by the unit in which the law measures them (Civil Act 156 to 161; business days of the ECA)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from mapae.law.calendar import add_months, business_days, civil_days, civil_months, hours
from mapae.law.questions.case import Case

__all__ = ["anniversary", "period_end"]

_COUNT: dict[str, Callable[[Any, int], Any]] = {
    "days": civil_days,
    "months": civil_months,
    "business_days": business_days,
    "hours": hours,
}


def period_end(case: Case, key: str, start: Any, length: int | None = None) -> Any:
    """Last day (or moment) of the period of parameter `key` that begins with the event `start`.

    The parameter's unit says how it is counted; `length` replaces its value (agreed or extended periods).
    """
    value = case.rule(key) if length is None else length
    deadline = _COUNT[case.book.pack.parameters[key].unit](start, value)
    case.steps.extend(str(step) for step in deadline.working)
    return deadline.end


def anniversary(start: date, months: int) -> date:
    """Last day of a span of months after `start`, first day not counted, weekends not moved (Civil Act 157, 160)."""
    return add_months(start, months)
