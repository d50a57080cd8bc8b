"""From hits and sightings to evidence: what counts, how much, and where it stands in the original text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mapae.contract import Hits, Row
from mapae.detect.brands.hiding import covering, hiding
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
    "lure": 0.5,
    "trappings": 0.3,
    "sham_brand": 0.15,
}
# what stands right before or behind a name that the listing says it is not
_DENIED_BEFORE = re.compile(r"(?:\b(?:not|no|isn't|never)(?: an?| the)? |非|不是|并非)$")
_DENIED_BEHIND = re.compile(
    r"^\s?(?:체크|패턴|무늬|브랜드|로고)?\s?(?:이|가|은|는|과|와)?\s?(?:아닌|아니고|아니며|아닙니다|아니에요|아님|무관)"
)
# what stands right before or behind a word of fit, provenance or papers that is not there
_ABSENT_BEFORE = re.compile(
    r"(?:\b(?:not|no|non|without|isn't|lost)[ -](?:\w+ ){0,2}|[无没未非]有?|不是|缺)$"
)
_ABSENT_BEHIND = re.compile(r"^\s?(?:은|는|이|가|도)?\s?(?:없|분실|미포함|x(?![a-z]))")
_PAPERS = frozenset(("second_hand", "genuine"))
# hints that say what they hint at where they stand right beside a brand's name
_BESIDE = frozenset(
    "clone clones fake fakes counterfeit imitation rep reps proxy proxies 카피 카피본 카피품 클론 복제 仿".split()
)
_NEARBY, _BESIDE_WORTH = 14, 0.55
_READ = 400  # characters of a description that are read for odd spellings
_SECOND = -0.35  # a second calming word of papers or provenance


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that counts. kind: brand, signal, calm, style; matched: owner or group; how: see Meaning;
    field, start, end, seen: its place in the original.
    """

    kind: str
    matched: str
    how: str
    weight: float
    field: str
    start: int
    end: int
    seen: str


def brand_evidence(
    row: Row, hits: Hits, meanings: list[Meaning], names: list[str]
) -> dict[str, list[Evidence]]:
    """Owner → where and how it is named; a name inside another's longer name is left out. names: the hits' terms."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for i, meaning in enumerate(meanings):
        if meaning.kind != "brand" or _inside(hits, i, meanings):
            continue
        item = _evidence(row, hits, i, meaning)
        if _denied(row, item):
            continue
        weight, how = meaning.weight, meaning.how
        if how in ("plain", "line", "common", "common_line") and (
            hits.channel[i] == 1 or hits.changed[i] > 0
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
    """Add what a reader of odd spellings sees in these columns to `named`."""
    for field in fields:
        folded = row.folded(field)
        for seen in read(folded.text[:_READ]):
            start, end = folded.pieces[seen.start].start, folded.pieces[seen.end - 1].end
            named.setdefault(seen.owner, []).append(
                Evidence("brand", seen.owner, seen.how, seen.weight * _NAME_FIELD.get(field, 0.5), field, start,
                         end, row.text(field)[start:end])
            )  # fmt: skip


def _denied(row: Row, item: Evidence) -> bool:
    """Whether the text says that the goods are not of the brand (버버리 체크 아닌, not Nike)."""
    return _beside_says(row, item, _DENIED_BEFORE, _DENIED_BEHIND)


def _beside_says(row: Row, item: Evidence, before: re.Pattern[str], behind: re.Pattern[str]) -> bool:
    text = row.text(item.field)
    left, right = text[max(0, item.start - 14) : item.start], text[item.end : item.end + 14]
    return bool(before.search(left.casefold()) or behind.match(right.casefold()))


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


def word_evidence(row: Row, hits: Hits, meanings: list[Meaning]) -> list[Evidence]:
    """Signals and calming words, each group up to its cap; a signal inside a calming or style phrase does not count."""
    groups: dict[tuple[str, str], dict[int, Evidence]] = defaultdict(dict)
    for i, meaning in enumerate(meanings):
        if meaning.kind == "brand" or _excused(hits, i, meanings):
            continue
        item = _evidence(row, hits, i, meaning)
        if meaning.kind == "signal" and (meaning.name == "sham_brand") != (item.field == "brand"):
            continue
        if meaning.name in _PAPERS and _beside_says(row, item, _ABSENT_BEFORE, _ABSENT_BEHIND):
            continue
        scale = _FIELD.get(item.field, 0.5) if meaning.kind == "signal" else _CALM_FIELD.get(item.field, 0.6)
        if meaning.name == "not_goods" and item.field == "description":
            scale = _OTHER_GOODS
        kept = groups[meaning.kind, meaning.name]
        entry = int(hits.entry[i])
        if entry not in kept or abs(kept[entry].weight) < abs(meaning.weight * scale):
            kept[entry] = _as(item, meaning.name, meaning.weight * scale)
    found: list[Evidence] = []
    for (kind, name), items in groups.items():
        ordered = sorted(items.values(), key=lambda item: -abs(item.weight))
        found += _capped(ordered, _CAPS[name]) if kind == "signal" else _calming(ordered, name)
    return found


def _excused(hits: Hits, i: int, meanings: list[Meaning]) -> bool:
    """A signal inside any longer phrase, a calming word inside a longer signal (book in same book)."""
    covers = {meanings[j].kind for j in covering(hits, i)} - {"brand"}
    return bool(covers) if meanings[i].kind == "signal" else "signal" in covers


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
    return Evidence(
        item.kind, item.matched, how, round(weight, 3), item.field, item.start, item.end, item.seen
    )
