"""Business days by column are those of the law's calendar, holidays and substitutes included."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mapae.law.calendar import business_days, civil_days
from mapae.measures.agreements.days import calendar_between

_FIRST, _LAST = date(2026, 1, 1), date(2027, 12, 31)
_CALENDAR = calendar_between(_FIRST, _LAST)


@given(st.integers(0, 700), st.integers(1, 15))
def test_the_last_day_is_that_of_the_law(step: int, count: int) -> None:
    start = _FIRST + timedelta(days=step)
    due = _CALENDAR.due(np.array([start], "datetime64[D]"), count, business=True)[0].astype(date)
    assert due == business_days(start, count).end


@given(st.integers(0, 600), st.integers(1, 15))
def test_so_many_business_days_lie_between_a_start_and_its_last_day(step: int, count: int) -> None:
    start = _FIRST + timedelta(days=step)
    ends = np.array([business_days(start, count).end], "datetime64[D]")
    assert _CALENDAR.between(np.array([start], "datetime64[D]"), ends)[0] == count


@given(st.integers(0, 600), st.integers(0, 40))
def test_calendar_days_end_as_in_the_civil_act(step: int, count: int) -> None:
    start = _FIRST + timedelta(days=step)
    due = _CALENDAR.due(np.array([start], "datetime64[D]"), count, business=False)[0].astype(date)
    assert due == civil_days(start, count).end


def test_chuseok_is_left_out() -> None:
    due = _CALENDAR.due(np.array(["2026-09-23"], "datetime64[D]"), 3, business=True)
    assert str(due[0]) == "2026-09-30"
