"""Which names a text really holds: the longest name wins, longer words that only hold a name do not count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mapae.measures.hazardous_goods.substances.vocabulary import STRONG

__all__ = ["Candidate", "Mention", "WordRules", "longest", "lowered"]

_HANGUL = re.compile(r"[가-힣]+")
_SHORT = 3  # syllables up to which a Hangul name must stand as a word of its own


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hit in a cell: code points start:end; name: number in the vocabulary, −1 for a word that only holds names."""

    start: int
    end: int
    name: int
    level: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a column. hidden: it stood split, leeted or with look-alikes; how: how its spelling was derived."""

    field: str
    start: int
    end: int
    seen: str
    name: int
    level: int
    hidden: bool
    how: str = ""


def lowered(text: str) -> str:
    """Lower case, letter for letter, so that places stay the same."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def longest(found: Iterable[Candidate]) -> list[Candidate]:
    """Those that stand in no longer one, in order of place; of equal ones the first."""
    kept: list[Candidate] = []
    for item in sorted(
        found, key=lambda item: (item.start - item.end, item.name < 0, item.hidden, -item.level)
    ):
        if not any(other.start <= item.start and item.end <= other.end for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: item.start)


@dataclass(frozen=True)
class WordRules:
    """What may stand around a name (`lexicons/substances.yaml`: prefixes, not_before, before_hangul, after_hangul)."""

    words: dict[str, Any]

    @cached_property
    def _after(self) -> frozenset[str]:
        return frozenset(self.words["after_hangul"])

    @cached_property
    def _before(self) -> frozenset[str]:
        return frozenset(self.words["before_hangul"])

    @cached_property
    def _chemical(self) -> tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]]:
        parts = self.words["prefixes"]
        latin = "|".join(sorted(parts["latin"], key=len, reverse=True))
        return (
            re.compile(rf"(?:^|[^a-z])(?:{latin})-$|(?:^|[^a-z])(?:{latin})[ ]$"),
            tuple(parts["hangul"]),
            tuple(parts["han"]),
        )

    def stands(self, text: str, item: Candidate, others: Iterable[Candidate]) -> bool:
        """Whether the name at item.start:item.end of a lowered text is a word of its own and no part of another compound."""
        seen = text[item.start : item.end]
        if any(text[: item.start].endswith(part) for part in self.words["not_before"].get(seen, ())):
            return False
        if seen[0].isascii():
            return self._latin(text, item)
        if "一" <= seen[0] <= "鿿":
            return item.level < STRONG or not text[: item.start].endswith(self._chemical[2])
        if not "가" <= seen[0] <= "힣":
            return True
        return self._hangul(text, item, others)

    def _latin(self, text: str, item: Candidate) -> bool:
        rest = text[item.end : item.end + 1]
        if rest.isascii() and rest.isalpha() and not re.match(r"s\b", text[item.end :]):
            return item.hidden
        return item.level < STRONG or not self._chemical[0].search(text[: item.start])

    def _hangul(self, text: str, item: Candidate, others: Iterable[Candidate]) -> bool:
        before = _run_before(text, item.start)
        after = match[0] if (match := _HANGUL.match(text, item.end)) else ""
        if item.end - item.start > _SHORT:
            return not (item.level == STRONG and before.endswith(self._chemical[1]))
        glued = any(other.end == item.start or other.start == item.end for other in others)
        return (not before or before in self._before or glued) and (
            not after or glued or self._may_follow(after)
        )

    def _may_follow(self, run: str) -> bool:
        """A run of one or two words that may stand behind a name (추출물을, 분말가루)."""
        return run in self._after or any(
            run[:at] in self._after and run[at:] in self._after for at in range(1, len(run))
        )


def _run_before(text: str, end: int) -> str:
    start = end
    while start and "가" <= text[start - 1] <= "힣":
        start -= 1
    return text[start:end]
