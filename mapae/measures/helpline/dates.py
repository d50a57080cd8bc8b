"""Days told in a consumer's message: written, counted back from the message or from the delivery, or named by a holiday."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from mapae.law.calendar.holidays import holiday_name

__all__ = ["DateReader", "Mention"]

_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_CLAUSE = re.compile(
    r"[.!?。！？;；\n]\s?|[,，、](?!\d)\s?|(?<=[가-힣]고)\s|(?<=[가-힣]데)\s|(?<=[가-힣]지만)\s"
)
_DENIED = re.compile(r"^[^.,。，]{0,8}(?:건|것은)?\s?아니")
_LOOK_BACK, _LOOK_AHEAD = (
    400,
    60,
)  # days: one without its year is the latest before the message, or soon after it


@dataclass(frozen=True, slots=True)
class Mention:
    """A day told at start:end of the text; roles: what its clause says happened on it (names of dates.yaml `roles`)."""

    day: date
    start: int
    end: int
    roles: frozenset[str]
    how: str  # written, relative, after_delivery, holiday


@dataclass(frozen=True)
class DateReader:
    """Reads days by the pack's helpline/dates.yaml."""

    words: Mapping[str, Any]

    def mentions(self, text: str, received: date, delivered: date | None) -> tuple[Mention, ...]:
        """All days told, in text order, none after the day of the message. text: lowered, NFKC."""
        found = [*self._written(text, received), *self._relative(text, received)]
        found += self._holidays(text, received)
        if delivered is not None:
            found += self._after(text, delivered)
        taken: list[Mention] = []
        for start, end, day, how in sorted(found, key=lambda item: (item[0], -item[1])):
            denied = _DENIED.search(text[end : end + 16])
            if day <= received and not denied and not any(start < other.end for other in taken):
                taken.append(Mention(day, start, end, self._roles(text, start, end), how))
        return tuple(taken)

    def _written(self, text: str, received: date) -> Iterator[tuple[int, int, date, str]]:
        for pattern in self._patterns:
            for match in pattern.finditer(text):
                day = _day(match.groupdict(), received)
                if day is not None:
                    yield match.start(), match.end(), day, "written"
        for match in re.finditer(self.words["day_only"], text):
            day = _latest_day(int(match["d"]), received)
            if day is not None:
                yield match.start(), match.end(), day, "written"

    def _relative(self, text: str, received: date) -> Iterator[tuple[int, int, date, str]]:
        for days, pattern in self._relatives:
            for match in pattern.finditer(text):
                yield match.start(), match.end(), received - timedelta(days), "relative"
        for match in re.finditer(self.words["counted_back"], text):
            yield match.start(), match.end(), received - timedelta(int(match["n"])), "relative"

    def _after(self, text: str, delivered: date) -> Iterator[tuple[int, int, date, str]]:
        for days, pattern in self._afters:
            for match in pattern.finditer(text):
                yield match.start(), match.end(), delivered + timedelta(days), "after_delivery"

    def _holidays(self, text: str, received: date) -> Iterator[tuple[int, int, date, str]]:
        for name, pattern in self._named:
            for match in pattern.finditer(text):
                day = _holiday(name, received)
                if day is not None:
                    yield match.start(), match.end(), day, "holiday"

    def _roles(self, text: str, start: int, end: int) -> frozenset[str]:
        """What the clause around start:end says: the words behind the day up to the clause's end, else before it."""
        before = [match.end() for match in _CLAUSE.finditer(text, 0, start)]
        close = _CLAUSE.search(text, end)
        behind = text[end : close.start() if close else len(text)]
        front = text[before[-1] if before else 0 : start]
        roles = {name for name, pattern in self._role_words if pattern.search(behind)}
        return frozenset(roles or {name for name, pattern in self._role_words if pattern.search(front)})

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.words["written"])

    @cached_property
    def _relatives(self) -> tuple[tuple[int, re.Pattern[str]], ...]:
        return tuple((row["days"], re.compile("|".join(row["words"]))) for row in self.words["relative"])

    @cached_property
    def _afters(self) -> tuple[tuple[int, re.Pattern[str]], ...]:
        return tuple(
            (row["days"], re.compile("|".join(row["words"]))) for row in self.words["after_delivery"]
        )

    @cached_property
    def _named(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((name, re.compile("|".join(words))) for name, words in self.words["holidays"].items())

    @cached_property
    def _role_words(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((name, re.compile("|".join(row["words"]))) for name, row in self.words["roles"].items())


def _day(parts: dict[str, Any], received: date) -> date | None:
    month = _MONTHS[parts["month"]] if parts.get("month") else int(parts["m"])
    if parts.get("y"):
        return _made(int(parts["y"]), month, int(parts["d"]))
    for year in (received.year + 1, received.year, received.year - 1):
        day = _made(year, month, int(parts["d"]))
        if day is not None and day <= received + timedelta(_LOOK_AHEAD):
            return day
    return None


def _latest_day(number: int, received: date) -> date | None:
    """The latest day of that number in its month on or before the message."""
    for back in range(62):
        day = received - timedelta(back)
        if day.day == number:
            return day
    return None


def _holiday(name: str, received: date) -> date | None:
    """The latest day on or before the message whose official English name holds `name` and is no substitute."""
    for back in range(_LOOK_BACK):
        day = received - timedelta(back)
        called = (holiday_name(day, "en") or "").lower()
        if called.endswith(name.lower()) and " for " not in called and not called.startswith("the "):
            return day
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
