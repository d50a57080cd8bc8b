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
    "month_number",
    "next_numbered",
    "next_weekday",
]

_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
# days: one without its year is the latest before the message, or soon after it
_LOOK_BACK, _LOOK_AHEAD = 400, 60


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
    return int(digits[0]) if digits else _MONTHS[word[:3]]


def latest_holiday(name: str, received: date, instead: bool = False) -> date | None:
    """The latest day up to the message whose official English name holds `name`: itself, or the one given `instead`."""
    for back in range(_LOOK_BACK):
        day = received - timedelta(back)
        called = (holiday_name(day, "en") or "").lower()
        if called.endswith(name.lower()) and (" for " in called) == instead and not called.startswith("the "):
            return day
    return None


def in_month(year: int, month: int, told: str | int) -> date | None:
    """The day of the month by its number (`18`, `18일`, `十八`), or the last one where words stand for it (`말일`)."""
    plain = str(told).removesuffix("일").strip()
    if not re.fullmatch(rf"\d+|[初廿一二三四五六七八九十]+|[일이삼사오육칠팔구십]+|{ORDINAL}", plain):
        return _made(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None
    return _made(year, month, figure(plain))


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
