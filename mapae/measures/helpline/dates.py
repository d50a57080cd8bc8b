"""Days told in a consumer's message: written, counted back from the message or from the delivery, or named by a holiday."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

from mapae.measures.helpline.days import (
    day_of,
    in_month,
    in_week,
    latest_day,
    latest_holiday,
    month_number,
    next_numbered,
    next_weekday,
)
from mapae.measures.helpline.numbers import ORDINAL, STRETCH, days_in, figure

__all__ = ["NEXT", "DateReader", "Mention"]

_CLAUSE = re.compile(
    r"(?:\.(?!\d)|[!?。！？;；\n])\s?|[,，、](?!\d)\s?|\s(?:and|but|then)\s|(?<=[가-힣]고)(?<![사신광재중창]고)\s|(?<=[가-힣]데)\s|(?<=[가-힣]지만)\s"
)
_SENTENCE = re.compile(r"\.(?!\d)|[!?。！？\n]")
_DENIED = re.compile(r"^[^.,。，]{0,8}(?:건|것은)?\s?아니")
Found = tuple[int, int, date, str]
_REACH, _MOST = (
    400,
    300,
)  # characters on either side that say what happened on a day; days read of one message
# how a day is told: a day of the week by itself, and one that rests on the day named just before
_WEEKDAY, NEXT = "weekday", "next "


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
        found = sorted(found, key=lambda item: (item[0], -item[1]))[:_MOST]
        taken: list[Mention] = []
        for start, end, told, how in found:
            before = taken[-1] if taken else None
            day = told or self._day_by(how, before.day if before else delivered, received)
            denied = _DENIED.search(text[end : end + 16])
            if day is None or day > received or denied or any(start < other.end for other in taken):
                continue
            if (told is None or how in (_WEEKDAY, "after_delivery")) and _beside(
                start, end, day, how, before, found
            ):
                continue
            if before and re.search(self.words["corrected"], text[before.end : start]):
                taken.pop()
            ahead = min((item[0] for item in found if item[0] >= end), default=len(text))
            roles = self._roles(text, start, end, ahead, before.end if before else 0)
            if roles or not how.startswith(NEXT):  # a weekday alone and with no event tells nothing
                taken.append(Mention(day, start, end, roles, how))
        return tuple(self._came(text, taken, item) for item in taken)

    def _day_by(self, how: str, before: date | None, received: date) -> date | None:
        """A day that rests on the one named just before (else on the delivery): `that day`, `on the Tuesday`."""
        if how.startswith(NEXT):
            return next_weekday(int(how[-1]), before, received)
        if before is not None and how in self._weeks:
            return in_week(before, *self._weeks[how])
        return before

    def _came(self, text: str, taken: Sequence[Mention], item: Mention) -> Mention:
        """With the role of delivery where only the sentence says so, of no other day: `came in November, on the 28th`."""
        if item.roles:
            return item
        least = max(0, item.start - _REACH)
        begin = max((match.end() for match in _SENTENCE.finditer(text, least, item.start)), default=least)
        said = self._roles_of(text[begin : item.start])
        others = {role for other in taken if begin <= other.end <= item.start for role in other.roles}
        alone = "delivered" in said and not {"promised"} & said and "delivered" not in others
        return replace(item, roles=frozenset({"delivered"})) if alone else item

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
        whole: list[tuple[int, date]] = []
        for pattern in self._patterns:
            for match in pattern.finditer(text):
                day = day_of(match.groupdict(), received)
                if day is not None:
                    whole.append((match.end(), day))
                    yield match.start(), match.end(), day, "written"
        for match in re.finditer(self.words["day_only"].replace("{ordinal}", ORDINAL), text):
            number = figure(match["d"] or match["no"] or match["th"])
            day = self._numbered(
                text, match.start(), number, max(_before(whole, match.start()), default=None), received
            )
            if day is not None:
                yield match.start(), match.end(), day, "written"

    def _numbered(
        self, text: str, start: int, number: int, before: tuple[int, date] | None, received: date
    ) -> date | None:
        """The day of that number in the month named just before; else the first after the date before, else the latest."""
        near = list(re.finditer(self.words["month_near"], text[max(0, start - 30) : start]))
        if before is not None and (not near or max(0, start - 30) + near[-1].start() < before[0]):
            day = next_numbered(number, before[1])
            if day <= received:
                return day
        return latest_day(number, month_number(near[-1][0]) if near else None, received)

    def _of_month(self, text: str, received: date) -> Iterator[Found]:
        """A day of this month or of one before: `지난달 16일`, `上个月3号`, `the 2nd of this month`."""
        for back, pattern in self._months_back:
            year, month = divmod(received.year * 12 + received.month - 1 - back, 12)
            for match in pattern.finditer(text):
                day = in_month(year, month + 1, match["d"])
                if day is not None:
                    yield match.start(), match.end(), day, "written"

    def _relative(self, text: str, received: date) -> Iterator[Found]:
        for days, pattern in self._relatives:
            for match in pattern.finditer(text):
                yield match.start(), match.end(), received - timedelta(days), "relative"
        for match in self._counted("counted_back", text):
            yield match.start(), match.end(), received - timedelta(days_in(match["n"])), "relative"

    def _after(self, text: str, delivered: date) -> Iterator[Found]:
        for days, pattern in self._afters:
            for match in pattern.finditer(text):
                yield match.start(), match.end(), delivered + timedelta(days), "after_delivery"
        for match in self._counted("counted_on", text):
            yield match.start(), match.end(), delivered + timedelta(days_in(match["n"])), "after_delivery"

    def _weekdays(self, text: str, received: date) -> Iterator[tuple[int, int, date | None, str]]:
        """A day of the week in the week of the message or another, the latest, or in that of the day named just before."""
        for weekday, names in enumerate(self.words["weekdays"]["names"]):
            for row in self.words["weekdays"]["rows"]:
                told = None if row["from"] in ("named", "next") else in_week(received, row["weeks"], weekday)
                if told is not None and row["from"] == "latest" and told >= received:
                    told -= timedelta(7)
                how = f"week {row['weeks']} {weekday}" if told is None else _WEEKDAY
                how = f"{NEXT}{weekday}" if row["from"] == "next" else how
                for match in _named_weekday(names, tuple(row["words"])).finditer(text):
                    yield match.start(), match.end(), told, how

    @cached_property
    def _weeks(self) -> dict[str, tuple[int, int]]:
        rows = [row["weeks"] for row in self.words["weekdays"]["rows"]]
        return {f"week {weeks} {day}": (weeks, day) for weeks in rows for day in range(7)}

    def _holidays(self, text: str, received: date) -> Iterator[Found]:
        for name, pattern in self._named:
            for match in pattern.finditer(text):
                instead = re.match(self.words["substitute"], text[match.end() : match.end() + 20])
                day = latest_holiday(name, received, instead is not None)
                if day is not None:
                    yield match.start(), match.end() + (instead.end() if instead else 0), day, "holiday"
        for row, pattern in self._named_days:
            for match in pattern.finditer(text):
                day = day_of({"m": row["m"], "d": row["d"]}, received, ahead=0)
                if day is not None:
                    yield match.start(), match.end(), day, "holiday"

    def _roles(self, text: str, start: int, end: int, ahead: int, last: int) -> frozenset[str]:
        """What the clause around start:end says: behind the day (up to the next, `ahead`), else before it (from `last`)."""
        least, most = max(0, start - _REACH), min(len(text), end + _REACH)
        before = [match.end() for match in _CLAUSE.finditer(text, least, start)]
        close = _CLAUSE.search(text, end, most)
        behind = text[end : close.start() if close else most]
        front = text[before[-1] if before else least : start]
        near = text[max(last, start - len(front)) : start]
        parts = (behind[: max(0, ahead - end)], near, behind, front)
        return next((roles for part in parts if (roles := self._roles_of(part))), frozenset())

    def _roles_of(self, part: str) -> frozenset[str]:
        return frozenset(name for name, pattern in self._role_words if pattern.search(part))

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern.replace("{ordinal}", ORDINAL)) for pattern in self.words["written"])

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

    def _counted(self, key: str, text: str) -> Iterator[re.Match[str]]:
        """Matches of the pieces of dates.yaml in which {n} stands for a stretch of days, named `n`."""
        for piece in self.words[key]:
            yield from _stretched((piece,)).finditer(text)

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


def _before(whole: Sequence[tuple[int, date]], start: int, reach: int = 60) -> Iterator[tuple[int, date]]:
    """Dates (end, day) that end at most `reach` characters before start."""
    return (item for item in whole if 0 <= start - item[0] <= reach)


def _beside(start: int, end: int, day: date, how: str, before: Mention | None, found: Sequence[Any]) -> bool:
    """Whether a date stands right beside it, which tells it better: `on Liberation Day that day`, `Tuesday 3 November`."""
    dates = [item[2] for item in found if 0 <= item[0] - end <= 2 and item[3] == "written"]
    if (
        how == "after_delivery"
    ):  # "the day it came, 4 March" says both that day and that it was the day of delivery
        return bool(dates) and day not in dates
    return bool(dates) or (before is not None and start - before.end <= 1)


@cache
def _stretched(pieces: tuple[str, ...]) -> re.Pattern[str]:
    """One piece alone or several; only one of them may hold {n}."""
    return re.compile("|".join(pieces).replace("{n}", f"(?P<n>{STRETCH})"))


@cache
def _named_weekday(names: str, pieces: tuple[str, ...]) -> re.Pattern[str]:
    """Pieces in which {day} stands for one day of the week."""
    return re.compile("|".join(pieces).replace("{day}", f"(?:{names})"))
