"""Weighs what a listing says: hidden names, words of copies, price, and what calms; additive, every part a reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from mapae.contract import Hits, Row
from mapae.measures.counterfeits.price import PriceVerdict, judge_price
from mapae.measures.counterfeits.vocabulary import Brand, Meaning, Vocabulary

__all__ = ["THRESHOLD", "Evidence", "Verdict", "weigh"]

THRESHOLD = 1.0
_TITLE, _DESCRIPTION, _BRAND, _SELLER = 0, 1, 2, 5
_FIELD = {_TITLE: 1.0, _DESCRIPTION: 0.8, _BRAND: 1.0, 3: 0.5, 4: 0.3, _SELLER: 0.3}
_HIDDEN = 0.8  # a plain name that stands split, leeted or with look-alikes
_CAPS = {"grade": 1.3, "copying": 1.2, "lure": 0.6, "sham_brand": 0.15}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One hit that counts: its place in the row's hits, what it says, its worth."""

    hit: int
    meaning: Meaning
    weight: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The brand, the score (≥ THRESHOLD: a fake), the evidence for it, and the price's part."""

    brand: str
    score: float
    evidence: tuple[Evidence, ...]
    price: PriceVerdict


def weigh(row: Row, hits: Hits, vocabulary: Vocabulary, per_usd: dict[str, float]) -> Verdict | None:
    """The likeliest brand and its score; None where no brand is named in any way."""
    meanings = [vocabulary.meanings[entry] for entry in hits.entry]
    brands = _brands(hits, meanings, vocabulary)
    if not brands:
        return None
    words = _words(hits, meanings)
    record = {name: row[name] for name in ("price", "genuine_price", "currency")}
    text = f"{row.folded('title').text} {row.folded('category').text} "
    best: Verdict | None = None
    for owner, (named, evidence) in brands.items():
        brand = vocabulary.brands.get(owner) or Brand(owner, False, False, (), ())
        price = judge_price(record, brand, text, per_usd)
        spoken = sum(item.weight for item in words)
        if brand.generic and named == 0.0 and not _told(evidence):
            spoken = min(spoken, 0.8)
        weight = price.weight if not (price.weight > 0 and _calmed(words)) else price.weight * 0.3
        score = round(named + spoken + weight, 3)
        verdict = Verdict(owner, score, (*evidence, *(item for item in words if item.weight > 0)), price)
        rank = (score, _strength(evidence, hits))
        if best is None or rank > (best.score, _strength(best.evidence, hits)):
            best = verdict
    return best


def _brands(
    hits: Hits, meanings: list[Meaning], vocabulary: Vocabulary
) -> dict[str, tuple[float, list[Evidence]]]:
    """Owner → (worth of how the name is hidden, evidence); a name inside another's longer name is left out."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for i, meaning in enumerate(meanings):
        if meaning.kind != "brand" or _inside(hits, i, meanings):
            continue
        hidden = hits.channel[i] == 1 or hits.changed[i] > 0
        weight = meaning.weight
        if hidden and meaning.how in ("plain", "line"):
            weight = _HIDDEN if _surely_hidden(hits, i) else 0.3
        found[meaning.name].append(Evidence(i, meaning, weight * _FIELD[int(hits.field[i])]))
    return {owner: (max(item.weight for item in items), items) for owner, items in found.items()}


def _surely_hidden(hits: Hits, i: int) -> bool:
    """Not just two ordinary words that run into a short name."""
    length = int(hits.end[i] - hits.start[i])
    return bool(length >= 5 or hits.changed[i] > 0)


def _inside(hits: Hits, i: int, meanings: list[Meaning]) -> bool:
    same = (hits.field == hits.field[i]) & (hits.channel == hits.channel[i])
    longer = (hits.end - hits.start) > (hits.end[i] - hits.start[i])
    covers = same & longer & (hits.start <= hits.start[i]) & (hits.end >= hits.end[i])
    return any(
        meanings[j].kind in ("brand", "calm") and meanings[j].name != "genuine"
        for j in np.flatnonzero(covers)
    )


def _words(hits: Hits, meanings: list[Meaning]) -> list[Evidence]:
    """Signals and calming words, each group up to its cap; a signal inside a calming or style phrase does not count."""
    groups: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for i, meaning in enumerate(meanings):
        if meaning.kind == "brand" or (meaning.kind == "signal" and _excused(hits, i, meanings)):
            continue
        if meaning.name == "sham_brand" and hits.field[i] != _BRAND:
            continue
        scale = _FIELD[int(hits.field[i])] if meaning.kind == "signal" else 1.0
        groups[meaning.kind, meaning.name].append(Evidence(i, meaning, meaning.weight * scale))
    kept: list[Evidence] = []
    for (kind, name), items in groups.items():
        distinct = {item.meaning.name + str(hits.entry[item.hit]): item for item in items}
        ordered = sorted(distinct.values(), key=lambda item: -abs(item.weight))
        if kind == "signal":
            kept += _capped(ordered, _CAPS[name])
        else:
            kept += ordered[:1]
            if name in ("second_hand", "genuine") and len(ordered) > 1:
                kept.append(Evidence(ordered[1].hit, ordered[1].meaning, -0.35))
    return kept


def _capped(items: list[Evidence], cap: float) -> list[Evidence]:
    kept, left = [], cap
    for item in items:
        worth = min(item.weight, left)
        if worth <= 0:
            break
        kept.append(Evidence(item.hit, item.meaning, worth))
        left -= worth
    return kept


def _excused(hits: Hits, i: int, meanings: list[Meaning]) -> bool:
    """Inside a longer calming phrase (`가품 아님`), or a longer phrase of another signal."""
    same = (hits.field == hits.field[i]) & (hits.channel == hits.channel[i])
    longer = (hits.end - hits.start) > (hits.end[i] - hits.start[i])
    covers = same & longer & (hits.start <= hits.start[i]) & (hits.end >= hits.end[i])
    return any(meanings[j].kind != "brand" for j in np.flatnonzero(covers))


def _told(evidence: list[Evidence]) -> bool:
    """A common word counts as the brand where a line, a second name, or the brand column says it too."""
    return len({item.meaning.how for item in evidence}) > 1 or len({item.hit for item in evidence}) > 1


def _calmed(words: list[Evidence]) -> bool:
    return any(item.meaning.kind == "calm" for item in words)


def _strength(evidence: tuple[Evidence, ...] | list[Evidence], hits: Hits) -> float:
    """Breaks ties between brands: title before text, names before lines, longer before shorter."""
    worth = 0.0
    for item in evidence:
        if item.meaning.kind == "brand":
            place = {_TITLE: 2.0, _BRAND: 2.5}.get(int(hits.field[item.hit]), 1.0)
            worth += place + float(hits.end[item.hit] - hits.start[item.hit]) / 50
    return worth
