"""Judges whether a post sells: groups of words add or take away; the places that count are the reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mapae.contract import Batch, Hits, Row
from mapae.measures.social_commerce.vocabulary import Vocabulary

__all__ = ["Mark", "PostReader", "Verdict"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that counts: bytes of the folded text, and the word or pattern found there."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A post that sells: its score (≥ the threshold), and group number → places, for the groups that add."""

    score: float
    marks: dict[int, tuple[Mark, ...]]


@dataclass(frozen=True)
class PostReader:
    """Reads posts by a vocabulary. Keeps no state."""

    vocabulary: Vocabulary

    def candidates(self, batch: Batch, hits: Hits) -> npt.NDArray[np.int32]:
        """Rows whose words that add could reach the threshold, were nothing taken away."""
        groups = self.vocabulary.groups
        number = self.vocabulary.group_of[hits.entry]
        present = np.zeros((len(batch), len(groups)), np.bool_)
        present[hits.row, np.where(number < 0, -1 - number, number)] = True
        most = np.asarray([max(group.most, group.weight, 0.0) for group in groups])
        return np.flatnonzero(present @ most >= self.vocabulary.threshold - 1e-9).astype(np.int32)

    def judge(self, row: Row, hits: Hits) -> Verdict | None:
        """The verdict on one row of its own hits; None where it does not sell."""
        marks = self._marks(row, hits)
        worth = {
            number: self.vocabulary.groups[number].worth(len({mark.word for mark in found}))
            for number, found in marks.items()
        }
        score = sum(worth.values())
        if score < self.vocabulary.threshold - 1e-9:
            return None
        adding = {
            number: tuple(marks[number])
            for number in sorted(worth, key=lambda n: -worth[n])
            if worth[number] > 0
        }
        return Verdict(round(score, 3), adding)

    def _marks(self, row: Row, hits: Hits) -> dict[int, list[Mark]]:
        found: dict[int, list[Mark]] = defaultdict(list)
        number = self.vocabulary.group_of[hits.entry]
        for place in np.flatnonzero((number >= 0) & ~_inside(hits, number)):
            word = self.vocabulary.terms[hits.entry[place]].text
            found[int(number[place])].append(Mark(int(hits.start[place]), int(hits.end[place]), word))
        hinted = sorted({-1 - one for one in number[number < 0].tolist()})
        if hinted:
            text = _folded(row)
            for group in hinted:
                found[group].extend(_patterns(text, self.vocabulary.groups[group].patterns))
        return {group: marks for group, marks in found.items() if marks}


def _inside(hits: Hits, number: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Hits that stand inside a longer word of another group."""
    gone = np.zeros(len(number), np.bool_)
    words = np.flatnonzero(number >= 0)
    for i in words:
        around = (hits.start[words] <= hits.start[i]) & (hits.end[words] >= hits.end[i])
        around &= (hits.end[words] - hits.start[words]) > (hits.end[i] - hits.start[i])
        around &= number[words] != number[i]
        gone[i] = bool(around.any())
    return gone


def _folded(row: Row) -> str:
    channel = row.batch.text.channels[0]
    cell = row.index * len(row.batch.kind.text)
    data = channel.data[channel.offsets[cell] : channel.offsets[cell + 1]]
    return data.tobytes().rstrip(b"\0").decode("utf-8", "ignore")


def _patterns(text: str, patterns: tuple[object, ...]) -> Iterator[Mark]:
    """Places of the patterns, each stretch of text once, the longest first."""
    spans = sorted(
        {match.span() for pattern in patterns for match in pattern.finditer(text)},  # type: ignore[attr-defined]
        key=lambda span: (span[0], -span[1]),
    )
    end = -1
    for first, last in spans:
        if first >= end and last > first:
            end = last
            start = len(text[:first].encode())
            yield Mark(start, start + len(text[first:last].encode()), text[first:last].strip())
