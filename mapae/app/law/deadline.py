"""Counts a period given in words: `3bd` from 2026-09-23 under the ECA."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mapae.errors import UsageError
from mapae.law import calendar
from mapae.law.calendar import Deadline, Pause
from mapae.pack import load_pack
from mapae.pack.checks import near

__all__ = ["Length", "count", "parse_length", "parse_pause", "parse_regime", "parse_start"]

_LENGTH = re.compile(r"(\d+)\s*(bd|d|w|m|y|h|영업일|일|주일?|개월|달|년|시간)\Z")
_KOREAN = {"영업일": "bd", "일": "d", "주": "w", "주일": "w", "개월": "m", "달": "m", "년": "y", "시간": "h"}
_YEARS = range(1948, 2051)  # years whose holidays the calendar knows
_CIVIL: dict[str, Callable[..., Deadline[date]]] = {
    "bd": calendar.business_days,
    "d": calendar.civil_days,
    "w": calendar.civil_weeks,
    "m": calendar.civil_months,
    "y": calendar.civil_years,
}
_BURDEN: dict[str, Callable[[date, int], Deadline[date]]] = {
    "d": calendar.admin_days,
    "w": lambda start, weeks: calendar.admin_days(start, weeks * 7),
    "m": calendar.admin_months,
    "y": lambda start, years: calendar.admin_months(start, years * 12),
}
_BACKWARD: dict[str, Callable[[date, int], Deadline[date]]] = {
    "bd": calendar.backward_business_days,
    "d": calendar.backward_days,
    "w": lambda event, weeks: calendar.backward_days(event, weeks * 7),
}


@dataclass(frozen=True, slots=True)
class Length:
    """A number and its unit: bd business days, d days, w weeks, m months, y years, h hours."""

    number: int
    unit: str


def parse_length(text: str) -> Length:
    """`3bd`, `7d`, `2w`, `3m`, `1y`, `72h`, or `3영업일`, `7일`, `3개월` …; UsageError for anything else."""
    match = _LENGTH.match(text.strip().lower())
    if match is None or not int(match[1]):
        raise UsageError(
            f"not a length: {text!r}",
            where="LENGTH",
            mend="write 3bd, 7d, 2w, 3m, 1y or 72h (bd: business days), or 3영업일, 7일, 3개월",
        )
    return Length(int(match[1]), _KOREAN.get(match[2], match[2]))


def parse_start(text: str) -> date:
    """A day or a moment in ISO form; UsageError for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"not a day or moment: {text!r}", where="START", mend="write 2026-09-23 or 2026-09-23T10:00"
        ) from None


def parse_regime(text: str) -> str:
    """The code of a law of the shipped pack; UsageError with near codes for anything else."""
    codes = load_pack("kr").data("pack.yaml")["regimes"]
    if text.upper() not in codes:
        raise UsageError(f"no law has the code {text!r}", where="--regime", mend=near(text.upper(), codes))
    return text.upper()


def parse_pause(text: str) -> Pause:
    """`2026-09-25..2026-09-30` or with a reason `2026-09-25..2026-09-30:tests`; both days stand still."""
    span, _, reason = text.partition(":")
    first, dots, last = span.partition("..")
    try:
        pause = Pause(date.fromisoformat(first), date.fromisoformat(last), reason)
    except ValueError:
        dots = ""
    if not dots or pause.last < pause.first:
        raise UsageError(
            f"not a pause: {text!r}",
            where="--pause",
            mend="write 2026-09-25..2026-09-30, the earlier day first",
        )
    return pause


def count(
    start: date, length: Length, regime: str = "ECA", *, backward: bool = False, pauses: Sequence[Pause] = ()
) -> Deadline[Any]:
    """The end of the period with its working. regime GAB: burdens (first day counts, no roll-over), else the Civil Act.

    UsageError where a unit cannot be counted in that way, or the days leave the years of the calendar.
    """
    try:
        found = _count(start, length, regime, backward, pauses)
    except (OverflowError, ValueError):  # beyond the last year that a date can have
        found = None
    if found is None or {start.year, found.end.year} - set(_YEARS):
        raise UsageError(
            "the period leaves the years whose holidays are known",
            where="START",
            mend=f"stay within {_YEARS[0]} to {_YEARS[-1]}",
        )
    return found


def _count(
    start: date, length: Length, regime: str, backward: bool, pauses: Sequence[Pause]
) -> Deadline[Any]:
    if length.unit == "h":
        if backward or pauses or not isinstance(start, datetime):
            raise UsageError(
                "hours run from a moment, forward and without pause",
                where="START",
                mend="write 2026-09-23T10:00",
            )
        return calendar.hours(start, length.number)
    day = start.date() if isinstance(start, datetime) else start
    table: dict[str, Callable[..., Deadline[date]]] = _CIVIL
    if backward or regime == "GAB":
        table = dict(_BACKWARD if backward else _BURDEN)
    if length.unit not in table or (table is not _CIVIL and pauses):
        what = "--pause" if pauses else f"the unit {length.unit!r}"
        way = "backward" if backward else "for a burden (GAB)"
        raise UsageError(
            f"{what} is not counted {way}", where="LENGTH", mend=f"units here: {', '.join(table)}"
        )
    return table[length.unit](day, length.number, **({"pauses": pauses} if pauses else {}))
