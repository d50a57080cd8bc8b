"""Periods of figures: a year, half, quarter, month or day, or a run of months; as data writes them, as people do."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

__all__ = ["Period", "named_period", "period"]

_FORMS = (
    ("year", re.compile(r"(\d{4})")),
    ("half", re.compile(r"(\d{4})-?H([12])", re.IGNORECASE)),
    ("quarter", re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)),
    ("month", re.compile(r"(\d{4})-(\d{2})")),
    ("day", re.compile(r"(\d{4})-(\d{2})-(\d{2})")),
)
_BEHIND = (
    r"\s*(?:\(?[pre]\)?|\(?(?:잠정|확정|추정)치?\)?|\d\))*"  # provisional, revised, estimated, or a footnote
)
_YEAR = r"(?:FY\s*)?(?P<year>\d{4})\s*(?:년|年)?\s*(?:도|度)?"
_PART = r"\s*(?:[.\-/,]|년|年)?\s*"
_NAMED = tuple(
    (form, re.compile(pattern + _BEHIND, re.IGNORECASE))
    for form, pattern in (
        ("year", _YEAR),
        ("half", rf"{_YEAR}{_PART}(?:H(?P<part>[12])|(?P<word>상반기|하반기|上半年|下半年))"),
        ("half", r"(?P<part>[12])H\s*(?P<year>\d{4}|\d\d)"),
        (
            "quarter",
            rf"{_YEAR}{_PART}(?:Q(?P<part>[1-4])|(?P<front>[1-4])\s*(?:/4(?:\s*분기)?|분기|季度|Q)"
            r"|第(?P<middle>[1-4一二三四])季度)",
        ),
        ("quarter", r"(?:Q(?P<part>[1-4])|(?P<front>[1-4])Q)\s*[,.\-/]?\s*(?P<year>\d{4}|\d\d)"),
        ("month", r"(?P<year>\d{4})\s*(?:[.\-/]|년|年)\s*(?P<part>\d{1,2})\s*(?:월|月)?\.?"),
        ("month", r"(?P<word>[a-z]{3})[a-z]{0,6}\.?[\s\-,]*(?P<year>\d{4})"),
    )
)
_SPAN = re.compile(
    r"(\d{4})\s*[.\-/년年]\s*(\d{1,2})\s*(?:월|月)?\s*[~\-–∼〜]\s*(?:(\d{4})\s*[.\-/년年]\s*)?(\d{1,2})\s*(?:월|月)?"
)
_WORDS = {"상반기": 1, "하반기": 2, "上半年": 1, "下半年": 2, "一": 1, "二": 2, "三": 3, "四": 4} | {
    name: at for at, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_SHAPES = {"year": "{0}", "half": "{0}-H{1}", "quarter": "{0}-Q{1}", "month": "{0}-{1:02d}"}
_EARLIEST, _LATEST = 1900, 2100
_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From first to last day, both included. form: year, half, quarter, month, day, or months (a part of a year)."""

    first: date
    last: date
    form: str

    @property
    def partial(self) -> bool:
        """Whether it is a run of months, which is never compared with a whole year."""
        return self.form == "months"

    @property
    def months(self) -> int:
        """How many months it spans, begun ones counted."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def __str__(self) -> str:
        year, month = self.first.year, self.first.month
        if self.form == "months":
            return f"{year}-{month:02d}..{self.last.year}-{self.last.month:02d}"
        part = {"half": f"-H{(month + 5) // 6}", "quarter": f"-Q{(month + 2) // 3}", "month": f"-{month:02d}"}
        return self.first.isoformat() if self.form == "day" else f"{year}{part.get(self.form, '')}"


def period(text: str) -> Period:
    """`2024`, `2024-H1`, `2024-Q3`, `2024-02`, `2024-02-29`, `2025-01..2025-10`. ValueError for anything else."""
    begin, dots, end = text.strip().partition("..")
    if dots:
        first, last = period(begin), period(end)
        if first.form != "month" or last.form != "month" or first > last:
            raise ValueError(f"no period: {text!r}")
        return first if first == last else Period(first.first, last.last, "months")
    made = next((_made(form, match) for form, pattern in _FORMS if (match := pattern.fullmatch(begin))), None)
    if made is None:
        raise ValueError(f"no period: {text!r}")
    return made


def named_period(text: str) -> Period | None:
    """The period that a person's or an office's text names: 2024년 1분기, 1Q24, 2023. 5월(p), FY2024, 2025.1~10월.

    None where it names none between 1900 and 2100.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _of_span(plain)
    for form, pattern in _NAMED if found is None else ():
        if match := pattern.fullmatch(plain):
            found = _of_match(form, match)
            break
    return found if found and _EARLIEST <= found.first.year <= _LATEST else None


def _of_match(form: str, match: re.Match[str]) -> Period | None:
    groups = match.groupdict()
    said = next((groups[name] for name in ("part", "front", "middle", "word") if groups.get(name)), "0")
    part = int(said) if said.isdecimal() else _WORDS.get(said.casefold(), 0)
    year = f"20{groups['year']}" if len(groups["year"]) == 2 else groups["year"]
    if form == "month" and not 1 <= part <= 12:
        return None
    return period(_SHAPES[form].format(year, part))


def _of_span(text: str) -> Period | None:
    match = _SPAN.fullmatch(text)
    if not match or not (1 <= int(match[2]) <= 12 and 1 <= int(match[4]) <= 12):
        return None
    try:
        return period(f"{match[1]}-{int(match[2]):02d}..{match[3] or match[1]}-{int(match[4]):02d}")
    except ValueError:
        return None


def _made(form: str, match: re.Match[str]) -> Period | None:
    """The period of a year and its part; None where the calendar has none such."""
    parts = [int(part) for part in match.groups()]
    try:
        if form == "day":
            return Period(date(*parts), date(*parts), form)
        length = _MONTHS[form]
        month = 1 if form == "year" else (parts[1] - 1) * length + 1
        end = month + length - 1
        return Period(date(parts[0], month, 1), date(parts[0], end, monthrange(parts[0], end)[1]), form)
    except ValueError:
        return None
