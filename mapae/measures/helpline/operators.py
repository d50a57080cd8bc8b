"""Which service a deal was made on: names in the text and in the field, weighed by what the words around them say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mapae.measures.helpline.messages import lowered

__all__ = ["Operator", "OperatorReader", "Place", "decide"]

_FIELD = 1.6  # what the consumer chose in the form
_TEXT, _BOUGHT, _DENIED = 1.0, 1.5, -2.0  # a mention; said to be where the deal was made; said not to be
_HANGUL = re.compile(r"[가-힣]")


@dataclass(frozen=True, slots=True)
class Operator:
    """A service: canonical name, `mall` or `social`."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a service is named: field (`text` or `operator`), start, end in it, weight (negative: said not to be it)."""

    operator: Operator
    field: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class OperatorReader:
    """Reads services by the pack's helpline/operators.yaml: names, and the words around them."""

    table: Mapping[str, Any]

    @cached_property
    def _names(self) -> tuple[tuple[Operator, re.Pattern[str]], ...]:
        ends = "|".join(self.table["context"]["particles"])
        rows = self.table["services"]
        return tuple((Operator(row["name"], row["kind"]), _pattern(row, ends)) for row in rows)

    @cached_property
    def _around(self) -> dict[str, re.Pattern[str]]:
        words = self.table["context"].items()
        return {key: re.compile("|".join(pieces)) for key, pieces in words if key != "particles"}

    def places(self, text: str, field: str) -> tuple[Place, ...]:
        """Every place where a service is named, in the text and then in the field (both as given by the consumer)."""
        message, entry = lowered(text), lowered(field)
        bought_for = self._around["bought_for"].search(message) is not None
        found = []
        for operator, pattern in self._names:
            denied = bought_for and operator.kind == "mall"
            for match in pattern.finditer(message):
                weight = _DENIED if denied else self._weight(message, match)
                found.append(Place(operator, "text", match.start(), match.end(), weight))
        named = any(place.weight > 0 for place in found)
        slipped = named and self._around["field_wrong"].search(message)
        for operator, pattern in self._names:
            if entered := pattern.search(entry):
                weight = _DENIED if slipped else _FIELD
                found.append(Place(operator, "operator", entered.start(), entered.end(), weight))
        return tuple(sorted(found, key=lambda place: (place.field != "text", place.start)))

    def _weight(self, text: str, match: re.Match[str]) -> float:
        before, behind = (
            text[max(0, match.start() - 40) : match.start()],
            text[match.end() : match.end() + 90],
        )
        around = self._around
        if around["denied_behind"].search(behind) or around["denied_before"].search(before):
            return _DENIED
        bought = around["bought_behind"].search(behind) or around["bought_before"].search(before)
        return _TEXT + (_BOUGHT if bought else 0.0)


def decide(places: Sequence[Place]) -> Operator | None:
    """The service with the highest sum of weights; None where no sum is above nothing.

    Each further mention in the text counts half of the one before.
    """
    sums: dict[Operator, float] = defaultdict(float)
    counts: Counter[Operator] = Counter()
    for place in places:
        often = counts[place.operator]
        sums[place.operator] += place.weight / (2**often if place.weight > 0 else 1)
        counts[place.operator] += place.field == "text" and place.weight > 0
    best = max(sums.items(), key=lambda item: item[1], default=None)
    return best[0] if best and best[1] > 0 else None


def _pattern(row: Mapping[str, Any], ends: str) -> re.Pattern[str]:
    """Names anywhere (Latin ones as words); short names only as words, in Hangul with a particle or nothing behind."""
    parts = [_word(name) for name in sorted(row["names"], key=len, reverse=True)]
    parts += [_word(name) + (rf"(?={ends}|\W|$)" if _HANGUL.match(name[0]) else "") for name in row["short"]]
    return re.compile("|".join(parts))


def _word(name: str) -> str:
    escaped = r"\s?".join(map(_mistyped, name.split(" ")))
    if name.isascii():
        ends = r"(?:\.(?:com|net|co\.kr|kr|co\.uk|de|co\.jp|jp|cn))?(?![a-z0-9]|[.-][a-z0-9])"
        return escaped if "." in name else rf"(?<![a-z0-9.@-]){escaped}{ends}"
    return rf"(?<![가-힣]){escaped}" if _HANGUL.match(name[0]) else escaped


def _mistyped(word: str) -> str:
    """A word as it is or mistyped as happens most: the longer it is, the more may be wrong."""
    others: list[str] = []
    if word.isalpha() and word.isascii() and len(word) > 3:
        others = [*_swapped(word), *(_one_wrong(word, "[a-z]") if len(word) > 5 else [])]
    elif re.fullmatch("[가-힣]{5,}", word):
        others = _one_wrong(word, "[가-힣]")
    return f"(?:{'|'.join((word, *others))})" if others else re.escape(word)


def _swapped(name: str) -> list[str]:
    """The name with two neighbouring letters in the wrong order, as it is mistyped most."""
    return [name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1)]


def _one_wrong(name: str, letter: str) -> list[str]:
    """A long name with one letter after the first wrong or left out, or one too many."""
    places = range(1, len(name))
    return [f"{name[:at]}{letter}?{name[at + 1 :]}" for at in places] + [
        f"{name[:at]}{letter}{name[at:]}" for at in places
    ]
