"""From hits and sightings to evidence: what counts, how much, and where it stands in the original text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from mapae.contract import Hits, Row
from mapae.detect.brands.hiding import covering, drawn, hiding
from mapae.detect.brands.saying import Saying
from mapae.detect.brands.sighting import Sighting
from mapae.detect.brands.vocabulary import Meaning

__all__ = ["Evidence", "beside", "brand_evidence", "hiding", "read_evidence", "word_evidence"]

_FIELD = {"title": 1.0, "description": 0.92, "brand": 1.0, "model": 0.5, "category": 0.3, "seller_name": 0.8}
_NAME_FIELD = _FIELD | {"description": 0.8, "seller_name": 0.3, "category": 0.3}
_CALM_FIELD = {"title": 1.0, "category": 1.0, "brand": 0.5, "seller_name": 0.3}  # else 0.6
_OTHER_GOODS = (
    0.3  # of a word in the description that the goods are a book or a service: the title would say so
)
_CAPS = {
    "grade": 1.3,
    "copying": 1.2,
    "mark_option": 1.0,
    "hint": 1.0,
    "hidden_deal": 0.8,
    "lure": 0.5,
    "trappings": 0.3,
    "sham_brand": 0.15,
}
_FORGED = Meaning("signal", "copying", "copying", 0.75)
_PAPERS = frozenset(("second_hand", "genuine"))
# hints that say what they hint at where they stand right beside a brand's name
_BESIDE = frozenset(
    "clone clones fake fakes counterfeit imitation rep reps proxy proxies 카피 카피본 카피품 클론 복제 仿".split()
)
_NEARBY, _BESIDE_WORTH = 14, 0.55
_READ = 400  # characters of a description that are read for odd spellings
_SECOND = -0.35  # a second calming word of papers or provenance
_MARK = 0.3  # what it is worth that the mark is told instead of the name
_BRIEF_LATIN, _NUMBER = 4, re.compile(r"[-_]?[0-9]{4}")
_BRIEF = 2  # Hangul words of copies up to so many syllables are also parts of other words


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that counts. kind: brand, signal, calm, style; matched: owner or group; how: see Meaning;
    field, start, end, seen: its place in the original; others: a sentence about the copies that others sell.
    """

    kind: str
    matched: str
    how: str
    weight: float
    field: str
    start: int
    end: int
    seen: str
    others: bool = False

    def less(self, share: float) -> Evidence:
        """The same with that share of its weight."""
        return replace(self, weight=round(self.weight * share, 3))


def brand_evidence(
    row: Row, hits: Hits, meanings: list[Meaning], names: list[str], saying: Saying
) -> dict[str, list[Evidence]]:
    """Owner → where and how it is named; a name inside another's longer name is left out. names: the hits' terms."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for i, meaning in enumerate(meanings):
        if meaning.kind != "brand" or _inside(hits, i, meanings):
            continue
        item = _evidence(row, hits, i, meaning)
        text = row.text(item.field)
        if saying.denied(text, item.start, item.end) or _code(text, item):
            continue
        weight, how = _MARK if meaning.how == "mark" else meaning.weight, meaning.how
        if how in ("plain", "line", "common", "common_line") and (
            hits.channel[i] == 1 or hits.changed[i] > 0 or drawn(item.seen)
        ):
            weight = hiding(item.seen, names[i], how.startswith("common"))
            if how.endswith("line") and any(char.isdigit() for char in names[i]):
                weight = 0.0  # a model number with other signs is only that
        if weight > 0 and how in ("plain", "common"):
            how = "hidden"
        found[meaning.name].append(_as(item, how, weight * _NAME_FIELD.get(item.field, 0.5)))
    return found


def read_evidence(
    row: Row,
    read: Callable[[str], Iterator[Sighting]],
    named: dict[str, list[Evidence]],
    fields: tuple[str, ...],
) -> None:
    """Add what a reader of odd spellings sees in these columns to `named`; not where another's name stands as it is."""
    told = [item for items in named.values() for item in items if item.how in ("plain", "line")]
    for field in fields:
        folded = row.folded(field)
        for seen in read(folded.text[:_READ]):
            start, end = folded.pieces[seen.start].start, folded.pieces[seen.end - 1].end
            if any(_meets(item, field, start, end) and item.matched != seen.owner for item in told):
                continue
            named.setdefault(seen.owner, []).append(
                Evidence("brand", seen.owner, seen.how, seen.weight * _NAME_FIELD.get(field, 0.5), field, start,
                         end, row.text(field)[start:end])
            )  # fmt: skip


def _meets(item: Evidence, field: str, start: int, end: int) -> bool:
    return item.field == field and item.start < end and start < item.end


def beside(named: list[Evidence], words: list[Evidence]) -> float:
    """What a hint is worth more for standing right beside the name of a brand (AirPods clone)."""
    spots = [(item.field, item.start, item.end) for item in named]
    close = any(
        word.how == "hint"
        and word.seen.casefold() in _BESIDE
        and any(
            field == word.field and max(start - word.end, word.start - end) <= _NEARBY
            for field, start, end in spots
        )
        for word in words
    )
    return _BESIDE_WORTH if close else 0.0


def _inside(hits: Hits, i: int, meanings: list[Meaning]) -> bool:
    return any(
        meanings[j].kind in ("brand", "calm") and meanings[j].name not in ("genuine", "second_hand")
        for j in covering(hits, i)
    )


def word_evidence(row: Row, hits: Hits, meanings: list[Meaning], saying: Saying) -> list[Evidence]:
    """Signals and calming words, each group up to its cap; a signal inside a calming or style phrase does not count."""
    groups: dict[tuple[str, str], dict[int, Evidence]] = defaultdict(dict)
    items = [
        (i, meaning, _evidence(row, hits, i, meaning))
        for i, meaning in enumerate(meanings)
        if meaning.kind != "brand" and not _excused(hits, i, meanings)
    ]
    shields = [item for _, meaning, item in items if meaning.kind != "signal"]
    whole = f"{row.text('title')}\n{row.text('description')}"
    for i, meaning, item in items:
        text = row.text(item.field)
        if meaning.kind == "signal":
            if (meaning.name == "sham_brand") != (item.field == "brand") or _shielded(item, shields):
                continue
            if _code(text, item) or _embedded(text, hits, i, item) or saying.of_wear(item.seen, whole):
                continue
            item = replace(item, others=saying.of_others(text, item.start, item.end))
        elif meaning.name in _PAPERS and saying.absent(text, item.start, item.end):
            continue
        elif meaning.name in _PAPERS and saying.forged(text, item.start, item.end):
            item, meaning = replace(item, kind="signal"), _FORGED
        scale = _FIELD.get(item.field, 0.5) if meaning.kind == "signal" else _CALM_FIELD.get(item.field, 0.6)
        if meaning.name == "not_goods" and item.field == "description":
            scale = _OTHER_GOODS
        kept = groups[meaning.kind, meaning.name]
        entry = int(hits.entry[i])
        if entry not in kept or abs(kept[entry].weight) < abs(meaning.weight * scale):
            kept[entry] = _as(item, meaning.name, meaning.weight * scale)
    found: list[Evidence] = []
    for (kind, name), those in groups.items():
        ordered = sorted(those.values(), key=lambda item: -abs(item.weight))
        found += _capped(ordered, _CAPS[name]) if kind == "signal" else _calming(ordered, name)
    return found


def _excused(hits: Hits, i: int, meanings: list[Meaning]) -> bool:
    """A signal inside any longer phrase, a calming word inside a longer signal or name (book in same book, Book Tote)."""
    covers = {meanings[j].kind for j in covering(hits, i)}
    if meanings[i].kind == "signal":
        return bool(covers - {"brand"})
    return bool(covers & {"signal", "brand"})


def _shielded(item: Evidence, shields: list[Evidence]) -> bool:
    """Inside a longer calming phrase, whichever channel either was found in (SA급 in SA급 중고)."""
    return any(
        _meets(shield, item.field, item.start, item.end)
        and shield.start <= item.start
        and shield.end >= item.end
        and shield.end - shield.start > item.end - item.start
        for shield in shields
    )


def _code(text: str, item: Evidence) -> bool:
    """A few Latin letters that begin a model number (RLX-67548)."""
    return (
        len(item.seen) <= _BRIEF_LATIN and item.seen.isascii() and _NUMBER.match(text, item.end) is not None
    )


def _embedded(text: str, hits: Hits, i: int, item: Evidence) -> bool:
    """A brief Hangul word of copies amid the syllables of another word (레플 in 카레플레이트), no other hit beside it."""
    around = text[item.start - 1 : item.start], text[item.end : item.end + 1]
    if sum(_hangul(char) for char in item.seen) > _BRIEF or not all(map(_hangul, (item.seen[0], *around))):
        return False
    same = (hits.field == hits.field[i]) & (hits.channel == hits.channel[i])
    return not bool(np.any(same & ((hits.end == hits.start[i]) | (hits.start == hits.end[i]))))


def _hangul(char: str) -> bool:
    return "가" <= char <= "힣"


def _calming(ordered: list[Evidence], name: str) -> list[Evidence]:
    if name in ("second_hand", "genuine") and len(ordered) > 1:
        return [ordered[0], _as(ordered[1], name, _SECOND)]
    return ordered[:1]


def _capped(items: list[Evidence], cap: float) -> list[Evidence]:
    kept, left = [], cap
    for item in items:
        worth = min(item.weight, left)
        if worth <= 0:
            break
        kept.append(_as(item, item.how, worth))
        left -= worth
    return kept


def _evidence(row: Row, hits: Hits, i: int, meaning: Meaning) -> Evidence:
    number = int(hits.field[i])
    span = row.span(number, int(hits.channel[i]), int(hits.start[i]), int(hits.end[i]))
    field = row.batch.kind.text[number]
    return Evidence(
        meaning.kind, meaning.name, meaning.how, meaning.weight, field, span.start, span.end, span.seen
    )


def _as(item: Evidence, how: str, weight: float) -> Evidence:
    return replace(item, how=how, weight=round(weight, 3))
