"""Periods of figures: a year, half, quarter, month or day, or a run of months that is only a part of a year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

__all__ = ["Period", "period"]

_FORMS = (
    ("year", re.compile(r"(\d{4})")),
    ("half", re.compile(r"(\d{4})-?H([12])", re.IGNORECASE)),
    ("quarter", re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)),
    ("month", re.compile(r"(\d{4})-(\d{2})")),
    ("day", re.compile(r"(\d{4})-(\d{2})-(\d{2})")),
)
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
    for form, pattern in _FORMS:
        if match := pattern.fullmatch(begin):
            return _made(form, [int(part) for part in match.groups()])
    raise ValueError(f"no period: {text!r}")


def _made(form: str, parts: list[int]) -> Period:
    if form == "day":
        day = date(*parts)
        return Period(day, day, form)
    length = _MONTHS[form]
    month = 1 if form == "year" else (parts[1] - 1) * length + 1
    end = month + length - 1
    return Period(date(parts[0], month, 1), date(parts[0], end, monthrange(parts[0], end)[1]), form)
