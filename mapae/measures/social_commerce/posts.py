"""Judges whether a post sells: groups of words add or take away; the places that count are the reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mapae.contract import Batch, Hits, Row
from mapae.measures.social_commerce.model import PostModel
from mapae.measures.social_commerce.vocabulary import Vocabulary

__all__ = ["Mark", "PostReader", "Verdict"]

SHARE = 0.25  # of the words' sum beside the model's margin: best where a lot of examples is held out
MOST = 3.0  # points that words count for or against at most


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that counts: bytes of the folded text, and the word or pattern found there."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A post that sells: score above 0 (the model's margin and the words' sum), group number → places that add."""

    score: float
    marks: dict[int, tuple[Mark, ...]]


@dataclass(frozen=True)
class PostReader:
    """Reads posts by a vocabulary and a model of runs of letters (None: by words alone). Keeps no state."""

    vocabulary: Vocabulary
    model: PostModel | None = None

    def candidates(self, batch: Batch, hits: Hits) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """Rows that could sell, were no word to take anything away; and the margins of all rows."""
        groups = self.vocabulary.groups
        number = self.vocabulary.group_of[hits.entry]
        present = np.zeros((len(batch), len(groups)), np.bool_)
        present[hits.row, np.where(number < 0, -1 - number, number)] = True
        most = present @ np.asarray([max(group.most, group.weight, 0.0) for group in groups])
        margins = self.model.margins(batch.column("text")) if self.model else np.zeros(len(batch), np.float32)
        could = np.asarray([self._total(*pair) for pair in zip(most, margins, strict=True)])
        return np.flatnonzero(could >= 0).astype(np.int32), margins

    def _total(self, words: float, margin: float) -> float:
        """Words beside the model at their share, so that neither decides against all of the other."""
        beyond = words - self.vocabulary.threshold + 1e-9
        return margin + SHARE * min(max(beyond, -MOST), MOST) if self.model else beyond

    def judge(self, row: Row, hits: Hits, margin: float = 0.0) -> Verdict | None:
        """The verdict on one row of its own hits and margin; None where it does not sell."""
        marks = self._marks(row, hits)
        worth = {
            number: self.vocabulary.groups[number].worth(len({mark.word for mark in found}))
            for number, found in marks.items()
        }
        score = self._total(sum(worth.values()), margin)
        if score < 0:
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
