"""Finds what a network's documents say on each duty: groups of patterns near each other, with the sentence they stand in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Element", "Elements", "Place", "is_board", "load_elements"]

_STOP = re.compile(r"[.。!?！？\n]")
_SENTENCE = 240  # characters shown of a sentence
_NUMBERS = {
    "이": 2, "삼": 3, "two": 2, "three": 3, "five": 5, "seven": 7, "ten": 10,
    "三": 3, "两": 2, "五": 5, "七": 7, "十": 10,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document says something: code points of its text, the words, and the number of days said there, if any."""

    document: str
    start: int
    end: int
    seen: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """What must be told: groups of patterns (one of each within `reach`), or items of which several must be named.

    deny: words that, in the same sentence, turn it into its opposite.
    """

    key: str
    title: Mapping[str, str]
    groups: tuple[re.Pattern[str], ...]
    items: Mapping[str, re.Pattern[str]]
    number: str
    deny: re.Pattern[str] | None = None

    def find(self, text: str, document: str, reach: int) -> Place | None:
        """The first place where every group stands."""
        if not self.groups:
            return None
        first, rest = self.groups[0], self.groups[1:]
        for match in first.finditer(text):
            around = text[max(0, match.start() - reach) : match.end() + reach]
            if all(group.search(around) for group in rest):
                start, end = _sentence(text, match.start(), match.end())
                if self.deny and self.deny.search(text, start, end):
                    continue
                return Place(document, start, end, text[start:end], _days(match))
        return None

    def named(self, text: str, place: Place, reach: int) -> frozenset[str]:
        """Which items are named around a place."""
        around = text[max(0, place.start - reach) : place.end + reach]
        return frozenset(key for key, pattern in self.items.items() if pattern.search(around))


@dataclass(frozen=True)
class Elements:
    """All elements by key, and how near their parts must stand."""

    by_key: Mapping[str, Element]
    reach: int


def load_elements(table: Mapping[str, Any]) -> Elements:
    """Read `social/duties.yaml`."""
    found = {key: _element(key, row) for key, row in table["elements"].items()}
    return Elements(found, int(table["reach"]))


def is_board(board: int, mall: int, signs: Mapping[str, Any]) -> bool:
    """Whether documents speak of a board: enough kinds of signs of it, and few of a mall."""
    return board >= signs["least"] and mall <= signs["most_mall"] and board > mall


def _element(key: str, row: Mapping[str, Any]) -> Element:
    groups = tuple(_any(patterns) for patterns in row.get("all", ()))
    items = {name: _any(patterns) for name, patterns in row.get("items", {}).items()}
    deny = _any(row["deny"]) if "deny" in row else None
    return Element(key, row["title"], groups, items, row.get("number", ""), deny)


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _days(match: re.Match[str]) -> int | None:
    told = match.groupdict().get("days")
    if told is None:
        return None
    return int(told) if told.isdigit() else _NUMBERS.get(told.casefold())


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a match, at most 240 characters from its beginning."""
    before = [match.end() for match in _STOP.finditer(text, max(0, start - _SENTENCE), start)]
    first = before[-1] if before else max(0, start - _SENTENCE)
    while first < start and text[first] in " \t#*-·>":
        first += 1
    stop = _STOP.search(text, end)
    last = stop.start() if stop else len(text)
    return first, max(end, min(last, first + _SENTENCE))
