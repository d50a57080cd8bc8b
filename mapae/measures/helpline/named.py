"""Days told by a name: holidays, days that carry a name, the second Saturday of a month, the last day of a month."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from mapae.measures.helpline.days import (
    day_of,
    in_month,
    latest_holiday,
    latest_nth,
    month_before,
    month_number,
    nth_weekday,
)

__all__ = ["Found", "NamedDays", "with_day"]

Found = tuple[int, int, date, str]
_LAST = -1
_NTH = {
    **dict.fromkeys(("first", "첫", "첫번째", "첫째", "一", "1"), 1),
    **dict.fromkeys(("second", "둘째", "두번째", "二", "2"), 2),
    **dict.fromkeys(("third", "셋째", "세번째", "三", "3"), 3),
    **dict.fromkeys(("fourth", "넷째", "네번째", "四", "4"), 4),
}


@dataclass(frozen=True)
class NamedDays:
    """Finds them by the tables of dates.yaml, each the latest up to the day of the message."""

    words: Mapping[str, Any]

    def found(self, text: str, received: date) -> Iterator[Found]:
        """Start, end, day and `holiday` or `written` of each."""
        yield from self._holidays(text, received)
        yield from self._called(text, received)
        yield from self._of_month(text, received)
        yield from self._nth(text, received)

    def _holidays(self, text: str, received: date) -> Iterator[Found]:
        for name, pattern in self._names:
            for match in pattern.finditer(text):
                instead = re.match(self.words["substitute"], text[match.end() : match.end() + 20])
                day = latest_holiday(name, received, instead is not None)
                if day is not None:
                    yield match.start(), match.end() + (instead.end() if instead else 0), day, "holiday"

    def _called(self, text: str, received: date) -> Iterator[Found]:
        for row, pattern in self._called_days:
            for match in pattern.finditer(text):
                day = _called_day(row, received)
                if day is not None:
                    yield match.start(), match.end(), day, "holiday"

    def _of_month(self, text: str, received: date) -> Iterator[Found]:
        """A day of this month or of one before: `지난달 16일`, `上个月3号`, `a month ago today`."""
        for back, pattern in self._months_back:
            year, month = month_before(received, back)
            for match in pattern.finditer(text):
                told = match.groupdict().get("d") or received.day
                day = in_month(year, month, told)
                if day is not None:
                    yield match.start(), match.end(), day, "written"

    def _nth(self, text: str, received: date) -> Iterator[Found]:
        """`8월 첫 번째 수요일`, `the last Friday of August`, `上个月最后一个周五`."""
        for weekday, pattern in self._nth_words:
            for match in pattern.finditer(text):
                parts = match.groupdict()
                number = _NTH.get(parts["nth"].replace(" ", ""), _LAST)
                if parts.get("back"):
                    back = int(bool(re.match(self.words["nth_weekdays"]["month_before"], parts["back"])))
                    day = nth_weekday(*month_before(received, back), number, weekday)
                else:
                    day = latest_nth(month_number(parts["m"]), number, weekday, received)
                if day is not None:
                    yield match.start(), match.end(), day, "holiday"

    @cached_property
    def _names(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((name, re.compile("|".join(words))) for name, words in self.words["holidays"].items())

    @cached_property
    def _called_days(self) -> tuple[tuple[Mapping[str, Any], re.Pattern[str]], ...]:
        return tuple((row, re.compile("|".join(row["words"]))) for row in self.words["named_days"])

    @cached_property
    def _months_back(self) -> tuple[tuple[int, re.Pattern[str]], ...]:
        rows = self.words["months_back"]
        return tuple((row["months"], re.compile(word)) for row in rows for word in row["words"])

    @cached_property
    def _nth_words(self) -> tuple[tuple[int, re.Pattern[str]], ...]:
        pieces = self.words["nth_weekdays"]["words"]
        names = enumerate(self.words["weekdays"]["names"])
        return tuple((number, with_day(piece, name)) for number, name in names for piece in pieces)


def with_day(piece: str, names: str) -> re.Pattern[str]:
    """A piece in which {day} stands for one day of the week."""
    return re.compile(piece.replace("{day}", f"(?:{names})"))


def _called_day(row: Mapping[str, Any], received: date) -> date | None:
    """By month and number, month and weekday, a distance to a holiday, or the days that are given."""
    if "days_given" in row:
        return max((day for day in row["days_given"] if day <= received), default=None)
    off = timedelta(row.get("plus", 0))
    if "holiday" in row:
        day = latest_holiday(row["holiday"], received - off)
        return day and day + off
    if "nth" in row:
        day = latest_nth(row["m"], row["nth"], row["weekday"], received - off)
        return day and day + off
    return day_of({"m": row["m"], "d": row["d"]}, received, ahead=0)
