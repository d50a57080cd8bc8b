"""Statutory periods: days a lawyer can check by hand, and what must hold for every period."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mapae.app.law import count, parse_length
from mapae.errors import FactError
from mapae.law.calendar import (
    Pause,
    backward_days,
    business_days,
    civil_days,
    civil_months,
    holiday_name,
    hours,
    in_force_after,
    is_business_day,
)
from mapae.law.calendar.walk import LONGEST, refuse_unfit

ROWS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "packs/kr/calendar.yaml").read_text("utf-8")
)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def _end(row: dict[str, Any]) -> date:
    way, start, length = row["way"], row["start"], row["length"]
    if way == "business":
        return business_days(start, length).end
    if way == "moment":
        return hours(datetime.fromisoformat(str(start)), length).end
    found = count(start, parse_length(length), "GAB" if way == "burden" else "CIV", backward=way == "before")
    end: date = found.end
    return end


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['way']}-{row['start']}-{row['length']}")
def test_a_period_ends_on_the_day_a_lawyer_counts(row: dict[str, Any]) -> None:
    end = row["end"] if row["way"] != "moment" else datetime.fromisoformat(str(row["end"]))
    assert _end(row) == end, row["why"]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 5, 1), None),
        (date(2026, 5, 1), "Labor"),
        (date(2025, 7, 17), None),
        (date(2026, 7, 17), "Constitution"),
        (date(2026, 8, 17), "Liberation"),
        (date(2027, 7, 19), "Constitution"),
    ],
)
def test_new_holidays_count_from_the_day_they_were_made(day: date, name: str | None) -> None:
    found = holiday_name(day, "en")
    assert (found is None) == (name is None)
    assert name is None or name.casefold()[:4] in str(found).casefold()


@given(start=DAYS, days=st.integers(0, 120))
def test_a_civil_period_never_ends_on_a_free_day_and_never_early(start: date, days: int) -> None:
    found = civil_days(start, days)
    assert is_business_day(found.end)
    assert found.end >= start + timedelta(days=days)
    assert found.working[-1].day == found.end


@given(start=DAYS, months=st.integers(1, 36))
def test_months_end_in_the_month_they_should_unless_the_end_moves(start: date, months: int) -> None:
    end = civil_months(start, months).end
    assert is_business_day(end)
    assert (end - start).days >= 28 * months


@given(start=DAYS, days=st.integers(1, 60))
def test_the_working_counts_as_many_business_days_as_were_asked_for(start: date, days: int) -> None:
    found = business_days(start, days)
    counted = [step for step in found.working if step.counted]
    assert len(counted) == days
    assert all(is_business_day(step.day) for step in counted)
    assert [step.number for step in counted] == list(range(1, days + 1))


@given(event=DAYS, days=st.integers(0, 60))
def test_counting_back_leaves_the_full_days_between(event: date, days: int) -> None:
    assert (event - backward_days(event, days).end).days == days + 1


@given(start=DAYS, days=st.integers(1, 40), stood=st.integers(1, 20))
def test_a_pause_moves_the_end_by_at_least_its_business_days(start: date, days: int, stood: int) -> None:
    pause = Pause(start + timedelta(days=1), start + timedelta(days=stood), "tests")
    free = sum(is_business_day(pause.first + timedelta(days=at)) for at in range(stood))
    plain, paused = business_days(start, days), business_days(start, days, pauses=[pause])
    counted = [step.day for step in paused.working if step.counted]
    assert all(not pause.covers(day) for day in counted)
    assert (paused.end > plain.end) == (free > 0)


def test_a_law_comes_into_force_on_the_day_after_its_period_without_rolling() -> None:
    assert in_force_after(date(2026, 1, 20), months=6).end == date(2026, 7, 21)
    assert in_force_after(date(2026, 1, 20), months=12).end == date(2027, 1, 21)
    assert in_force_after(date(2026, 1, 20)).end == date(2026, 1, 20)


def test_the_working_names_the_holiday_in_both_languages() -> None:
    found = civil_days(date(2026, 9, 18), 7)
    assert "추석" in found.text("ko")
    assert "Chuseok" in found.text("en")
    assert found.text("ko").splitlines()[0].startswith("2026-09-18 (금) – 초일 불산입")


@pytest.mark.parametrize("days", [-1, 40_000])
def test_a_period_no_law_sets_is_refused_with_the_remedy(days: int) -> None:
    with pytest.raises(FactError) as caught:
        civil_days(date(2026, 1, 1), days)
    assert caught.value.mend


def test_the_longest_period_is_counted_and_the_next_refused() -> None:
    refuse_unfit(LONGEST)
    with pytest.raises(FactError):
        refuse_unfit(LONGEST + 1)
