"""Dates and moments as exports write them, brought to ISO 8601; a date keeps a time and a zone where they are ISO already."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

__all__ = ["iso_date", "iso_moment"]

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})([T ]\d{1,2}:\d{2}.*)?\Z")
_PARTIAL = re.compile(r"\d{4}(?:-(?:\d{2}|Q[1-4]|W\d{2}|H[12]))?\Z", re.IGNORECASE)
_YEAR_FIRST = re.compile(
    r"(\d{4})\s*[./\-年년]\s*(\d{1,2})\s*[./\-月월]\s*(\d{1,2})\s*[.日일号號]?(?!\d)(.*)\Z"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?\Z")
_MINGUO = re.compile(r"(?:民國)?\s*(1\d{2}|\d{2})\s*[./\-年]\s*(\d{1,2})\s*[./\-月]\s*(\d{1,2})\s*日?\Z")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[./\-]\s*(\d{1,2})\s*[./\-]\s*(\d{4})(?!\d)(.*)\Z")
_NAMED = re.compile(r"(?:[a-z]{3,9},?\s+)?(?:(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d\d(?=[t\s]|\Z))|([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}))(?!\d).*\Z")  # fmt: skip # noqa: E501
_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_EITHER = re.compile(r"[0-3]\d-\d\d-\d\d\Z")  # the day or the year may stand first
_SERIAL = re.compile(r"[34]\d{4}(?:\.\d+)?\Z")  # days of a spreadsheet, 1982 to 2036
_PLAIN = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?\Z")
_CLOCK = re.compile(
    r"[\s,T]+(오전|오후|上午|下午|[ap]\.?m\.?)?\s*(\d{1,2}):(\d{2})(:\d{2}(?:\.\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|KST|[+-]\d\d:?\d\d)?\Z",
    re.IGNORECASE,
)
_ZONES = {"UTC": "+00:00", "GMT": "+00:00", "Z": "+00:00", "KST": "+09:00"}
_NOON = ("오후", "下午", "pm")
_EPOCH = re.compile(r"1\d{9}(?:\d{3}|\d{6}|\.\d+)?\Z")


@lru_cache(maxsize=65_536)
def iso_date(text: str) -> str | None:
    """`YYYY-MM-DD`, with the time as it stood where it was ISO; None where the text is no date of the calendar.

    A year, a year and month, a quarter or a week stay as they are. Day and month are told apart by size; where either
    could be the month ("03/04/2024") it is not guessed: None. 民國 and two- or three-digit years are Minguo
    years, but "22-Apr-15" is 2015, and "22-04-15" is not guessed. Five digits are days as a spreadsheet counts them.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if match := _ISO.match(text):
        day = _day(*match.group(1, 2, 3))
        return None if day is None else day + (match[4] or "").rstrip()
    if _PARTIAL.match(text):
        return text
    if _EPOCH.match(text):
        seconds = float(text) if "." in text else int(text) / 10 ** max(0, len(text) - 10)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    if _SERIAL.match(text):
        return (date(1899, 12, 30) + timedelta(days=int(float(text)))).isoformat()
    if match := _YEAR_FIRST.match(text) or _COMPACT.match(text):
        return _day(*match.group(1, 2, 3))
    if match := _YEAR_LAST.match(text):
        first, second = int(match[1]), int(match[2])
        if first != second and first <= 12 and second <= 12:
            return None
        return _day(match[3], match[2], match[1]) if second <= 12 else _day(match[3], match[1], match[2])
    if match := _NAMED.match(text.casefold()):
        month = _MONTHS.get((match[2] or match[4])[:3], 0)
        year = match[3] or match[6]
        return _day(f"20{year}" if len(year) == 2 else year, month, match[1] or match[5])
    if (match := _MINGUO.match(text)) and not _EITHER.match(text):
        return _day(int(match[1]) + 1911, match[2], match[3])
    return None


@lru_cache(maxsize=65_536)
def iso_moment(text: str) -> str | None:
    """A day or a moment in ISO 8601 with its time and zone; None where it cannot be told. Seconds since 1970 are UTC."""
    text = unicodedata.normalize("NFKC", text).strip()
    if _PLAIN.match(text):
        return text
    if _EPOCH.match(text):
        seconds = float(text) if "." in text else int(text) / 10 ** max(0, len(text) - 10)
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    clock = _CLOCK.search(text)
    day = iso_date(text[: clock.start()] if clock else text)
    if day is None or clock is None:
        return day
    hour, half = int(clock[2]), (clock[1] or clock[5] or "").casefold().replace(".", "")
    if half:
        hour = hour % 12 + (12 if half in _NOON else 0)
    zone = (clock[6] or "").upper()
    return f"{day[:10]}T{hour:02d}:{clock[3]}{clock[4] or ''}{_ZONES.get(zone, zone)}"


def _day(year: str | int, month: str | int, day: str | int) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
