"""Weighs what a listing says: hidden names, words of copies, price, and what calms; additive, every part a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Jaro

from mapae.contract import Hits, Row
from mapae.detect.brands.price import Prices, PriceVerdict
from mapae.detect.brands.reader import NameReader
from mapae.detect.brands.vocabulary import Brand, Vocabulary
from mapae.measures.counterfeits.evidence import (
    Evidence,
    beside,
    brand_evidence,
    read_evidence,
    word_evidence,
)

__all__ = ["THRESHOLD", "Verdict", "Weigher"]

THRESHOLD = 1.0
_SURE = 0.8  # worth from which a name is hidden on purpose
_FIRM = ("plain", "slang")
_GRADED = ("grade", "mark_option")
_SOFT, _WITH_PAPERS = ("copying", "hint"), 0.4  # who has papers may speak of codes, serials and tags as well
_ALIKE = 0.85  # likeness from which a brand column that is not the name stands for it
_MAKER, _MAKER_WORTH = "maker", -0.5  # the brand column names somebody; it calms where that is not the owner
# who hides a name does not state fit or sell his own used bag: what is left of a calming group then
_DOUBTED = {
    "compatible": 0.25,
    "second_hand": 0.3,
    "genuine": 0.4,
    "style": 0.2,
    "own_words": 0.5,
    _MAKER: 0.3,
}
# words of copies beside a name that is only a common word: one sign is not enough, several are
_COMMON_CAP, _MANY, _MANY_CAP = 0.8, 1.5, 1.1
_BENT = 0.5
_OF_OTHERS = 0.15  # what is left of words of copies in a sentence about those that others sell
_TOO_CHEAP = 0.2  # share of the genuine price below which no such sentence is believed
_TOLD = 0.6  # a misspelt or slang name beside a line of the same maker


@dataclass(frozen=True, slots=True)
class Verdict:
    """The brand, the score (≥ THRESHOLD: a fake), the evidence for it, and the price's part."""

    brand: str
    score: float
    evidence: tuple[Evidence, ...]
    price: PriceVerdict
    hidden: float


@dataclass(frozen=True)
class Weigher:
    """Weighs rows with the vocabulary, the readers of odd spellings, and the prices."""

    vocabulary: Vocabulary
    reader: NameReader
    prices: Prices

    def weigh(self, row: Row, hits: Hits) -> Verdict | None:
        """The likeliest brand and its score; None where no brand is named in any way."""
        meanings = [self.vocabulary.meanings[entry] for entry in hits.entry]
        saying = self.vocabulary.saying
        words = word_evidence(row, hits, meanings, saying)
        named = brand_evidence(
            row, hits, meanings, [self.vocabulary.terms[entry].text for entry in hits.entry], saying
        )
        if (maker := row.text("brand")).strip() and not any(item.how == "sham_brand" for item in words):
            words.append(Evidence("calm", _MAKER, _MAKER, _MAKER_WORTH, "brand", 0, len(maker), maker))
        read_evidence(row, self.reader.odd, named, ("title", "brand"))
        record = {name: row[name] for name in ("price", "genuine_price", "currency")}
        if not _firm(named) and (_speaks(words) or self.prices.far(record)):
            read_evidence(row, self.reader.near, named, ("title",))
        text = f"{row.folded('title').text} {row.folded('category').text} "
        verdicts = [self._score(owner, items, words, record, text) for owner, items in named.items()]
        return max(verdicts, key=_likeliest, default=None)

    def _score(
        self, owner: str, items: list[Evidence], words: list[Evidence], record: dict[str, Any], text: str
    ) -> Verdict:
        brand = self.vocabulary.brands.get(owner) or Brand(owner, False, (), ())
        hidden = max(item.weight for item in items)
        if hidden < _SURE and (_plainly(items) or (_named(items) and _only_marks(items))):
            hidden = 0.0  # who also writes the name as it is hides nothing
        elif 0 < hidden < _SURE and _told(items) and not _only_marks(items):
            hidden += _TOLD
        lined = _plainly(items) and any(item.how == "line" and item.field == "title" for item in items)
        price = self.prices.judge(record, brand, text, sole=not _common(items), lined=lined)
        words = self._meant(owner, items, words, price, hidden)
        if hidden < _SURE and any(item.kind == "style" for item in words):
            price = price.less(0.3)  # the house's look without its mark costs what it costs
        spoken = sum(item.weight for item in words if item.weight > 0) + beside(items, words)
        if hidden == 0.0 and spoken < _BENT and all(item.field == "description" for item in items):
            price = price.less(0.5)  # a name that only the description drops need not be the article's
        calm = _calm(words, hidden, spoken, price, marked=_marked(items))
        if hidden == 0.0 and not _told(items) and _common(items):
            if spoken < _BENT:
                price = price.less(0.5)
            graded = any(item.how in _GRADED and item.field == "title" for item in words)
            spoken = min(spoken, _MANY_CAP if graded or spoken >= _MANY else _COMMON_CAP)
        if price.weight < 0 and (hidden >= _BENT or spoken >= 1.0):
            price = price.less(0.0)  # a fair price does not excuse a hidden name
        score = round(hidden + spoken + calm + price.weight, 3)
        speaking = tuple(item for item in words if item.weight > 0)
        return Verdict(owner, score, (*items, *speaking), price, hidden)

    def _meant(
        self,
        owner: str,
        items: list[Evidence],
        words: list[Evidence],
        price: PriceVerdict,
        hidden: float,
    ) -> list[Evidence]:
        """The words less the owner's own names, and less talk of others' copies beside honest words and a fair price."""
        own = self.vocabulary.own_words.get(owner, frozenset())
        kept = [
            item
            for item in words
            if not (item.weight > 0 and item.seen.casefold() in own)
            and not (item.how == _MAKER and _made_by(item.seen, owner, items))
        ]
        honest = price.weight < 0 or any(item.weight < 0 for item in kept)
        if not honest or hidden >= _SURE or (price.weight > 0 and price.ratio < _TOO_CHEAP):
            return kept
        share = _WITH_PAPERS if _papered(kept) and price.ratio >= _TOO_CHEAP else 1.0
        return [
            item.less(_OF_OTHERS if item.others else share) if item.how in _SOFT or item.others else item
            for item in kept
        ]


def _calm(words: list[Evidence], hidden: float, spoken: float, price: PriceVerdict, *, marked: bool) -> float:
    """What honest words take away: less where the name is hidden on purpose or the price is a fraction of the genuine.

    marked: the house's mark is named, so that its style alone excuses nothing.
    """
    doubted = hidden >= _SURE or spoken >= 1.0
    total = 0.0
    for item in words:
        if item.weight >= 0 or (marked and item.how == "style"):
            continue
        share = _DOUBTED.get(item.how, 1.0) if doubted else 1.0
        if item.how in ("second_hand", "genuine") and 0 < price.ratio < 0.25:
            share = min(share, 0.3)
        total += item.weight * share
    return total


def _likeliest(found: Verdict) -> tuple[bool, bool, bool, float, float]:
    """Fakes first, brands named by more than a common word, named and not guessed, then by score."""
    named = [item for item in found.evidence if item.kind == "brand"]
    guessed = all(item.how == "misspelt" for item in named)
    return found.score >= THRESHOLD, not _common(named), not guessed, found.score, _strength(found.evidence)


def _papered(words: list[Evidence]) -> bool:
    """Whether two honest words of use or provenance stand there and none of grades or marks on request."""
    honest = sum(item.how in ("second_hand", "genuine") for item in words)
    return honest >= 2 and not any(
        item.how in (*_GRADED, "hidden_deal") and not item.others for item in words
    )


def _made_by(maker: str, owner: str, items: list[Evidence]) -> bool:
    """Whether the brand column says the owner's name, or all but says it (ADIDOS)."""
    names = (owner, *(item.seen for item in items))
    return any(item.field == "brand" for item in items) or any(
        Jaro.normalized_similarity(maker.casefold(), name.casefold()) >= _ALIKE for name in names
    )


def _speaks(words: list[Evidence]) -> bool:
    return sum(item.weight for item in words if item.weight > 0 and item.how != "lure") >= 0.5


def _firm(named: dict[str, list[Evidence]]) -> bool:
    """Some brand is named well enough that no near name is looked for."""
    for items in named.values():
        here = [item for item in items if item.field in ("title", "brand")]
        if any(item.how in _FIRM or item.weight >= _BENT for item in here):
            return True
        if any(item.how == "common" for item in here) and _told(here):
            return True
    return False


def _common(items: list[Evidence]) -> bool:
    return all(item.how.startswith("common") for item in items)


def _plainly(items: list[Evidence]) -> bool:
    return any(item.how == "plain" and item.field in ("title", "brand") for item in items)


def _named(items: list[Evidence]) -> bool:
    return any(item.how != "mark" for item in items)


def _only_marks(items: list[Evidence]) -> bool:
    """Whether nothing but a mark told in words hides the name."""
    return all(item.how == "mark" for item in items if item.weight > 0)


def _told(items: list[Evidence]) -> bool:
    """A common word or a bent name counts as the brand where a line, a second name, or the brand column says it too."""
    if any(item.field == "brand" and not item.how.endswith("line") for item in items):
        return True
    said = {(item.how.endswith("line"), item.seen.casefold()) for item in items}
    return len(said) > 1 and not all(line for line, _ in said)


def _marked(items: list[Evidence]) -> bool:
    return any("logo" in item.seen.casefold() or "로고" in item.seen for item in items)


def _strength(evidence: tuple[Evidence, ...]) -> float:
    """Breaks ties between brands: title before text, names before lines, longer before shorter."""
    worth = 0.0
    for item in evidence:
        if item.kind == "brand":
            place = {"title": 2.0, "brand": 2.5}.get(item.field, 1.0)
            place *= 0.5 if item.how.endswith("line") else 1.0
            worth += place + (item.end - item.start) / 50
    return worth
