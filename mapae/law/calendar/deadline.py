"""What counting a period gives: its end, and every day it looked at with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

__all__ = ["Deadline", "Moment", "Pause", "Step"]

Moment = TypeVar("Moment", date, datetime)

# why a day counts or not → words
_WHY: dict[str, dict[str, str]] = {
    "first_day": {"ko": "초일 불산입", "en": "first day, not counted", "zh": "首日不计入"},
    "counted": {"ko": "산입", "en": "counted", "zh": "计入"},
    "saturday": {"ko": "토요일", "en": "Saturday", "zh": "星期六"},
    "sunday": {"ko": "일요일", "en": "Sunday", "zh": "星期日"},
    "holiday": {"ko": "공휴일", "en": "public holiday", "zh": "公休日"},
    "paused": {"ko": "정지 기간", "en": "clock stopped", "zh": "期间中止"},
    "last_day": {"ko": "말일", "en": "last day of the period", "zh": "期间末日"},
    "month_end": {
        "ko": "해당일이 없어 그 달의 말일",
        "en": "no such day in that month: its last day",
        "zh": "当月无该日，以月末为准",
    },
    "rolled": {
        "ko": "말일이 토요일·공휴일이므로 다음 날로 만료",
        "en": "the last day moves on over a Saturday or holiday",
        "zh": "末日为星期六或公休日，顺延至次日届满",
    },
    "stands": {
        "ko": "토요일·공휴일이어도 그 날 만료",
        "en": "the period ends there, Saturday or holiday or not",
        "zh": "即使为星期六或公休日，亦于当日届满",
    },
    "event": {"ko": "기준일 불산입", "en": "day of the event, not counted", "zh": "基准日不计入"},
    "start": {"ko": "기산", "en": "starts", "zh": "起算"},
    "promulgated": {"ko": "공포일 불산입", "en": "day of promulgation, not counted", "zh": "公布日不计入"},
    "in_force": {"ko": "시행일", "en": "in force", "zh": "施行日"},
}
_WEEKDAYS = {
    "ko": tuple("월화수목금토일"),
    "zh": tuple("一二三四五六日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


@dataclass(frozen=True, slots=True)
class Pause:
    """Days, both included, on which a clock stands still, and the lawful reason."""

    first: date
    last: date
    reason: str = ""

    def covers(self, day: date) -> bool:
        """Whether the clock stands still on that day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Step:
    """One day looked at. number: its place among those counted (None: skipped). why: a word of the table; note: a name."""

    day: date
    number: int | None
    why: str
    note_ko: str = ""
    note_en: str = ""

    @property
    def counted(self) -> bool:
        """Whether the day counts."""
        return self.number is not None

    def text(self, language: str = "en") -> str:
        """The step in words, e.g. `2026-09-25 (Fri) – public holiday: Chuseok`."""
        shown = self.day.isoformat()
        if isinstance(self.day, datetime):
            shown = self.day.isoformat(sep=" ", timespec="minutes")
        weekday = _WEEKDAYS.get(language, _WEEKDAYS["en"])[self.day.weekday()]
        mark = "–" if self.number is None else str(self.number)
        note = self.note_ko if language == "ko" else self.note_en
        return f"{shown} ({weekday}) {mark} {_WHY[self.why][language]}{f': {note}' if note else ''}"

    def __str__(self) -> str:
        return self.text("en")


@dataclass(frozen=True, slots=True)
class Deadline(Generic[Moment]):
    """end: the last day (or moment) in time. working: the steps to it. rule: the provisions that say how it is counted."""

    end: Moment
    working: tuple[Step, ...]
    rule: str

    def text(self, language: str = "en") -> str:
        """All steps, one a line."""
        return "\n".join(step.text(language) for step in self.working)
