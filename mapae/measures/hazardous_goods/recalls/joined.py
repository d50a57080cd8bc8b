"""The Latin words of a cell, alone and put together, searched for keys without spelling out every way to join them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mapae.detect.recall_terms import apart

__all__ = ["Joined", "Piece"]

Piece = tuple[str, int, int]  # a word and its place in the cell
_SHORT = 3  # letters of a word that a stop cuts short (`Dr. Mercola`)
_JOIN = 8  # words that are put together
_SUFFIX = 4  # letters and digits of colour or market behind a code


@dataclass(frozen=True, slots=True)
class Joined:
    """pieces: words of a cell; flat: Latin ones without what joins them, a line for each run of words that belong together.

    begins, ends: place in `flat` → number of the piece that begins, ends there.
    """

    pieces: Sequence[Piece]
    flat: str
    begins: dict[int, int]
    ends: dict[int, int]

    @classmethod
    def of(cls, text: str, pieces: Sequence[Piece]) -> Joined:
        """From a folded cell and its pieces."""
        parts: list[str] = []
        begins: dict[int, int] = {}
        ends: dict[int, int] = {}
        size, last = 0, -1
        for number, (word, start, end) in enumerate(pieces):
            if not word.isascii():
                last = -1
                continue
            if last < 0 or (
                start - last > 1
                and apart(text, last, start)
                and not _short(text, last, start, pieces[number - 1][0])
            ):
                parts.append("\n")
                size += 1
            parts.append(word)
            begins[size] = number
            size += len(word)
            ends[size] = number
            last = end
        return cls(pieces, "".join(parts), begins, ends)

    def find(self, key: str, lead: int) -> Iterator[tuple[int, int]]:
        """Places of a key that whole words make up; from `lead` on only with a digit or plus in the first two words."""
        for first, at in self._starts(key, lead):
            last = self.ends.get(at + len(key))
            if last is not None and last - first < _JOIN:
                yield self.pieces[first][1], self.pieces[last][2]

    def suffixed(self, key: str, lead: int) -> Iterator[tuple[str, int, int]]:
        """What begins with a key and goes on for up to four letters and digits, in whole words: (joined, start, end)."""
        for first, at in self._starts(key, lead):
            stop = at + len(key)
            for end in range(stop + 1, stop + _SUFFIX + 1):
                last = self.ends.get(end)
                if last is not None and last - first < _JOIN and "\n" not in self.flat[stop:end]:
                    yield self.flat[at:end], self.pieces[first][1], self.pieces[last][2]

    def _starts(self, key: str, lead: int) -> Iterator[tuple[int, int]]:
        at = self.flat.find(key) if key else -1
        while at >= 0:
            first = self.begins.get(at)
            if first is not None and (self.pieces[first][1] < lead or self._numbered(first)):
                yield first, at
            at = self.flat.find(key, at + 1)

    def _numbered(self, first: int) -> bool:
        return any(not word.isalpha() for word, _, _ in self.pieces[first : first + 2])


def _short(text: str, end: int, start: int, word: str) -> bool:
    """Whether a stop and a space behind a word only say that it is cut short."""
    return text[end:start] == ". " and word.isalpha() and len(word) <= _SHORT
