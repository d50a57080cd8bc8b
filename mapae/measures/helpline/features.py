"""Features of a message for the model of categories: pieces of its words, cues, days and kind of service, hashed."""

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

__all__ = ["SIZE", "Sample", "column", "is_short", "matrix", "pieces", "sample"]

Floats = npt.NDArray[np.float32]
SIZE = 2**15  # columns; pieces that share one are told apart by the others
_TEXT, _CUE, _FIELD = 5.0, 0.6, 0.4  # weight of the whole text, of each cue, of each field of the record
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
    """Samples × SIZE, float32. The text's pieces have one length together, whatever their number."""
    table = np.zeros((len(samples), SIZE), np.float32)
    for row, item in zip(table, samples, strict=True):
        columns = {column(piece) for piece in pieces(item.text)}
        row[sorted(columns)] = _TEXT / math.sqrt(max(1, len(columns)))
        for key in item.cues:
            row[column(f"cue {key}")] += _CUE
        if item.days:
            row[column(f"days {item.days}")] += _FIELD
        row[column(f"kind {item.kind}")] += _FIELD
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
