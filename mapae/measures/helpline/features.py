"""Features of a message for the model of categories: pieces of its words, cues, days and kind of service, hashed, and what it
means.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mapae.measures.helpline.cues import Cue
from mapae.measures.helpline.operators import Operator, Place
from mapae.text.meaning import MEANING, meaning

__all__ = ["SIZE", "WIDTH", "Sample", "Table", "column", "is_short", "matrix", "pieces", "sample"]

Floats = npt.NDArray[np.float32]
SIZE = 2**15  # hashed columns; pieces that share one are told apart by the others
WIDTH = SIZE + MEANING
# weight of the pieces together, of what they mean, of each cue, of each field of the record
_TEXT, _MEANT, _CUE, _FIELD = 5.0, 2.8, 0.6, 0.4
_BLOCK = 1_000  # samples whose hashed columns are held at once
_SHORT = 30  # pieces: below it a text often comes without its days, which then tell nothing of its kind
_LATIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
_OTHER = re.compile(r"[가-힣\u4e00-\u9fff0]+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Sample:
    """What the model reads: lowered text without names of services, keys of cues, days of the record, kind of service."""

    text: str
    cues: tuple[str, ...]
    days: str  # delivered, bought, none; empty where a short text came without days, which tells nothing
    kind: str  # mall, social, none


def sample(
    text: str, places: Sequence[Place], cues: Sequence[Cue], days: str, operator: Operator | None
) -> Sample:
    """The sample of a message: places named are blanked, so that no category is learned from a service's name."""
    letters = list(text)
    for place in places:
        if place.field == "text":
            letters[place.start : place.end] = " " * (place.end - place.start)
    keys = tuple(cue.key for cue in cues)
    plain = "".join(letters)
    told = "" if days == "none" and is_short(plain) else days
    return Sample(plain, keys, told, operator.kind if operator else "none")


def matrix(samples: Sequence[Sample]) -> Floats:
    """Samples × WIDTH, float32. The text's pieces have one length together, whatever their number."""
    return Table.of(samples).rows(0, len(samples))


@dataclass(frozen=True)
class Table:
    """The matrix of many samples, which is never held whole: what each has in its hashed columns, and what all mean."""

    marks: Sequence[dict[int, float]]
    meant: Floats

    @classmethod
    def of(cls, samples: Sequence[Sample]) -> Table:
        """Of the samples, each read once."""
        return cls(
            [_marks(item) for item in samples],
            np.float32(_MEANT) * meaning([item.text for item in samples]),
        )

    def rows(self, start: int, end: int) -> Floats:
        """The rows from start to end, whole."""
        return np.hstack([_hashed(self.marks[start:end]), self.meant[start:end]])

    def products(self) -> Floats:
        """Samples × samples: the products of the rows with each other."""
        found: Floats = self.meant @ self.meant.T
        for row in range(0, len(self.marks), _BLOCK):
            left = _hashed(self.marks[row : row + _BLOCK])
            for column in range(0, row + 1, _BLOCK):
                part = left @ _hashed(self.marks[column : column + _BLOCK]).T
                found[row : row + len(part), column : column + part.shape[1]] += part
                if column < row:
                    found[column : column + part.shape[1], row : row + len(part)] += part.T
        return found

    def summed(self, shares: Floats) -> Floats:
        """WIDTH × columns of shares: the rows, each times its row of shares, summed."""
        total = np.zeros((WIDTH, shares.shape[1]), np.float32)
        for start in range(0, len(self.marks), _BLOCK):
            total += self.rows(start, start + _BLOCK).T @ shares[start : start + _BLOCK]
        return total


def _marks(item: Sample) -> dict[int, float]:
    """What a sample has in its hashed columns."""
    columns = {column(piece) for piece in pieces(item.text)}
    found = dict.fromkeys(columns, _TEXT / math.sqrt(max(1, len(columns))))
    told = [(f"cue {key}", _CUE) for key in item.cues] + [(f"kind {item.kind}", _FIELD)]
    for mark, weight in told + ([(f"days {item.days}", _FIELD)] if item.days else []):
        place = column(mark)
        found[place] = found.get(place, 0.0) + weight
    return found


def _hashed(marks: Sequence[dict[int, float]]) -> Floats:
    table = np.zeros((len(marks), SIZE), np.float32)
    for row, found in zip(table, marks, strict=True):
        row[list(found)] = list(found.values())
    return table


def is_short(text: str) -> bool:
    """Whether the text is a plain line or two, of the kind that comes through a form with nothing else filled in."""
    return len(set(pieces(text))) < _SHORT


def pieces(text: str) -> Iterator[str]:
    """Runs of two to four letters of Korean and Chinese; English words, their beginnings, and pairs of words."""
    plain = _DIGITS.sub("0", text)
    for run in _OTHER.findall(plain):
        edged = f"^{run}" if "가" <= run[0] <= "힣" else run
        for length in (2, 3, 4):
            for start in range(len(edged) - length + 1):
                yield edged[start : start + length]
    words = _LATIN.findall(plain)
    for word, follower in zip(words, [*words[1:], ""], strict=False):
        yield word
        yield f"{word[:5]}*"
        yield f"{word} {follower}"


def column(piece: str) -> int:
    """The column of a piece, the same on every machine."""
    return zlib.crc32(piece.encode()) % SIZE
