"""Where concepts stand in an advert: word hits and patterns that count, less those denied or inside a harmless phrase."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mapae.contract import Hits, Row
from mapae.measures.illegal_ads.vocabulary import Comparison, Vocabulary
from mapae.text.disguise import hides

__all__ = ["ADDRESSES", "Mark", "read_marks"]

ADDRESSES = ("landing_url", "url")  # columns in which words of a context are no context

_BEFORE, _AFTER = 40, 24  # characters looked at beside a word for its denial
_STOPS = re.compile("[.!?;:,。、…\\n]")


@dataclass(frozen=True, slots=True)
class Mark:
    """One place that counts: column number, channel, bytes start:end of the channel's cell, the word or pattern found."""

    field: int
    channel: int
    start: int
    end: int
    word: str


def read_marks(row: Row, hits: Hits, vocabulary: Vocabulary) -> dict[int, list[Mark]]:
    """Concept number → its marks in the row, in order of column and place."""
    found: dict[int, list[Mark]] = defaultdict(list)
    concept = vocabulary.concept_of[hits.entry]
    kept = np.flatnonzero(_kept(row, hits, concept, vocabulary))
    cells = [_cell(row, field) for field in range(len(row.batch.kind.text))]
    columns = (hits.field, hits.channel, hits.start, hits.end, hits.entry, concept)
    for field, channel, start, end, entry, number in zip(
        *(one[kept].tolist() for one in columns), strict=True
    ):
        mark = Mark(field, channel, start, end, vocabulary.terms[entry].text)
        deny, compared = vocabulary.concepts[number].deny, number in vocabulary.comparison.concepts
        if channel == 0 and (deny or compared):
            before, after = _beside(cells[field], mark)
            if deny and _says(before, after, vocabulary.denial_before, vocabulary.denial_after):
                continue
            number = _compared(number, before, after, vocabulary.comparison)
        hidden = vocabulary.concepts[number].hidden
        if channel and hidden is not None:
            if not hides(row.span(field, channel, start, end).seen):
                continue
            found[hidden].append(mark)
        found[number].append(mark)
    texts = [cell.decode("utf-8", "ignore") for cell in cells]
    for number in sorted({-1 - number for number in concept[concept < 0].tolist()}):
        if marks := list(_pattern_marks(row, number, vocabulary, texts)):
            found[number].extend(marks)
    return found


def _kept(
    row: Row, hits: Hits, concept: npt.NDArray[np.int32], vocabulary: Vocabulary
) -> npt.NDArray[np.bool_]:
    """Word hits in their own columns, sure of their place; of a word that takes away and one that adds the longer counts."""
    keep = concept >= 0
    # in the squeezed channel only what begins a word and was hidden
    keep &= (hits.channel == 0) | ((hits.left == 1) & ((hits.changed > 0) | (hits.gaps > 0)))
    calm = np.asarray([vocabulary.concepts[number].calm for number in np.maximum(concept, 0)], bool) & keep
    for i in np.flatnonzero(calm):
        inside = (hits.field == hits.field[i]) & (hits.channel == hits.channel[i])
        inside &= (hits.start >= hits.start[i]) & (hits.end <= hits.end[i]) & ~calm
        inside &= (hits.end - hits.start) < (hits.end[i] - hits.start[i])
        around = (hits.field == hits.field[i]) & (hits.channel == hits.channel[i]) & keep & ~calm
        around &= (hits.start <= hits.start[i]) & (hits.end >= hits.end[i])
        around &= (hits.end - hits.start) > (hits.end[i] - hits.start[i])
        if around.any():
            keep[i] = False
        else:
            keep &= ~inside
    for i in np.flatnonzero(keep):
        about, column = vocabulary.concepts[concept[i]], row.batch.kind.text[hits.field[i]]
        if column not in about.places if about.places else about.calm and column in ADDRESSES:
            keep[i] = False
    return keep


def _beside(data: bytes, mark: Mark) -> tuple[str, str]:
    """What the same sentence says just before and just behind a word."""
    before = data[max(0, mark.start - 3 * _BEFORE) : mark.start].decode("utf-8", "ignore")
    after = data[mark.end : mark.end + 3 * _AFTER].decode("utf-8", "ignore")
    return _STOPS.split(before[-_BEFORE:])[-1], _STOPS.split(after[:_AFTER], maxsplit=1)[0]


def _says(before: str, after: str, left: re.Pattern[str], right: re.Pattern[str]) -> bool:
    return bool(left.search(before) or right.search(after))


def _compared(number: int, before: str, after: str, comparison: Comparison) -> int:
    """The concept a word stands for: another one where the goods are only measured against it."""
    if number in comparison.concepts and _says(before, after, comparison.before, comparison.after):
        return comparison.becomes
    return number


def _pattern_marks(row: Row, number: int, vocabulary: Vocabulary, texts: Sequence[str]) -> Iterator[Mark]:
    about = vocabulary.concepts[number]
    for field, (name, text) in enumerate(zip(row.batch.kind.text, texts, strict=True)):
        if not text or (about.places and name not in about.places):
            continue
        for pattern in about.patterns:
            for match in pattern.finditer(text):
                start = len(text[: match.start()].encode())
                yield Mark(field, 0, start, start + len(match[0].encode()), pattern.pattern)


def _cell(row: Row, field: int) -> bytes:
    """A cell's folded text as it was scanned."""
    channel = row.batch.text.channels[0]
    cell = row.index * len(row.batch.kind.text) + field
    return channel.data[channel.offsets[cell] : channel.offsets[cell + 1]].tobytes().rstrip(b"\0")
