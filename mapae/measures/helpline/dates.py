"""Days told in a consumer's message: written, counted back from the message or from the delivery, or named by a holiday."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

from mapae.law.calendar.holidays import holiday_name
from mapae.measures.helpline.numbers import STRETCH, days_in, figure

__all__ = ["DateReader", "Mention"]

_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_CLAUSE = re.compile(
    r"[.!?。！？;；\n]\s?|[,，、](?!\d)\s?|(?<=[가-힣]고)(?<![사신광재중창]고)\s|(?<=[가-힣]데)\s|(?<=[가-힣]지만)\s"
)
_DENIED = re.compile(r"^[^.,。，]{0,8}(?:건|것은)?\s?아니")
Found = tuple[int, int, date, str]
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
    how: str  # written, relative, after_delivery, holiday, same


@dataclass(frozen=True)
class DateReader:
    """Reads days by the pack's helpline/dates.yaml."""

    words: Mapping[str, Any]

    def mentions(self, text: str, received: date, delivered: date | None) -> tuple[Mention, ...]:
        """All days told, in text order, none after the day of the message. text: lowered, NFKC."""
        named = [
            *self._written(text, received),
            *self._of_month(text, received),
            *self._holidays(text, received),
        ]
        found: list[tuple[int, int, date | None, str]] = [*(self._shifted(text, *item) for item in named)]
        found += self._relative(text, received)
        if delivered is not None:
            found += self._after(text, delivered)
        found += [(match.start(), match.end(), None, "same") for match in self._same_day.finditer(text)]
        found += self._weekdays(text, received)
        taken: list[Mention] = []
        for start, end, told, how in sorted(found, key=lambda item: (item[0], -item[1])):
            day = told or (taken[-1].day if taken else delivered)  # "that day" is the day named just before
            if day is not None and how in self._weeks:
                day = _in_week(day, *self._weeks[how])
            denied = _DENIED.search(text[end : end + 16])
            if day is None or day > received or denied or any(start < other.end for other in taken):
                continue
            if told is None and taken and start - taken[-1].end <= 1:  # "on Liberation Day that day"
                continue
            ahead = min((item[0] for item in found if item[0] >= end), default=len(text))
            taken.append(Mention(day, start, end, self._roles(text, start, end, ahead), how))
        return tuple(taken)

    def _shifted(self, text: str, start: int, end: int, day: date, how: str) -> Found:
        """A day named with a distance to it: `현충일 다음다음 날`, `the day after Christmas`, `8月3日后三天`."""
        for row, behind, before in self._shifts:
            if match := behind.match(text, end):
                days = row["days"] * (days_in(match["n"]) if "n" in match.groupdict() else 1)
                return start, match.end(), day + timedelta(days), how
            if match := before.search(text, max(0, start - 30), start):
                days = row["days"] * (days_in(match["n"]) if "n" in match.groupdict() else 1)
                return match.start(), end, day + timedelta(days), how
        return start, end, day, how

    def _written(self, text: str, received: date) -> Iterator[Found]:
        for pattern in self._patterns:
            for match in pattern.finditer(text):
                day = _day(match.groupdict(), received)
                if day is not None:
                    yield match.start(), match.end(), day, "written"
        for match in re.finditer(self.words["day_only"], text):
            near = re.findall(self.words["month_near"], text[max(0, match.start() - 30) : match.start()])
            day = _latest_day(
                int(match["d"] or match["no"] or match["th"]), _month(near[-1]) if near else None, received
            )
            if day is not None:
                yield match.start(), match.end(), day, "written"

    def _of_month(self, text: str, received: date) -> Iterator[Found]:
        """A day of this month or of one before: `지난달 16일`, `上个月3号`, `the 2nd of this month`."""
        for back, pattern in self._months_back:
            year, month = divmod(received.year * 12 + received.month - 1 - back, 12)
            for match in pattern.finditer(text):
                day = _in_month(year, month + 1, match["d"])
                if day is not None:
                    yield match.start(), match.end(), day, "written"

    def _relative(self, text: str, received: date) -> Iterator[Found]:
        for days, pattern in self._relatives:
            for match in pattern.finditer(text):
                yield match.start(), match.end(), received - timedelta(days), "relative"
        for match in self._counted("counted_back").finditer(text):
            yield match.start(), match.end(), received - timedelta(days_in(match["n"])), "relative"

    def _after(self, text: str, delivered: date) -> Iterator[Found]:
        for days, pattern in self._afters:
            for match in pattern.finditer(text):
                yield match.start(), match.end(), delivered + timedelta(days), "after_delivery"
        for match in self._counted("counted_on").finditer(text):
            yield match.start(), match.end(), delivered + timedelta(days_in(match["n"])), "after_delivery"

    def _weekdays(self, text: str, received: date) -> Iterator[tuple[int, int, date | None, str]]:
        """A day of the week in the week of the message or another, the latest, or in that of the day named just before."""
        for weekday, names in enumerate(self.words["weekdays"]["names"]):
            for row in self.words["weekdays"]["rows"]:
                told = None if row["from"] == "named" else _in_week(received, row["weeks"], weekday)
                if told is not None and row["from"] == "latest" and told >= received:
                    told -= timedelta(7)
                how = f"week {row['weeks']} {weekday}" if told is None else "relative"
                for match in _named_weekday(names, tuple(row["words"])).finditer(text):
                    yield match.start(), match.end(), told, how

    @cached_property
    def _weeks(self) -> dict[str, tuple[int, int]]:
        rows = [row["weeks"] for row in self.words["weekdays"]["rows"]]
        return {f"week {weeks} {day}": (weeks, day) for weeks in rows for day in range(7)}

    def _holidays(self, text: str, received: date) -> Iterator[Found]:
        for name, pattern in self._named:
            for match in pattern.finditer(text):
                day = _holiday(name, received)
                if day is not None:
                    yield match.start(), match.end(), day, "holiday"
        for row, pattern in self._named_days:
            for match in pattern.finditer(text):
                day = _day({"m": row["m"], "d": row["d"]}, received, ahead=0)
                if day is not None:
                    yield match.start(), match.end(), day, "holiday"

    def _roles(self, text: str, start: int, end: int, ahead: int) -> frozenset[str]:
        """What the clause around start:end says: behind the day (up to the next, `ahead`), else before, else delivery."""
        before = [match.end() for match in _CLAUSE.finditer(text, 0, start)]
        close = _CLAUSE.search(text, end)
        behind = text[end : close.start() if close else len(text)]
        front = text[before[-1] if before else 0 : start]
        sentence = text[max(text.rfind(mark, 0, start) for mark in ".!?。！？\n") + 1 : start]
        for part in (behind[: max(0, ahead - end)], behind, front):
            if roles := {name for name, pattern in self._role_words if pattern.search(part)}:
                return frozenset(roles)
        told = {name for name, pattern in self._role_words if pattern.search(sentence)}
        return frozenset(
            told & {"delivered"} if "promised" not in told else ()
        )  # "came in November, on the 28th"

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern) for pattern in self.words["written"])

    @cached_property
    def _months_back(self) -> tuple[tuple[int, re.Pattern[str]], ...]:
        rows = self.words["months_back"]
        return tuple((row["months"], re.compile(word)) for row in rows for word in row["words"])

    @cached_property
    def _named_days(self) -> tuple[tuple[Mapping[str, int], re.Pattern[str]], ...]:
        return tuple((row, re.compile("|".join(row["words"]))) for row in self.words["named_days"])

    @cached_property
    def _relatives(self) -> tuple[tuple[int, re.Pattern[str]], ...]:
        return tuple((row["days"], re.compile("|".join(row["words"]))) for row in self.words["relative"])

    @cached_property
    def _afters(self) -> tuple[tuple[int, re.Pattern[str]], ...]:
        return tuple(
            (row["days"], re.compile("|".join(row["words"]))) for row in self.words["after_delivery"]
        )

    def _counted(self, key: str) -> re.Pattern[str]:
        """Pieces of dates.yaml in which {n} stands for a stretch of days, one after the other named `n`."""
        return _stretched(tuple(self.words[key]))

    @cached_property
    def _same_day(self) -> re.Pattern[str]:
        return re.compile("|".join(self.words["same_day"]))

    @cached_property
    def _shifts(self) -> tuple[tuple[Mapping[str, Any], re.Pattern[str], re.Pattern[str]], ...]:
        never = ("(?!)",)
        return tuple(
            (row, _stretched(tuple(row["behind"] or never)), _stretched(tuple(row["before"] or never)))
            for row in self.words["shifts"]
        )

    @cached_property
    def _named(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((name, re.compile("|".join(words))) for name, words in self.words["holidays"].items())

    @cached_property
    def _role_words(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((name, re.compile("|".join(row["words"]))) for name, row in self.words["roles"].items())


@cache
def _stretched(pieces: tuple[str, ...]) -> re.Pattern[str]:
    """One piece alone or several; only one of them may hold {n}."""
    return re.compile("|".join(pieces).replace("{n}", f"(?P<n>{STRETCH})"))


@cache
def _named_weekday(names: str, pieces: tuple[str, ...]) -> re.Pattern[str]:
    """Pieces in which {day} stands for one day of the week."""
    return re.compile("|".join(pieces).replace("{day}", f"(?:{names})"))


def _in_week(day: date, weeks: int, weekday: int) -> date:
    """The day of that number (Monday 0) in the week of `day`, or so many weeks from it."""
    return day + timedelta(7 * weeks + weekday - day.weekday())


def _day(parts: dict[str, Any], received: date, ahead: int = _LOOK_AHEAD) -> date | None:
    month = _MONTHS[parts["month"]] if parts.get("month") else figure(parts["m"])
    if parts.get("y"):
        return _in_month(figure(parts["y"]), month, parts["d"])
    for year in (received.year + 1, received.year, received.year - 1):
        day = _in_month(year, month, parts["d"])
        if day is not None and day <= received + timedelta(ahead):
            return day
    return None


def _latest_day(number: int, month: int | None, received: date) -> date | None:
    """The latest day of that number on or before the message, of that month where one is named just before."""
    for back in range(_LOOK_BACK if month else 62):
        day = received - timedelta(back)
        if day.day == number and month in (None, day.month):
            return day
    return None


def _month(word: str) -> int:
    """The number of a month written as digits or by the beginning of its English name."""
    digits = re.match(r"\d+", word)
    return int(digits[0]) if digits else _MONTHS[word[:3]]


def _holiday(name: str, received: date) -> date | None:
    """The latest day on or before the message whose official English name holds `name` and is no substitute."""
    for back in range(_LOOK_BACK):
        day = received - timedelta(back)
        called = (holiday_name(day, "en") or "").lower()
        if called.endswith(name.lower()) and " for " not in called and not called.startswith("the "):
            return day
    return None


def _in_month(year: int, month: int, told: str | int) -> date | None:
    """The day of the month by its number (`18`, `18일`, `十八`), or the last one where words stand for it (`말일`)."""
    plain = str(told).removesuffix("일").strip()
    if not re.fullmatch(r"\d+|[初廿一二三四五六七八九十]+", plain):
        return _made(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None
    return _made(year, month, figure(plain))


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
