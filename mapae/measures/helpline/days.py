"""A day from what is told of it: its parts, its number in a month, its weekday, or the name of a holiday."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from mapae.law.calendar.holidays import holiday_name
from mapae.measures.helpline.numbers import ORDINAL, figure

__all__ = [
    "day_of",
    "in_month",
    "in_week",
    "latest_day",
    "latest_holiday",
    "latest_nth",
    "month_before",
    "month_end",
    "month_number",
    "next_numbered",
    "next_weekday",
    "nth_weekday",
    "weekday_beside",
]

_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
# days: one without its year is the latest before the message, or soon after it
_LOOK_BACK, _LOOK_AHEAD = 400, 60
_FIRST = "첫|초하루|되기|first|第一|一号"


def in_week(day: date, weeks: int, weekday: int) -> date:
    """The day of that number (Monday 0) in the week of `day`, or so many weeks from it."""
    return day + timedelta(7 * weeks + weekday - day.weekday())


def next_weekday(weekday: int, after: date | None, received: date) -> date:
    """The first such day (Monday 0) from `after` on; the latest before the message where none is, or that is later."""
    if after is not None:
        day = after + timedelta((weekday - after.weekday()) % 7)
        if day <= received:
            return day
    return received - timedelta((received.weekday() - weekday - 1) % 7 + 1)


def weekday_beside(day: date, weekday: int, sign: int) -> date:
    """The nearest such day (Monday 0) strictly after `day` (sign 1) or before it (-1)."""
    return day + timedelta(sign * ((sign * (weekday - day.weekday()) - 1) % 7 + 1))


def nth_weekday(year: int, month: int, number: int, weekday: int) -> date | None:
    """The first (1), second … such day of the month, or the last one (-1)."""
    if number < 0:
        end = date(year, month, monthrange(year, month)[1])
        return end - timedelta((end.weekday() - weekday) % 7)
    first = date(year, month, 1)
    day = first + timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))
    return day if day.month == month else None


def latest_nth(month: int, number: int, weekday: int, received: date) -> date | None:
    """That day of the latest such month in which it is not after the message."""
    days = (nth_weekday(year, month, number, weekday) for year in (received.year, received.year - 1))
    return next((day for day in days if day is not None and day <= received), None)


def month_before(day: date, months: int) -> tuple[int, int]:
    """Year and month so many months before that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return year, month + 1


def month_end(day: date) -> date:
    """The last day of its month."""
    return date(day.year, day.month, monthrange(day.year, day.month)[1])


def next_numbered(number: int, after: date) -> date:
    """The first day of that number (1–31) in its month, on or after `after`."""
    day = after
    while day.day != number:
        day += timedelta(1)
    return day


def day_of(parts: dict[str, Any], received: date, ahead: int = _LOOK_AHEAD) -> date | None:
    """The day of a match's named groups y, m or month, d or no; without y the latest up to `ahead` days after the message."""
    number = parts["d"] or parts["no"]
    month = _MONTHS[parts["month"]] if parts.get("month") else figure(parts["m"])
    if parts.get("y"):
        year = figure(parts["y"])
        return in_month(year if year > 99 else 2000 + year, month, number)
    for year in (received.year + 1, received.year, received.year - 1):
        day = in_month(year, month, number)
        if day is not None and day <= received + timedelta(ahead):
            return day
    return None


def latest_day(number: int, month: int | None, received: date) -> date | None:
    """The latest day of that number on or before the message, of that month where one is named just before."""
    for back in range(_LOOK_BACK if month else 62):
        day = received - timedelta(back)
        if day.day == number and month in (None, day.month):
            return day
    return None


def month_number(word: str) -> int:
    """The number of a month written as digits or by the beginning of its English name."""
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _MONTHS[word[:3]] if word[:3] in _MONTHS else figure(word)


def latest_holiday(name: str, received: date, instead: bool = False) -> date | None:
    """The latest day up to the message whose official English name holds `name`: itself, or the one given `instead`."""
    for back in range(_LOOK_BACK):
        day = received - timedelta(back)
        called = (holiday_name(day, "en") or "").lower()
        if called.endswith(name.lower()) and (" for " in called) == instead and not called.startswith("the "):
            return day
    return None


def in_month(year: int, month: int, told: str | int) -> date | None:
    """The day of the month by its number (`18`, `18일`, `十八`), or its first or last one by words (`첫날`, `말일`)."""
    plain = str(told).removesuffix("일").strip()
    if not re.fullmatch(rf"\d+|[初廿一二三四五六七八九十]+|[일이삼사오육칠팔구십]+|{ORDINAL}", plain):
        first = re.match(_FIRST, plain) is not None
        return _made(year, month, 1 if first else monthrange(year, month)[1]) if 1 <= month <= 12 else None
    return _made(year, month, figure(plain))


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
