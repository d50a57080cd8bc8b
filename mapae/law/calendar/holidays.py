"""Which days are holidays and business days in Korea (HOL 2, HOLD 2 and 3)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache

import holidays as public_holidays

from mapae.law.calendar.deadline import Step
from mapae.pack import Pack, load_pack

__all__ = ["calendar_of", "holiday_name", "is_business_day", "is_free_day", "why_free"]

# days a pack adds (day, Korean name, English name), and days it takes out
Changes = tuple[tuple[tuple[date, str, str], ...], frozenset[date]]
_CHANGES: ContextVar[Changes | None] = ContextVar("changes", default=None)


@contextmanager
def calendar_of(pack: Pack) -> Iterator[None]:
    """Inside the block, count with the days that this pack adds and takes out, not with those of the shipped one."""
    token = _CHANGES.set(_changes(pack))
    try:
        yield
    finally:
        _CHANGES.reset(token)


def _changes(pack: Pack) -> Changes:
    data = pack.data("calendar.yaml")
    added = tuple((row["day"], row["name"]["ko"], row["name"]["en"]) for row in data["added"])
    return added, frozenset(row["day"] for row in data["removed"])


@cache
def _shipped() -> Changes:
    return _changes(load_pack("kr"))


@cache
def _year(year: int, language: str, changes: Changes) -> dict[date, str]:
    """Holidays of a year by day; the library computes Korean holidays from 1948 to 2050."""
    found = public_holidays.country_holidays("KR", years=year, language={"ko": "ko", "en": "en_US"}[language])
    added, removed = changes
    named = {day: name for day, name in found.items() if day not in removed}
    return named | {day: ko if language == "ko" else en for day, ko, en in added if day.year == year}


def holiday_name(day: date, language: str = "ko") -> str | None:
    """The holiday's name, substitutes included; None on other days. Sundays are told by `why_free`."""
    plain = _plain(day)
    return _year(plain.year, language, _CHANGES.get() or _shipped()).get(plain)


def is_free_day(day: date) -> bool:
    """Saturday, Sunday or holiday: what Civil Act 161 rolls over."""
    return day.weekday() >= 5 or holiday_name(day) is not None


def is_business_day(day: date) -> bool:
    """Monday to Friday without holidays and substitutes (the ECA speaks of 영업일 and does not define it)."""
    return not is_free_day(day)


def why_free(day: date) -> Step | None:
    """A skipped step naming why the day is free; None on business days."""
    name = holiday_name(day, "ko")
    if name is not None:
        return Step(day, None, "holiday", name, holiday_name(day, "en") or "")
    if day.weekday() >= 5:
        return Step(day, None, "saturday" if day.weekday() == 5 else "sunday")
    return None


def _plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day
