"""What the goods are, by words of category, title and text: swallowed, worn, read, grown, rubbed in, or a laboratory's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from mapae.contract import Batch, Hits
from mapae.detect.lexicon import Boundary, Lexicon, Term

__all__ = ["Goods", "GoodsReader", "Word"]

EATEN, OTHER = "eaten", ("worn_or_used", "printed", "grown", "rubbed_in")
_MOST = 3.0  # what title, or text, may add at the most


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a class that stands in a listing: field number, channel bytes, the class."""

    group: str
    field: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Goods:
    """eaten, other: how much speaks for goods that are swallowed, for other goods; other_kind: the strongest other class;
    rubbed: weight of rubbed_in; words: all words found, by group (also test, notice, helper, laboratory, homonym…)."""

    eaten: float = 0.0
    other: float = 0.0
    other_kind: str = ""
    rubbed: float = 0.0
    words: dict[str, list[Word]] = field(default_factory=lambda: defaultdict(list))

    def says(self, group: str) -> bool:
        """Whether any word of the group stands in the listing."""
        return bool(self.words.get(group))


@dataclass(frozen=True)
class GoodsReader:
    """Finds words of all groups in chosen rows by a lexicon of its own."""

    words: dict[str, Any]
    holds: tuple[str, ...]

    @cached_property
    def _entries(self) -> tuple[tuple[Term, str], ...]:
        found: dict[tuple[str, str], tuple[Term, str]] = {}
        for group, word in self._groups():
            text = str(word)
            boundary: Boundary = "none" if len(text) == 1 and "一" <= text <= "鿿" else "auto"
            found.setdefault((text.casefold(), group), (Term(text, tag=group, boundary=boundary), group))
        return tuple(found.values())

    def _groups(self) -> Iterator[tuple[str, str]]:
        for group, row in self.words["goods"].items():
            yield from ((group, word) for word in row["words"])
        for group, words in (*self.words["nothing_inside"].items(), *self.words["laboratory"].items()):
            yield from ((group, word) for word in words)
        for name, words in self.words["homonyms"].items():
            yield from ((f"homonym {name}", word) for word in words)
        for name, row in self.words["limits"].items():
            for part in ("needs", "unless"):
                yield from ((f"{part} {name}", word) for word in row.get(part, ()))
        yield from (("holds", word) for word in self.holds)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The lexicon of all groups."""
        return Lexicon.build([tuple(term for term, _ in self._entries)])

    def hits(self, batch: Batch) -> Hits:
        """Hits of all groups in a batch."""
        return self.lexicon.scan(batch.text, max(1, len(batch.kind.text)))[0]

    def read(self, batch: Batch, hits: Hits) -> Goods:
        """What one row's hits say about its goods."""
        words: dict[str, list[Word]] = defaultdict(list)
        for at in range(len(hits)):
            term, group = self._entries[hits.entry[at]]
            words[group].append(
                Word(group, int(hits.field[at]), int(hits.start[at]), int(hits.end[at]), term.text)
            )
        weights = {group: self._weight(batch, group, words.get(group, [])) for group in self.words["goods"]}
        kind = max(OTHER, key=lambda group: weights[group])
        return Goods(weights[EATEN], weights[kind], kind, weights["rubbed_in"], words)

    def _weight(self, batch: Batch, group: str, found: list[Word]) -> float:
        """Category once, each distinct word of title and text, each place capped."""
        weights, total = self.words["goods"][group]["weights"], 0.0
        places: dict[str, set[str]] = defaultdict(set)
        for word in found:
            places[place(batch.kind.text[word.field])].add(word.text)
        for where, texts in places.items():
            if where:
                total += min(_MOST, weights[where] * (1 if where == "category" else len(texts)))
        return total


def place(column: str) -> str:
    """category, title, text; empty for columns that say nothing about the goods."""
    return {"title": "title", "headline": "title", "category": "category", "description": "text", "text": "text",
            "landing_text": "text"}.get(column, "")  # fmt: skip


def rows_of(hits: Hits, row: int) -> Hits:
    """The hits of a row."""
    low, high = np.searchsorted(hits.row, [row, row + 1])
    return hits.take(np.arange(low, high))
