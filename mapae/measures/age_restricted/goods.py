"""Which class of goods barred to minors a listing offers, if any: words by place, less phrases that make them harmless."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mapae.contract import Batch, Hits, Row
from mapae.measures.age_restricted.vocabulary import CLASSES, Vocabulary

__all__ = ["PAGE", "THRESHOLD", "ClassVerdict", "GoodsReader"]

THRESHOLD = 0.9
PAGE = "page_html"  # the page is searched too, as one more text column behind the kind's own
# field of a listing → how much a strong or weak word there says; the title says what is sold
_STRONG = {
    "title": 1.0,
    "description": 0.45,
    "brand": 0.5,
    "model": 0.3,
    "category": 0.8,
    "seller_name": 0.2,
    PAGE: 0.8,
}
_WEAK = {
    "title": 0.45,
    "description": 0.2,
    "brand": 0.2,
    "model": 0.1,
    "category": 0.45,
    "seller_name": 0.15,
    PAGE: 0.3,
}
_CATEGORY = 0.75  # a shop section that names the class
_DECOY = {
    "title": 1.6,
    "description": 0.5,
    "brand": 0.3,
    "model": 0.3,
    "category": 0.9,
    "seller_name": 0.0,
    PAGE: 0.4,
}


@dataclass(frozen=True, slots=True)
class ClassVerdict:
    """A class of goods, its score (≥ THRESHOLD decides), and the hits (positions in the row's hits) that speak for it."""

    name: str
    score: float
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class GoodsReader:
    """Reads classes from the hits of the vocabulary's terms."""

    vocabulary: Vocabulary
    fields: tuple[str, ...]

    @cached_property
    def _classes(self) -> npt.NDArray[np.int32]:
        return np.asarray(self.vocabulary.classes, np.int32)

    @cached_property
    def _strengths(self) -> npt.NDArray[np.int32]:
        return np.asarray(self.vocabulary.strengths, np.int32)

    def candidates(self, batch: Batch, hits: Hits) -> npt.NDArray[np.int32]:
        """Rows with a strong word, a telling category, or a weak word in the title."""
        strength = self._strengths[hits.entry]
        place = hits.field
        telling = (strength == 0) | ((strength == 2) & (place == self.fields.index("category")))
        telling |= (strength == 1) & (place == self.fields.index("title"))
        return np.unique(hits.row[telling]).astype(np.int32)

    def judge(self, row: Row, hits: Hits) -> ClassVerdict | None:
        """The likeliest class of one row, or None where the words are harmless."""
        verdicts = [verdict for number in range(len(CLASSES)) if (verdict := self._score(number, hits))]
        best = max(verdicts, key=lambda verdict: verdict.score, default=None)
        return best if best and best.score >= THRESHOLD else None

    def _score(self, number: int, hits: Hits) -> ClassVerdict | None:
        mine: list[int] = np.flatnonzero(self._classes[hits.entry] == number).tolist()
        decoys = [i for i in mine if self._strengths[hits.entry[i]] == 3]
        score, evidence, seen = 0.0, [], set()
        for i in mine:
            strength = int(self._strengths[hits.entry[i]])
            if strength == 3 or self._covered(hits, i, decoys):
                continue
            field = self.fields[hits.field[i]]
            if strength == 2 and field != "category":
                continue
            gain = _CATEGORY if strength == 2 else (_STRONG if strength == 0 else _WEAK)[field]
            key = (int(hits.entry[i]), field) if strength == 0 else (strength, field)
            if key in seen:
                gain *= 0.1
            seen.add(key)
            score += gain
            evidence.append(int(i))
        if not evidence:
            return None
        score -= sum(
            {self.fields[hits.field[i]]: _DECOY[self.fields[hits.field[i]]] for i in decoys}.values()
        )
        return ClassVerdict(CLASSES[number], round(score, 3), tuple(evidence))

    def _covered(self, hits: Hits, i: int, decoys: list[int]) -> bool:
        """The word stands inside a decoy phrase of the same cell (whiskey in whiskey glass)."""
        return any(
            hits.field[j] == hits.field[i]
            and hits.channel[j] == hits.channel[i]
            and hits.start[j] <= hits.start[i]
            and hits.end[i] <= hits.end[j]
            for j in decoys
        )
