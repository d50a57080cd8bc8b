"""Judges which class of unlawful advert a record is: rules add, contexts take away, every part an evidence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mapae.contract import Batch, Hits, Row
from mapae.measures.illegal_ads.marks import ADDRESSES, Mark, read_marks
from mapae.measures.illegal_ads.vocabulary import CLASSES, Rule, Vocabulary

__all__ = ["AdvertReader", "Fired", "Verdict"]

_CLAIM = "claim"
_SIDES = ("unapproved_device", "drug_claim")
_BEYOND = 0.1  # what counts of a sum beyond the cap: it ranks classes, and little more


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that holds, what it adds, and the marks it stands on."""

    rule: Rule
    weight: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The likeliest class, its score (≥ the vocabulary's threshold), the rules that made it, what was taken away; the
    article it stands on.
    """

    name: str
    score: float
    fired: tuple[Fired, ...]
    calmed: float
    provision: str


@dataclass(frozen=True)
class AdvertReader:
    """Reads adverts by a vocabulary. Keeps no state."""

    vocabulary: Vocabulary

    def candidates(self, batch: Batch, hits: Hits) -> npt.NDArray[np.int32]:
        """Rows that could reach the threshold: all words taken as meant, less the contexts that surely take away."""
        present, distinct, sure = self._present(batch, hits)
        best = np.zeros((len(batch), len(CLASSES)))
        for rule in self.vocabulary.rules:
            if rule.each:
                gain = np.minimum(distinct[:, rule.needs[0]] * rule.weight, rule.up_to)
            else:
                gain = present[:, list(rule.needs)].all(axis=1) * rule.weight
            for name in _SIDES if rule.of == _CLAIM else (rule.of,):
                best[:, CLASSES.index(name)] += gain
        best = np.minimum(best, self.vocabulary.cap) + np.maximum(best - self.vocabulary.cap, 0) * _BEYOND
        for calm in self.vocabulary.calms:
            if not self.vocabulary.concepts[calm.concept].places:
                loss = np.minimum(sure[:, calm.concept] * calm.weight, calm.up_to)
                for name in calm.classes:
                    best[:, CLASSES.index(name)] -= loss
        enough = best.max(axis=1, initial=0) >= self.vocabulary.threshold - 1e-3
        return np.flatnonzero(enough).astype(np.int32)

    def judge(self, row: Row, hits: Hits) -> Verdict | None:
        """The likeliest class of one row; None where no class reaches the threshold."""
        marks = read_marks(row, hits, self.vocabulary)
        fired: dict[str, list[Fired]] = defaultdict(list)
        for rule in self.vocabulary.rules:
            found = _fire(rule, marks)
            if found is not None:
                fired[self._side(marks) if rule.of == _CLAIM else rule.of].append(found)
        verdicts = [self._weigh(name, parts, marks) for name, parts in fired.items()]
        best = max(verdicts, key=lambda verdict: verdict.score, default=None)
        return best if best is not None and best.score >= self.vocabulary.threshold else None

    def _present(
        self, batch: Batch, hits: Hits
    ) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Rows × concepts: may it be there; at most how many distinct terms of it; how many of them surely count."""
        concept = self.vocabulary.concept_of[hits.entry]
        rows, width = len(batch), len(self.vocabulary.concepts)
        present = np.zeros((rows, width), np.bool_)
        present[hits.row, np.where(concept < 0, -1 - concept, concept)] = True
        for number, about in enumerate(self.vocabulary.concepts):
            if about.hidden is not None:
                present[hits.row[(concept == number) & (hits.channel == 1)], about.hidden] = True
        words = concept >= 0
        address = np.asarray([name in ADDRESSES for name in batch.kind.text], bool)[hits.field[words]]
        keys = np.unique(
            hits.row[words].astype(np.int64) << 33 | hits.entry[words].astype(np.int64) << 1 | address
        )
        entry = (keys >> 1 & 0xFFFFFFFF).astype(np.int64)
        cells = (keys >> 33) * width + self.vocabulary.concept_of[entry]
        sure = cells[(keys & 1 == 0) & ~self.vocabulary.covered[entry]]
        counts = [np.bincount(one, minlength=rows * width).reshape(rows, width) for one in (cells, sure)]
        return present, counts[0], counts[1]

    def _side(self, marks: dict[int, list[Mark]]) -> str:
        """Whether a claim is made for an article that treats or for goods eaten or applied."""
        device, goods = (
            sum(
                weight * len({mark.word for mark in marks.get(number, ())}) for number, weight in side.items()
            )
            for side in self.vocabulary.claim_sides
        )
        return _SIDES[0] if device > goods else _SIDES[1]

    def _weigh(self, name: str, parts: list[Fired], marks: dict[int, list[Mark]]) -> Verdict:
        gathered = sum(part.weight for part in parts)
        calmed = 0.0
        for calm in self.vocabulary.calms:
            if name in calm.classes and calm.concept in marks:
                calmed += min(
                    calm.up_to,
                    calm.weight * len({mark.word.replace(" ", "") for mark in marks[calm.concept]}),
                )
        beyond = max(0.0, gathered - self.vocabulary.cap) * _BEYOND
        score = min(gathered, self.vocabulary.cap) + beyond - calmed
        ordered = sorted(parts, key=lambda part: -part.weight)
        return Verdict(name, round(score, 3), tuple(ordered), round(calmed, 3), self._provision(name, marks))

    def _provision(self, name: str, marks: dict[int, list[Mark]]) -> str:
        about = self.vocabulary.classes[name]
        if instead := about.get("instead"):
            names = [concept.name for concept in self.vocabulary.concepts]
            more, than = (
                len({mark.word for mark in marks.get(names.index(instead[key]), ())})
                for key in ("more", "than")
            )
            if more > than:
                return str(instead["provision"])
        return str(about["provision"])


def _fire(rule: Rule, marks: dict[int, list[Mark]]) -> Fired | None:
    if any(number not in marks for number in rule.needs):
        return None
    found = [marks[number] for number in rule.needs]
    if rule.each:
        distinct = list({mark.word.replace(" ", ""): mark for mark in found[0]}.values())
        return Fired(rule, round(min(rule.up_to, rule.weight * len(distinct)), 3), tuple(distinct))
    if rule.near:
        pair = _nearest(found[0], found[1])
        if pair is None or _gap(*pair) > rule.near:
            return None
        return Fired(rule, rule.weight, pair)
    return Fired(rule, rule.weight, tuple(items[0] for items in found))


def _nearest(left: list[Mark], right: list[Mark]) -> tuple[Mark, Mark] | None:
    pairs = [
        (one, other)
        for one in left
        for other in right
        if one.field == other.field
        and one.channel == other.channel
        and (one.start >= other.end or other.start >= one.end)
    ]
    return min(pairs, key=lambda pair: _gap(*pair), default=None)


def _gap(one: Mark, other: Mark) -> int:
    return max(one.start, other.start) - min(one.end, other.end)
