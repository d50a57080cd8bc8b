"""The working of a count as it is read: weekdays in both languages, the rule of a month's end, business days backward."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mapae.law.calendar import backward_business_days, civil_months, is_business_day
from mapae.law.calendar.deadline import Step

MONDAY = date(2026, 11, 2)
WEEK = (
    ("Mon", "월"),
    ("Tue", "화"),
    ("Wed", "수"),
    ("Thu", "목"),
    ("Fri", "금"),
    ("Sat", "토"),
    ("Sun", "일"),
)


@pytest.mark.parametrize(("at", "names"), enumerate(WEEK), ids=lambda item: str(item))
def test_a_step_names_its_weekday_in_both_languages(at: int, names: tuple[str, str]) -> None:
    step = Step(MONDAY + timedelta(days=at), 1, "last_day")
    for name, language in zip(names, ("en", "ko"), strict=True):
        assert step.text(language).startswith(f"2026-11-0{2 + at} ({name}) 1 ")


@pytest.mark.parametrize(
    ("event", "days", "last"),
    [
        (date(2026, 11, 25), 0, date(2026, 11, 24)),  # nothing between: the business day before
        (date(2026, 11, 25), 1, date(2026, 11, 23)),  # Tuesday lies between
        (date(2026, 11, 25), 2, date(2026, 11, 20)),  # Tuesday and Monday; the weekend is no last day
        (date(2026, 9, 28), 1, date(2026, 9, 22)),  # over Chuseok: Wednesday the 23rd lies between
    ],
)
def test_business_days_backward_lie_between_the_act_and_its_event(event: date, days: int, last: date) -> None:
    found = backward_business_days(event, days).end
    assert found == last
    between = (found + timedelta(days=at) for at in range(1, (event - found).days))
    assert sum(map(is_business_day, between)) == days


@pytest.mark.parametrize(
    ("start", "months", "why"),
    [
        (date(2027, 1, 30), 1, "month_end"),  # 31 January is answered by no day of February
        (date(2027, 1, 10), 1, "last_day"),
        (date(2026, 12, 30), 2, "month_end"),
        (date(2027, 2, 27), 12, "last_day"),
        (date(2027, 8, 30), 1, "month_end"),
        (date(2027, 8, 29), 1, "last_day"),
    ],
)
def test_a_day_that_the_month_does_not_have_is_told_as_its_end(start: date, months: int, why: str) -> None:
    counted = [step.why for step in civil_months(start, months).working if step.number is not None]
    assert counted == [why]
