"""Days told in a consumer's message: written, counted back from the message or from the delivery, or named by a holiday."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

from mapae.measures.helpline.clauses import SENTENCE, ClauseReader, Mention
from mapae.measures.helpline.days import (
    day_of,
    in_week,
    latest_day,
    month_end,
    month_number,
    next_numbered,
    next_weekday,
    weekday_beside,
)
from mapae.measures.helpline.named import Found, NamedDays, with_day
from mapae.measures.helpline.numbers import ORDINAL, STRETCH, days_in, figure

__all__ = ["NEXT", "DateReader"]

# days read of one message; characters between two tellings of one day; days back from a date to another of its story
_MOST, _CLOSE, _LONG = 300, 8, 62
_DENIED = re.compile(r"^[^.,。，]{0,8}(?:건|것은)?\s?아니")
_BESIDE = re.compile(r"^[\s,(（]{0,2}(?:the |on |so |that is,? |인 |이던 )?$")
# `추석 연휴가 (끝나고 첫 월요일)`: a day that rests on the one right before it, and what may stand between them
_ANCHORED, _ANCHOR = ("after", "prev"), re.compile(r"^\s?(?:연휴|명절|节|假期)?(?:가|이)?\s?$")
# how a day is told: a day of the week by itself, one that rests on the day named just before, and one so many days from it
_WEEKDAY, NEXT, _LATER, _SHIFT = "weekday", "next ", "later ", "shift "
_DEPENDENT = {"same": "same", _LATER.strip(): "after_delivery", _SHIFT.strip(): "relative"}


@dataclass(frozen=True)
class DateReader:
    """Reads days by the pack's helpline/dates.yaml."""

    words: Mapping[str, Any]

    def mentions(self, text: str, received: date, delivered: date | None) -> tuple[Mention, ...]:
        """All days told, in text order, none after the day of the message. text: lowered, NFKC."""
        found = self._found(text, received, delivered)
        taken: list[Mention] = []
        for start, end, told, how in found:
            before = taken[-1] if taken else None
            rests = told is None or how.startswith((_LATER, _SHIFT))
            day = self._day_by(text[:start], how, told, taken, received, delivered) if rests else told
            denied = _DENIED.search(text[end : end + 16])
            if day is None or day > received or denied or any(start < other.end for other in taken):
                continue
            taken_back = before and re.search(self.words["corrected"], text[before.end : start])
            twin = not taken_back and self._twin(text, end, day, how, found)
            if twin or _beside(text, start, end, day, how, before, found):
                continue
            ahead = min((item[0] for item in found if _next_to(text, end, item)), default=len(text))
            roles = self._clauses.roles(text, start, end, ahead, before)
            if before and how.startswith(_ANCHORED) and _ANCHOR.match(text[before.end : start]):
                roles = roles or before.roles  # the other day was named only to tell this one
                taken.pop()
            elif before and taken_back:
                roles = before.roles or roles  # what was said of the day taken back holds of this one
                taken.pop()
            if roles or not how.startswith(NEXT):  # a weekday alone and with no event tells nothing
                taken.append(Mention(day, start, end, roles, _DEPENDENT.get(how.split(" ")[0], how)))
        return tuple(self._clauses.came(text, taken, item) for item in taken)

    def _found(
        self, text: str, received: date, delivered: date | None
    ) -> list[tuple[int, int, date | None, str]]:
        """Start, end, day (None where it rests on another) and how it is told; overlapping, longest first."""
        names = [*self._names.found(text, received)]
        named = [*self._written(text, received, names), *names]
        found: list[tuple[int, int, date | None, str]] = [*(self._shifted(text, *item) for item in named)]
        found += self._relative(text, received)
        if delivered is not None:
            found += self._after(text, delivered)
        found += self._resting(text, received, delivered)
        found += self._weekdays(text, received)
        return sorted(found, key=lambda item: (item[0], -item[1]))[:_MOST]

    def _twin(self, text: str, end: int, day: date, how: str, found: Sequence[Any]) -> bool:
        """Whether the same day is told again right behind, by its date: `on Halloween, the 31st`, `작년 마지막 날인 31일`."""
        if how not in ("written", "holiday", "relative"):
            return False
        close = (item for item in found if 0 <= item[0] - end <= _CLOSE and item[2] == day)
        between = (text[end : item[0]] for item in close if item[3] in ("written", "holiday"))
        return any(not SENTENCE.search(part) and not self._clauses.told_in(part) for part in between)

    def _day_by(
        self,
        front: str,
        how: str,
        told: date | None,
        taken: Sequence[Mention],
        received: date,
        delivered: date | None,
    ) -> date | None:
        """A day that rests on the one named just before (else on the delivery): `that day`, `on the Tuesday`."""
        if how == "aside_day":
            return next((item.day for item in reversed(taken) if "aside" in item.roles), None)
        before = taken[-1] if taken else None
        base = before.day if before else delivered
        kind, _, rest = how.partition(" ")
        if how.startswith(NEXT):
            return next_weekday(int(rest), base, received)
        if kind in (_LATER.strip(), _SHIFT.strip()):
            return self._shifted_from(front, kind, int(rest), told, before, received, delivered)
        if base is None:
            return None
        if kind in ("prev", "after"):
            return weekday_beside(base, int(rest), 1 if kind == "after" else -1)
        if how in self._weeks:
            return in_week(base, *self._weeks[how])
        return month_end(base) if kind == "month_end" else base

    def _shifted_from(
        self,
        front: str,
        kind: str,
        days: int,
        told: date | None,
        before: Mention | None,
        received: date,
        delivered: date | None,
    ) -> date | None:
        """So many days from the day named before: from any (`그보다 열흘 전`), or from one told at most a sentence before."""
        if before is None:
            return told
        day = before.day + timedelta(days)
        if kind == _SHIFT.strip():
            return day
        far = len(SENTENCE.findall(front, before.end)) > 1
        early = delivered is not None and before.day < delivered
        return told if far or early or day > received else day

    def _shifted(self, text: str, start: int, end: int, day: date, how: str) -> Found:
        """A day named with a distance to it: `현충일 다음다음 날`, `the day after Christmas`, `8月3日后三天`."""
        for row, behind, before in self._shifts:
            if match := behind.match(text, end):
                days = row["days"] * (days_in(match["n"]) if "n" in match.groupdict() else 1)
                return start, match.end(), day + timedelta(days), how
            if match := before.search(text, max(0, start - 30), start):
                days = row["days"] * (days_in(match["n"]) if "n" in match.groupdict() else 1)
                return match.start(), end, day + timedelta(days), how
        for sign, weekday, behind, before in self._weekday_shifts:
            if match := behind.match(text, end):
                return start, match.end(), weekday_beside(day, weekday, sign), how
            if match := before.search(text, max(0, start - 30), start):
                return match.start(), end, weekday_beside(day, weekday, sign), how
        return start, end, day, how

    def _written(self, text: str, received: date, names: Sequence[Found]) -> Iterator[Found]:
        whole = [(end, day) for _, end, day, how in names if how == "written"]
        for pattern in self._patterns:
            for match in pattern.finditer(text):
                day = day_of(match.groupdict(), received)
                if day is not None:
                    whole.append((match.end(), day))
                    yield match.start(), match.end(), day, "written"
        for match in (match for pattern in self._numbers for match in pattern.finditer(text)):
            number, start = figure(match["d"]), match.end() - len(match[0].lstrip(' (“"'))
            day = self._numbered(
                text,
                start,
                number,
                max(_before(whole, start), default=None),
                [item for item in sorted(whole) if 0 < item[0] - match.end() <= 24],
                received,
            )
            if day is not None:
                yield start, match.end(), day, "written"

    def _numbered(
        self,
        text: str,
        start: int,
        number: int,
        before: tuple[int, date] | None,
        ahead: Sequence[tuple[int, date]],
        received: date,
    ) -> date | None:
        """The day of that number in the month named just before; else the first after the date before, else the latest."""
        near = list(re.finditer(self.words["month_near"], text[max(0, start - 30) : start]))
        again = (day for at, day in ahead if day.day == number and not SENTENCE.search(text, start + 4, at))
        if (same := next(again, None)) is not None:  # `the 14th, 14 April`
            return same
        if before is not None and (not near or max(0, start - 30) + near[-1].start() < before[0]):
            day = next_numbered(number, before[1])
            if day <= received:
                return day
            last = latest_day(number, month_number(near[-1][0]) if near else None, received)
            return last if last is None or last > before[1] - timedelta(_LONG) else None
        return latest_day(number, month_number(near[-1][0]) if near else None, received)

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

    def _resting(
        self, text: str, received: date, delivered: date | None
    ) -> Iterator[tuple[int, int, date | None, str]]:
        """Days that rest on the one named just before: `그날`, `next day`, `이틀 뒤`, `그보다 열흘 전`, the month's end."""
        for match in self._same_day.finditer(text):
            yield match.start(), match.end(), None, "same"
        for key in ("month_end", "aside_day"):
            for match in self._plain[key].finditer(text):
                yield match.start(), match.end(), None, key
        for key, sign, base in (
            ("later", 1, delivered),
            ("from_named", 1, None),
            ("back_from_named", -1, None),
            ("back_from_any", -1, received),
        ):
            for row in self.words[key]:
                for match in (found for word in row["words"] for found in _stretched((word,)).finditer(text)):
                    days = sign * (days_in(match["n"]) if "n" in match.groupdict() else row["days"])
                    told = base and base + timedelta(days)
                    yield match.start(), match.end(), told, f"{_LATER if key == 'later' else _SHIFT}{days}"

    def _weekdays(self, text: str, received: date) -> Iterator[tuple[int, int, date | None, str]]:
        """A day of the week in the week of the message or another, the latest, or in that of the day named just before."""
        for weekday, names in enumerate(self.words["weekdays"]["names"]):
            for row in self.words["weekdays"]["rows"]:
                told, how = self._weekday(row, weekday, received)
                for match in _named_weekday(names, tuple(row["words"])).finditer(text):
                    yield match.start(), match.end(), told, how

    def _weekday(self, row: Mapping[str, Any], weekday: int, received: date) -> tuple[date | None, str]:
        """The day told, None where it rests on another; and how."""
        match row["from"]:
            case "message":
                return in_week(received, row["weeks"], weekday), _WEEKDAY
            case "latest":
                return weekday_beside(received, weekday, -1) + timedelta(7 * row["weeks"]), _WEEKDAY
            case "named":
                return None, f"week {row['weeks']} {weekday}"
        return None, f"{row['from']} {weekday}"

    @cached_property
    def _weeks(self) -> dict[str, tuple[int, int]]:
        rows = [row["weeks"] for row in self.words["weekdays"]["rows"]]
        return {f"week {weeks} {day}": (weeks, day) for weeks in rows for day in range(7)}

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern.replace("{ordinal}", ORDINAL)) for pattern in self.words["written"])

    @cached_property
    def _clauses(self) -> ClauseReader:
        return ClauseReader(self.words)

    @cached_property
    def _names(self) -> NamedDays:
        return NamedDays(self.words)

    @cached_property
    def _numbers(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern.replace("{ordinal}", ORDINAL)) for pattern in self.words["day_only"])

    @cached_property
    def _plain(self) -> dict[str, re.Pattern[str]]:
        return {key: re.compile("|".join(self.words[key])) for key in ("month_end", "aside_day")}

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
    def _weekday_shifts(self) -> tuple[tuple[int, int, re.Pattern[str], re.Pattern[str]], ...]:
        names = list(enumerate(self.words["weekdays"]["names"]))
        return tuple(
            (row["sign"], number, *(_named_weekday(name, tuple(row[side])) for side in ("behind", "before")))
            for row in self.words["weekday_shifts"]
            for number, name in names
        )


def _before(whole: Sequence[tuple[int, date]], start: int, reach: int = 60) -> Iterator[tuple[int, date]]:
    """Dates (end, day) that end at most `reach` characters before start."""
    return (item for item in whole if 0 <= start - item[0] <= reach)


def _next_to(text: str, end: int, item: tuple[int, int, date | None, str]) -> bool:
    """Whether the item is another day told behind `end`, not the weekday of the one that ends there: `3월 5일 목요일`."""
    weekday = item[3].startswith((NEXT, _WEEKDAY)) and not text[end : item[0]].strip(" (,")
    return item[0] >= end and not weekday


def _beside(
    text: str, start: int, end: int, day: date, how: str, before: Mention | None, found: Sequence[Any]
) -> bool:
    """Whether a date stands right beside it, which tells it better: `on Liberation Day that day`, `Tuesday the 3rd`."""
    touching = before is not None and start - before.end <= 1
    if how == "holiday":  # `6月1日儿童节`
        return before is not None and touching and before.how == "written"
    if how in ("written", "relative") or how.startswith(_SHIFT):
        return False
    near = [item for item in found if 0 <= item[0] - end <= _CLOSE and item[3] == "written"]
    dates = [item[2] for item in near if _BESIDE.match(text[end : item[0]])]
    if how == "after_delivery" or how.startswith(_LATER):
        # "the day it came, 4 March" says both that day and that it was the day of delivery
        return bool(dates) and day not in dates
    return bool(dates) or touching


@cache
def _stretched(pieces: tuple[str, ...]) -> re.Pattern[str]:
    """One piece alone or several; only one of them may hold {n}."""
    return re.compile("|".join(pieces).replace("{n}", f"(?P<n>{STRETCH})"))


@cache
def _named_weekday(names: str, pieces: tuple[str, ...]) -> re.Pattern[str]:
    """Pieces in which {day} stands for one day of the week."""
    return with_day("|".join(pieces), names)
