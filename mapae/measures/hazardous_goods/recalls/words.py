"""The words that tell a recalled product from its parts, its mended units and things about it, ready for search."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from mapae.detect.recall_terms import Nouns, key_of
from mapae.pack import Pack
from mapae.text.fold import fold_words

__all__ = ["Words", "load_words", "pattern_of"]

_LISTS = (
    "parts",
    "pieces",
    "fit",
    "without",
    "mended",
    "new_version",
    "about",
    "not_after",
    "not_before",
    "plain",
)


@dataclass(frozen=True)
class Words:
    """patterns: each list as one pattern over folded text; colours, qualities: folded word → key.

    said: qualities and more words of names.
    ordinary: words in Hangul that are no name and so are not heard as one; weak: keys of brands that are common words.
    lines: key of a maker → keys of its lines that notices give as brands.
    opposites: groups of makes that shut each other out: make → pattern.
    """

    patterns: dict[str, str]
    colours: dict[str, str]
    qualities: dict[str, str]
    nouns: Nouns
    ordinary: frozenset[str]
    weak: frozenset[str]
    lines: dict[str, frozenset[str]]
    said: dict[str, str]
    opposites: tuple[dict[str, str], ...]

    def search(self, name: str, folded: str) -> re.Match[str] | None:
        """The first place of a word of the list."""
        return _compiled(self.patterns[name]).search(folded)

    def every(self, name: str, folded: str) -> list[re.Match[str]]:
        """All places of words of the list."""
        return list(_compiled(self.patterns[name]).finditer(folded))

    def colours_in(self, folded: str) -> list[tuple[str, int]]:
        """Colours named, with their places."""
        pattern = _compiled(self.patterns["colours"])
        return [(self.colours[match[0]], match.start()) for match in pattern.finditer(folded)]

    def lines_of(self, maker: str) -> frozenset[str]:
        """Keys of the lines of a maker (its key)."""
        return self.lines.get(maker, frozenset())

    def colours_of(self, names: tuple[str, ...]) -> set[str]:
        """Colours that these names of colours hold; kept, since a notice is asked for again and again."""
        if names not in self._named:
            self._named[names] = {key for name in names for key, _ in self.colours_in(name)}
        return self._named[names]

    @cached_property
    def _named(self) -> dict[tuple[str, ...], set[str]]:
        return {}


def load_words(pack: Pack) -> Words:
    """From the pack's lexicons recall_words.yaml and recall_nouns.yaml."""
    table: dict[str, Any] = pack.data("lexicons/recall_words.yaml")
    goods: dict[str, Any] = pack.data("lexicons/recall_nouns.yaml")
    patterns = {name: pattern_of(table[name]) for name in _LISTS}
    colours = {fold_words(str(word)): key for key, words in table["colours"].items() for word in words}
    qualities = {fold_words(str(word)): key for key, words in table["qualities"].items() for word in words}
    said = {fold_words(str(word)): key for key, words in table["said"].items() for word in words}
    patterns["colours"] = pattern_of(colours)
    nouns = Nouns.build(([str(word) for word in row] for row in goods["nouns"]), goods["kin"])
    ordinary = {str(word) for word in table["ordinary"]} | {*colours, *qualities, *nouns.words}
    spoken = frozenset(word for word in ordinary if "가" <= word[:1] <= "힣")
    weak = frozenset(key_of(str(word)) for word in table["weak"])
    lines = {
        key_of(str(name)): frozenset(key_of(str(line)) for line in row["lines"])
        for row in table["makers"]
        for name in row["names"]
    }
    opposites = tuple(
        {str(make): pattern_of(map(str, listed)) for make, listed in group.items()}
        for group in table["opposites"]
    )
    return Words(patterns, colours, qualities, nouns, spoken, weak, lines, said | qualities, opposites)


def pattern_of(words: Iterable[str]) -> str:
    """Any of these words, longest first; Latin ones only as whole words."""
    folded = sorted({fold_words(str(word)) for word in words}, key=lambda word: (-len(word), word))
    latin = "|".join(re.escape(word) for word in folded if word.isascii())
    other = "|".join(re.escape(word) for word in folded if not word.isascii())
    parts = [rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])" if latin else "", other]
    return "|".join(part for part in parts if part)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
