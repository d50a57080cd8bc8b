"""Clauses of terms by kind: sentences in which every part of a pattern stands, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mapae.model.finding import Reason

__all__ = ["Clause", "Clauses", "clause_reasons", "sentences"]

# A sentence ends at a stop before a space, a Chinese stop, or a line's end; table cells and list items are their own.
_END = re.compile(
    r"(?<=[.!?;])\s+(?=[A-Z\"“(가-힣\d•*-])|(?<=[。！？；])|\n\s*\n|\n(?=\s*(?:[-*•#|]|\(?[0-9a-zA-Z가-하]{1,4}[.)]|제\s*\d+\s*조|[①-⑳]))|<br\s*/?>|(?<=다\.)\s"
)
_LONGEST = 1_500
_WORD = re.compile(r"\{([a-z_]+)\}")
_SAY_MORE = frozenset({"parity", "exclusivity"})
_QUOTE = 400  # characters of a clause that are shown


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a kind. start, end: of the sentence in the text, in code points; cues: the words that decided."""

    kind: str
    start: int
    end: int
    cues: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Clauses:
    """The patterns of the pack (markets/terms.yaml, markets/ad_terms.yaml), compiled once."""

    ways: Mapping[str, tuple[_Way, ...]]
    unless: Mapping[str, tuple[re.Pattern[str], ...]]

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Clauses:
        """Compile the patterns, {word} replaced by the entry of `words`: a pattern, or a list of alternatives."""
        words = {name: _alternatives(given) for name, given in data["words"].items()}
        ways = {
            kind: tuple(_way(one, words) for one in entry["ways"]) for kind, entry in data["kinds"].items()
        }
        unless = {
            kind: tuple(_compiled(one, words) for one in entry["unless"])
            for kind, entry in data["kinds"].items()
        }
        return cls(ways, unless)

    def find(self, text: str) -> Iterator[Clause]:
        """Clauses in the order of the text, a kind once a sentence; parity and exclusivity say more than multi-homing."""
        for start, end in sentences(text):
            found = [one for kind in self.ways if (one := self._of(kind, text, start, end))]
            more = any(one.kind in _SAY_MORE for one in found)
            yield from (one for one in found if not (more and one.kind == "multi_homing"))

    def _of(self, kind: str, text: str, start: int, end: int) -> Clause | None:
        for way in self.ways[kind]:
            cues = way.cues(text, start, end)
            if cues:
                if any(pattern.search(text, start, end) for pattern in self.unless[kind]):
                    return None
                return Clause(kind, start, end, cues)
        return None


@dataclass(frozen=True)
class _Way:
    """Patterns that must all stand in a sentence; with `within` in this order, from first to last in so many characters."""

    patterns: tuple[re.Pattern[str], ...]
    within: int | None

    def cues(self, text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Where they stand; nothing where one is missing."""
        if self.within is None:
            found = [pattern.search(text, start, end) for pattern in self.patterns]
            return tuple(sorted({match.span() for match in found if match})) if all(found) else ()
        for first in self.patterns[0].finditer(text, start, end):
            if cues := self._after(first, text, min(end, first.start() + self.within)):
                return cues
        return ()

    def _after(self, first: re.Match[str], text: str, end: int) -> tuple[tuple[int, int], ...]:
        cues, at = [first.span()], first.end()
        for pattern in self.patterns[1:]:
            match = pattern.search(text, at, end)
            if match is None:
                return ()
            cues.append(match.span())
            at = match.end()
        return tuple(cues)


def _way(given: Any, words: Mapping[str, str]) -> _Way:
    held = given if isinstance(given, dict) else {"in_order": given, "within": None}
    return _Way(tuple(_compiled(one, words) for one in held["in_order"]), held["within"])


def _alternatives(given: str | list[str]) -> str:
    return given if isinstance(given, str) else f"(?:{'|'.join(given)})"


@lru_cache(maxsize=1024)
def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _compiled(pattern: str, words: Mapping[str, str]) -> re.Pattern[str]:
    """Patterns of ASCII letters begin and end at word borders, so that `ad` is not found in `made`; words may hold words."""
    filled = pattern
    while _WORD.search(filled):
        filled = _WORD.sub(lambda found: words[found[1]], filled)
    latin = not re.search(r"[가-힣一-鿿]", filled)
    return _compile(rf"(?<!\w)(?:{filled})(?!\w)" if latin else filled)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Places of the sentences of a text; one that is very long is cut."""
    start = 0
    for match in [*_END.finditer(text), None]:
        end = match.start() if match else len(text)
        for at in range(start, end, _LONGEST):
            last = min(end, at + _LONGEST)
            if text[at:last].strip():
                yield at, last
        start = match.end() if match else end


def clause_reasons(text: str, clauses: list[Clause], said: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Each clause from its first to its last cue, then the law. said: the kind's entry in the pack."""
    found = []
    for clause in clauses:
        first = clause.cues[0][0]
        end = min(max(stop for _, stop in clause.cues), first + _QUOTE)
        words = " … ".join(text[start:stop].strip() for start, stop in clause.cues)
        detail = f"clause of {said['title']['en']}"
        found.append(Reason("text", first, end, text[first:end], words, detail, 0.8))
    return (*found, Reason("text", 0, 0, "", "law", said["note"]["en"], 0.3))
