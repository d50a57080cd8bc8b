"""Finds the brand in a listing that hides it: odd spellings in any title, near names where other signs speak."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mapae.detect.brands.hangul import ODD_HANGUL, TAKEN_APART, HangulReader
from mapae.detect.brands.hanzi import ODD_HANZI, HanziReader
from mapae.detect.brands.latin import ODD_LATIN, LatinReader
from mapae.detect.brands.sighting import Sighting

__all__ = ["ODD", "NameReader"]

# columns are searched with this before any row is read
ODD = f"{ODD_HANGUL}|{ODD_LATIN}|{ODD_HANZI}"

_JAMO = re.compile("[ㄱ-ㅣ]")


@dataclass(frozen=True)
class NameReader:
    """The readers of the three scripts over all brands' names."""

    hangul: HangulReader
    latin: LatinReader
    hanzi: HanziReader
    common: HangulReader

    @classmethod
    def build(
        cls,
        names: Iterable[tuple[str, str]],
        common: Iterable[tuple[str, str]] = (),
        other_words: frozenset[str] = frozenset(),
        lines: Iterable[tuple[str, str]] = (),
    ) -> NameReader:
        """names: (name in any script, owner); common: names that are also common words, read only where jamo stand
        in them or they are misspelt; other_words: words that are no misspelt names; lines: product lines that are common
        words, read only where signs stand for their letters.
        """
        every = [(name, owner) for name, owner in names if name]
        plain = [(name.replace(" ", ""), owner) for name, owner in every]
        latin = [(name, owner) for name, owner in every if name.isascii()]
        common = list(common)
        return cls(
            HangulReader.build(plain, other_words),
            LatinReader.build(latin, other_words, common, lines),
            HanziReader.build(plain),
            HangulReader.build(common),
        )

    def odd(self, text: str) -> Iterator[Sighting]:
        """Names with signs, digits, jamo in them; positions in the folded text given."""
        yield from self.hangul.read(text)
        yield from self.latin.read(text)
        yield from self.hanzi.odd(text)
        if _JAMO.search(text):
            yield from (found for found in self.common.read(text) if found.how == TAKEN_APART)

    def near(self, text: str) -> Iterator[Sighting]:
        """Names misspelt, begun only, or written by sound: for texts that already speak of copies."""
        yield from self.hangul.near(text)
        yield from self.latin.near(text)
        yield from self.latin.begun(text)
        if any("\u4e00" <= char <= "\u9fff" for char in text):
            yield from self.hanzi.read(text)
