"""Which class of goods barred to minors a listing offers, if any: words by place, less phrases that make them harmless."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mapae.contract import Batch, Hits, Row
from mapae.measures.age_restricted.vocabulary import CLASSES, Vocabulary

__all__ = ["PAGE", "THRESHOLD", "ClassVerdict", "GoodsReader"]

THRESHOLD = 0.9
PAGE = "page_html"  # the page is searched too, as one more text column behind the kind's own
_FIELDS = ("title", "description", "brand", "model", "category", "seller_name", PAGE)
_STRONG, _WEAK, _CATEGORY, _DECOY = range(4)
# what a strong word, a weak word, a shop section and a decoy phrase say in each of _FIELDS; the title says what is sold
_GAIN = np.array(
    [
        [1.0, 0.45, 0.5, 0.3, 0.5, 0.2, 0.8],
        [0.45, 0.2, 0.2, 0.1, 0.3, 0.15, 0.3],
        [0.0, 0.0, 0.0, 0.0, 0.95, 0.0, 0.0],
        [1.6, 0.5, 0.3, 0.3, 0.9, 0.0, 0.4],
    ]
)
_PATH = (
    0.55  # a shop section that is only a part of the cell (a breadcrumb) says less than one that is all of it
)
# share that a second and every further word of one strength in one field still adds
_MORE = np.array([0.3, 0.5, 0.0, 0.0])


@dataclass(frozen=True, slots=True)
class ClassVerdict:
    """A class of goods, its score (≥ THRESHOLD decides), and the hits (positions in the row's hits) that speak for it."""

    name: str
    score: float
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class GoodsReader:
    """Reads classes from the hits of the vocabulary's terms. fields: names of the hits' columns, in order."""

    vocabulary: Vocabulary
    fields: tuple[str, ...]

    @cached_property
    def _classes(self) -> npt.NDArray[np.int64]:
        return np.asarray(self.vocabulary.classes, np.int64)

    @cached_property
    def _strengths(self) -> npt.NDArray[np.int64]:
        return np.asarray(self.vocabulary.strengths, np.int64)

    @cached_property
    def _places(self) -> npt.NDArray[np.int64]:
        return np.asarray([_FIELDS.index(name) for name in self.fields], np.int64)

    def plain(self, hits: Hits) -> Hits:
        """Without hits of the squeezed channel that owe half of their letters or more to posed ones (10770: lotto)."""
        return hits.take((hits.channel == 0) | (hits.changed * 2 < hits.end - hits.start))

    def candidates(self, batch: Batch, hits: Hits) -> npt.NDArray[np.int64]:
        """Rows that could reach the threshold: the same sum as `judge` with nothing covered, over whole columns."""
        if not len(hits):
            return np.zeros(0, np.int64)
        number, strength = self._classes[hits.entry], self._strengths[hits.entry]
        place = self._places[hits.field]
        width = len(_FIELDS) * len(_GAIN)
        key = (hits.row.astype(np.int64) * len(CLASSES) + number) * width + place * len(_GAIN) + strength
        keys, counts = np.unique(key, return_counts=True)
        place, strength = keys % width // len(_GAIN), keys % len(_GAIN)
        gain = _GAIN[strength, place] * (1 + _MORE[strength] * (counts - 1))
        gain[strength == _DECOY] = 0.0
        owner = keys // width
        bound = np.bincount(owner, gain, minlength=len(batch) * len(CLASSES))
        told = np.zeros(len(bound), bool)
        told[owner[(strength == _STRONG) | (strength == _CATEGORY)]] = True
        told[owner[(strength == _WEAK) & (place == 0) & (counts >= 2)]] = True
        chosen = np.flatnonzero(told & (bound >= THRESHOLD))
        return np.unique(chosen // len(CLASSES))

    def judge(self, row: Row, hits: Hits) -> ClassVerdict | None:
        """The likeliest class of one row, or None where the words are harmless."""
        numbers = sorted(set(self._classes[hits.entry].tolist()))
        verdicts = [verdict for number in numbers if (verdict := self._score(number, row, hits))]
        best = max(verdicts, key=lambda verdict: verdict.score, default=None)
        return best if best and best.score >= THRESHOLD else None

    def _score(self, number: int, row: Row, hits: Hits) -> ClassVerdict | None:
        mine: list[int] = np.flatnonzero(self._classes[hits.entry] == number).tolist()
        strong = [i for i in mine if self._strengths[hits.entry[i]] == _STRONG]
        decoys = [
            i for i in mine if self._strengths[hits.entry[i]] == _DECOY and not self._covered(hits, i, strong)
        ]
        words: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        for i in mine:
            strength, place = int(self._strengths[hits.entry[i]]), int(self._places[hits.field[i]])
            if strength == _DECOY or _GAIN[strength, place] == 0 or self._covered(hits, i, decoys):
                continue
            words[strength, place].setdefault(int(hits.entry[i]), i)
        if not _told(words):
            return None
        score = sum(
            _GAIN[strength, place] * (1 + _MORE[strength] * (len(found) - 1))
            for (strength, place), found in words.items()
        )
        if (_CATEGORY, 4) in words and not any(_whole(row, hits, i) for i in words[_CATEGORY, 4].values()):
            score -= _GAIN[_CATEGORY, 4] - _PATH
        score -= sum(_GAIN[_DECOY, place] for place in {int(self._places[hits.field[i]]) for i in decoys})
        ordered = sorted(words, key=lambda key: -_GAIN[key])
        evidence = tuple(i for key in ordered for i in words[key].values())
        return ClassVerdict(CLASSES[number], round(float(score), 3), evidence)

    def _covered(self, hits: Hits, i: int, phrases: list[int]) -> bool:
        """The word stands inside one of these phrases in the same cell (whiskey in whiskey glass)."""
        return any(
            hits.field[j] == hits.field[i]
            and hits.channel[j] == hits.channel[i]
            and hits.start[j] <= hits.start[i]
            and hits.end[i] <= hits.end[j]
            and i != j
            for j in phrases
        )


def _whole(row: Row, hits: Hits, i: int) -> bool:
    """The hit is all of its cell."""
    cell = row.folded("category", int(hits.channel[i])).data
    return int(hits.start[i]) == 0 and int(hits.end[i]) == len(cell)


def _told(words: dict[tuple[int, int], dict[int, int]]) -> bool:
    """A strong word or a shop section says it, or two weak words in the title."""
    if any(strength in (_STRONG, _CATEGORY) for strength, _ in words):
        return True
    return len(words.get((_WEAK, 0), ())) >= 2
