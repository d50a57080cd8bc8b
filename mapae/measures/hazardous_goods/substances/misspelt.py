"""Misspelt Latin names: halves of a long name are looked for, the whole word is then held against all names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from mapae.detect.lexicon import Term
from mapae.measures.hazardous_goods.substances.vocabulary import STRONG, Name

__all__ = ["Misspelt", "seeds"]

SHORTEST, LONG = 8, 12  # letters of a name that may hold one error, two errors
_HALF = 5
_WORD = re.compile(r"[a-z0-9]+")


def seeds(names: Iterable[Name], common: Iterable[str]) -> tuple[Term, ...]:
    """First halves (at a word's head) and second halves of long names, as terms; `common` halves are left out."""
    left = set(common)
    found: dict[str, Term] = {}
    for text in _long(names):
        half = max(_HALF, len(text) // 2)
        for part, boundary in ((text[:half], "left"), (text[-half:], "none")):
            if part not in left:
                found.setdefault(part, Term(part, boundary=boundary))  # type: ignore[arg-type]
    return tuple(found.values())


def _long(names: Iterable[Name]) -> list[str]:
    return [
        text
        for name in names
        if name.level == STRONG and not name.how and (text := name.text.casefold()).isalpha() and text.isascii()
        and len(text) >= SHORTEST
    ]  # fmt: skip


@dataclass(frozen=True)
class Misspelt:
    """Reads a word as a misspelt name. lawful: words that are near a name and mean something else."""

    names: tuple[Name, ...]
    lawful: frozenset[str]

    @cached_property
    def _known(self) -> dict[str, int]:
        wanted = set(_long(self.names))
        return {
            name.text.casefold(): at for at, name in enumerate(self.names) if name.text.casefold() in wanted
        }

    @cached_property
    def _every(self) -> frozenset[str]:
        return frozenset(name.text.casefold() for name in self.names)

    def read(self, text: str, start: int, end: int) -> tuple[int, int, int] | None:
        """(start, end, name number) where the word around start:end is one error (long names: two) from a name."""
        word = next((m for m in _WORD.finditer(text) if m.start() <= start and end <= m.end()), None)
        if word is None or len(word[0]) < SHORTEST - 1 or word[0] in self._every or word[0] in self.lawful:
            return None
        found = process.extractOne(word[0], self._known.keys(), scorer=OSA.distance, score_cutoff=2)
        if found is None or found[1] > (2 if len(found[0]) >= LONG else 1) or found[0][0] != word[0][0]:
            return None
        return word.start(), word.end(), self._known[found[0]]
