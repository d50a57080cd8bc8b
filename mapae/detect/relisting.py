"""Finds what was taken down and is for sale again under another id, seller or platform: by text, model, number, picture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from mapae.detect.linking.units import numbers_of, units_of
from mapae.model.finding import Reason
from mapae.text.fold import fold_text

__all__ = [
    "Goods",
    "Likeness",
    "RelistingIndex",
    "alike_bits",
    "likeness",
    "picture_bits",
    "same_picture",
    "title_likeness",
]

_CODE = re.compile(
    r"(?<![a-z0-9])(?=[a-z0-9\-/.]*\d)(?=[a-z0-9\-/.]*[a-z])[a-z0-9][a-z0-9\-/.]{2,28}[a-z0-9](?![a-z0-9])"
)
_MEASURE = re.compile(r"\d[\d.x\-/]*[a-z]{1,4}|[a-z]{1,2}\d|v\d+|\d+x\d+[a-z]*")  # 100ml, 2x3cm: no model
_DIGITS = re.compile(
    r"(?<![\d.-])(?!(?:19|20)\d\d-)(?=[\d-]{6})\d{2,5}-\d{2,5}(?![\d.-])"
)  # 688-59; no years, no 12-24
_CHECKED = 24  # candidates that are compared in full
_GTIN = re.compile(r"\d{8}|\d{12,14}")


@dataclass(frozen=True)
class Goods:
    """What is compared of a listing. gtin, image_hash, reference: empty where unknown; price: in `currency`."""

    title: str
    description: str = ""
    brand: str = ""
    model: str = ""
    gtin: str = ""
    price: float | None = None
    currency: str = ""
    image_hash: str = ""
    seller: str = ""
    reference: str = ""

    @classmethod
    def of(cls, record: Mapping[str, Any], *, seller: str = "", reference: str = "") -> Goods:
        """From a listing's record (mapae.model.records); adverts and posts by their own words."""
        title = record.get("title") or record.get("headline") or str(record.get("text") or "")[:200]
        price = record.get("price")
        texts = {name: str(record.get(name) or "") for name in ("description", "brand", "model", "currency")}
        return cls(
            title=str(title),
            price=float(price) if isinstance(price, int | float) and price > 0 else None,
            gtin=_gtin(str(record.get("gtin") or "")),
            image_hash=str(record.get("image_hash") or ""),
            seller=seller or str(record.get("seller_id") or ""),
            reference=reference,
            **texts,
        )

    @cached_property
    def folded(self) -> str:
        """The title as it is compared."""
        return fold_text(self.title).text

    @cached_property
    def units(self) -> Counter[int]:
        """Letter runs of the title."""
        return Counter(units_of(self.folded))

    @cached_property
    def words(self) -> Counter[int]:
        """Letter runs of the description."""
        return Counter(units_of(fold_text(self.description[:1200]).text))

    @cached_property
    def codes(self) -> frozenset[str]:
        """The model, and what looks like one in the title, without signs."""
        found = {
            _plain(match[0]) for match in _CODE.finditer(self.folded) if not _MEASURE.fullmatch(match[0])
        }
        found |= {_plain(match[0]) for match in _DIGITS.finditer(self.folded)}
        return frozenset(code for code in found | {_plain(fold_text(self.model).text)} if len(code) >= 3)

    @cached_property
    def everything(self) -> str:
        """Title, model and description without signs, for a code to be looked up in."""
        return _plain(fold_text(f"{self.title} {self.model} {self.description[:1500]}").text)

    @cached_property
    def numbers(self) -> frozenset[int]:
        """Numbers of the title."""
        return frozenset(numbers_of(self.folded))


@dataclass(frozen=True)
class Likeness:
    """How surely both are one product, 0–1, and why; spans lie in the new listing's fields."""

    score: float
    reasons: tuple[Reason, ...]

    @property
    def relisted(self) -> bool:
        """Whether it counts as the same product."""
        return self.score >= float(_weights()["least"])


class RelistingIndex:
    """Goods that were taken down, so arranged that a new listing is compared with few of them."""

    def __init__(self, goods: Sequence[Goods]) -> None:
        self.goods = goods
        self._by_code: dict[str, list[int]] = {}
        postings: dict[int, list[int]] = {}
        for at, each in enumerate(goods):
            for code in {*each.codes, *filter(None, (each.gtin,))}:
                self._by_code.setdefault(code, []).append(at)
            for unit in each.units:
                postings.setdefault(unit, []).append(at)
        self._postings = {unit: np.asarray(rows, np.int64) for unit, rows in postings.items()}
        self._lengths = np.asarray([max(1.0, sqrt(len(each.units))) for each in goods])
        hashed = [
            (at, bits) for at, each in enumerate(goods) if (bits := picture_bits(each.image_hash)) is not None
        ]
        self._hashed = [at for at, _ in hashed]
        self._hashes = np.stack([bits for _, bits in hashed]) if hashed else None

    def matches(self, new: Goods) -> list[tuple[int, Likeness]]:
        """(place in `goods`, likeness) of every one that the new listing counts as, the likest first."""
        found = ((at, likeness(self.goods[at], new)) for at in self._candidates(new))
        kept = [(at, like) for at, like in found if like.relisted]
        return sorted(kept, key=lambda pair: (-pair[1].score, pair[0]))

    def closest(self, new: Goods) -> float:
        """The likeness (0–1) of the likest one, whether or not it counts as the same."""
        return max((likeness(self.goods[at], new).score for at in self._candidates(new)), default=0.0)

    @property
    def pictured(self) -> bool:
        """Whether any of the goods has a picture to compare with."""
        return self._hashes is not None

    def _candidates(self, new: Goods) -> list[int]:
        chosen = dict.fromkeys(at for code in (*new.codes, new.gtin) for at in self._by_code.get(code, ()))
        if (bits := picture_bits(new.image_hash)) is not None and self._hashes is not None:
            apart = (self._hashes ^ bits).sum(1)
            chosen |= dict.fromkeys(self._hashed[at] for at in np.flatnonzero(apart <= _weights()["alike"]))
        rows = [self._postings[unit] for unit in new.units if unit in self._postings]
        if rows:
            shared = np.bincount(np.concatenate(rows), minlength=len(self.goods)) / self._lengths
            best = np.argsort(-shared, kind="stable")[:_CHECKED]
            chosen |= dict.fromkeys(int(at) for at in best if shared[at] > 0)
        return list(chosen)


def likeness(old: Goods, new: Goods) -> Likeness:
    """How surely `new` is the product that `old` was; no reason, no likeness."""
    weights, reasons = _weights(), list(_reasons(old, new))
    against = 1.0
    if old.gtin and new.gtin and old.gtin != new.gtin:
        against *= weights["against"]["gtin"]
    if old.model and new.model and not _same_model(old, new):
        against *= weights["against"]["model"]
    if old.numbers - new.numbers and new.numbers - old.numbers:
        against *= weights["against"]["numbers"]
    doubt = 1.0
    for reason in reasons:
        doubt *= 1 - reason.score
    return Likeness(round((1 - doubt) * against, 4), tuple(reasons))


def same_picture(one: str, two: str) -> bool:
    """Whether two PDQ hashes (64 hex digits) are of one picture; never where one is blank."""
    mine, theirs = picture_bits(one), picture_bits(two)
    return mine is not None and theirs is not None and int((mine ^ theirs).sum()) <= _weights()["near"]


def title_likeness(old: str, new: str) -> float:
    """0–1: how much two titles have in common, whatever their script, order and disguise."""
    return _cosine(Goods(old).units, Goods(new).units)


def _reasons(old: Goods, new: Goods) -> Iterator[Reason]:
    weights = _weights()["for"]
    if old.gtin and old.gtin == new.gtin:
        yield Reason("gtin", 0, len(new.gtin), new.gtin, old.gtin, "the same article number", weights["gtin"])
    yield from _pictures(old, new)
    yield from _texts(old, new)
    brand = _plain(fold_text(old.brand).text)
    if brand and brand == _plain(fold_text(new.brand).text):
        yield Reason("brand", 0, len(new.brand), new.brand, old.brand, "the same brand", weights["brand"])
    if old.reference and old.reference == new.reference and not _broad(old.reference):
        yield Reason("", 0, 0, "", old.reference, "found under the same notice", weights["reference"])
    if old.seller and old.seller == new.seller:
        yield Reason(
            "seller_id", 0, len(new.seller), new.seller, old.seller, "the same seller", weights["seller"]
        )
    if old.price and new.price and old.currency == new.currency and 0.8 <= new.price / old.price <= 1.25:
        yield Reason("price", 0, 0, "", f"{old.price:g}", "nearly the same price", weights["price"])


def _pictures(old: Goods, new: Goods) -> Iterator[Reason]:
    rows, mine, theirs = _weights(), picture_bits(old.image_hash), picture_bits(new.image_hash)
    if mine is None or theirs is None:
        return
    apart = int((mine ^ theirs).sum())
    if apart <= rows["alike"]:
        weight = rows["for"]["picture" if apart <= rows["near"] else "picture_alike"]
        detail = f"pictures {apart} of 256 bits apart"
        yield Reason("image_hash", 0, len(new.image_hash), new.image_hash, old.image_hash, detail, weight)


def _texts(old: Goods, new: Goods) -> Iterator[Reason]:
    rows = _weights()
    for code in sorted(_shared_codes(old, new), key=lambda text: (-len(text), text))[:1]:
        field, start, end = _place(code, new)
        seen = str(getattr(new, field))[start:end]
        yield Reason(field, start, end, seen, code, "the same model", rows["for"]["model"])
    alike = _cosine(old.units, new.units)
    if (weight := _rising(alike, rows["title_least"]) * rows["for"]["title"]) > 0:
        detail = f"titles alike to {alike:.0%}"
        yield Reason("title", 0, len(new.title), new.title, old.title, detail, round(weight, 4))
    alike = _cosine(old.words, new.words) if min(len(old.words), len(new.words)) >= 20 else 0.0
    if (weight := _rising(alike, rows["description_least"]) * rows["for"]["description"]) > 0:
        detail = f"descriptions alike to {alike:.0%}"
        shown = new.description[:200]
        yield Reason("description", 0, len(shown), shown, old.description[:200], detail, round(weight, 4))


def _shared_codes(old: Goods, new: Goods) -> set[str]:
    """Codes of both, and long ones of one that stand in the other's words."""
    found = set(old.codes & new.codes)
    found |= {code for code in old.codes if _stands(code, new)}
    return found | {code for code in new.codes if _stands(code, old)}


def _stands(code: str, goods: Goods) -> bool:
    """Whether a long code stands in the words; one of digits only as a number of its own (`688-59`, not in `1368859`)."""
    if len(code) < 5 or code not in goods.everything:
        return False
    if not code.isdigit():
        return True
    words = fold_text(f"{goods.title} {goods.model} {goods.description[:4000]}").text
    return re.search(r"(?<!\d)" + r"[-/. ]?".join(code) + r"(?!\d)", words) is not None


def _same_model(old: Goods, new: Goods) -> bool:
    mine, theirs = _plain(fold_text(old.model).text), _plain(fold_text(new.model).text)
    return bool(mine and theirs) and (mine in new.everything or theirs in old.everything)


def _place(code: str, goods: Goods) -> tuple[str, int, int]:
    """Field and span of the code in the original text; the model's whole field where it stands in none."""
    for field in ("title", "model", "description"):
        whole = fold_text(str(getattr(goods, field))[:4000])
        kept = [at for at, char in enumerate(whole.text) if char.isalnum()]
        at = "".join(whole.text[place] for place in kept).find(code)
        if at >= 0:
            return field, whole.pieces[kept[at]].start, whole.pieces[kept[at + len(code) - 1]].end
    return "model", 0, len(goods.model)


def _cosine(one: Mapping[int, int], two: Mapping[int, int]) -> float:
    """Of the sets of runs: how often a word is repeated says nothing here."""
    if not one or not two:
        return 0.0
    return len(one.keys() & two.keys()) / sqrt(len(one) * len(two))


def _rising(value: float, least: float) -> float:
    return max(0.0, (value - least) / (1 - least))


def _plain(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _gtin(text: str) -> str:
    """Digits of an article number without leading zeros; empty where it is none."""
    digits = "".join(char for char in text if char.isdigit())
    return digits.lstrip("0") if _GTIN.fullmatch(digits) else ""


def _broad(reference: str) -> bool:
    return reference.partition(":")[0] in _weights()["broad"]


def alike_bits() -> int:
    """How many of 256 bits two pictures may be apart to be alike."""
    return int(_weights()["alike"])


def picture_bits(image_hash: str) -> npt.NDArray[np.uint8] | None:
    """The 256 bits of a PDQ hash; None for no hash and for blank pictures."""
    try:
        found = np.unpackbits(np.frombuffer(bytes.fromhex(image_hash), np.uint8))
    except ValueError:
        return None
    return found if len(found) == 256 and 8 <= int(found.sum()) <= 248 else None


@cache
def _weights() -> Any:
    text = files("mapae.detect").joinpath("relisting.yaml").read_text("utf-8")
    return yaml.safe_load(text)
