"""A recall as the check holds it: names folded, codes, limits, and the words that tell its line from others."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from mapae.detect.recall_codes import fold_code, is_measure
from mapae.detect.recall_entry import Entry
from mapae.detect.recall_terms import Nouns, key_of, latin_words
from mapae.text.fold import fold_words

__all__ = ["Recall", "brands_of", "entry_of", "is_numbered", "models_of", "recall_of"]

_STOP = frozenset(
    "the and with for from sold all models model of in by without version versions series set sets pack new brand "
    "branded only limited listed serial numbers number produced before prior to certain various inch inches ounce oz "
    "size sizes color colors type electric portable year select original made manufactured use used including "
    "includes other product products kit kits also known as on or a an at prior september october lbs lb pound pounds "
    "themed styled style styles percent therapeutic grade series commercial pure natural organic "
    "frame framesets frameset through "
    "watt watts mah qt quart quarts gallon gallons years device devices".split()
)
_WITH = re.compile(r"\s(?:with|sold|for|included|containing|that|used (?:in|on)|installed in)\s")
_SHOP = re.compile(r"[BX]0[A-Z0-9]{8}|[A-Z0-9]{2}-[A-Z0-9]{4}-[A-Z0-9]{4}")
_COUNTED = [
    [unit]
    for unit in "watt watts volt volts w mg ml pound pounds lb pint qt quart amp density degree mm cc".split()
]
_BROAD = ("toy", "workbench", "jewelry", "ampoule", "bedroom furniture")  # kinds that say little of the goods
_OLD = 12  # years after which hardly a recalled article is still sold
_SPLIT = re.compile(r",| and | or |/|;")


@dataclass(frozen=True)
class Recall:
    """One recall. lines: for each product named, the distinctive words of its name; models: folded; scope as listed."""

    id: str
    day: str
    title: str
    brands: tuple[str, ...]
    models: frozenset[str]
    shown: dict[str, str]
    gtins: frozenset[str]
    kinds: frozenset[int]
    kin: frozenset[int]
    lines: tuple[tuple[str, ...], ...]
    proper: frozenset[str] | None
    words: frozenset[str]
    printed: tuple[str, ...]
    bare: bool
    named: str
    scope: dict[str, Any]
    hazard: str
    remedy: str
    url: str
    old: bool

    @cached_property
    def coded(self) -> bool:
        """Whether the notice names models that stand on the goods and hold a digit."""
        return any(map(is_numbered, self.shown.values()))

    @cached_property
    def stocked(self) -> bool:
        """Whether its models are long numbers of stock or style, which sellers hardly tell."""
        coded = [code for code in self.shown.values() if is_numbered(code)]
        return bool(coded) and all(
            len(code) >= (6 if code.isdigit() else 8) for code in map(fold_code, coded)
        )

    @cached_property
    def own_name(self) -> str:
        """The first brand, where the product is named by it (`Kingsbury` of a fan that its shop brand sells)."""
        first = key_of(self.brands[0]) if len(self.brands) > 1 else ""
        return first if first and first in key_of(self.named) else ""

    @cached_property
    def variants(self) -> frozenset[str]:
        """Models that the notice lists bare and with a suffix (P1411, P1411P): with another suffix it is another model."""
        return frozenset(
            model
            for model in self.models
            if len(model) >= 4
            and not model.isalpha()
            and any(
                other != model and other.startswith(model) and len(other) <= len(model) + 3
                for other in self.models
            )
        )

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """The models, the longest first: the one that says most is the one that is shown."""
        return tuple(sorted(self.models, key=lambda model: (-len(model), model)))


def recall_of(row: dict[str, Any], nouns: Nouns, as_of: date) -> Recall:
    """A row of the list `recalls` as the check holds it; old where it was more than _OLD years ago."""
    scope = json.loads(row["scope"] or "{}")
    products = [str(name) for name in row["products"] or ()] or [str(row["title"] or "")]
    kinds = kinds_of(row, nouns)
    proper = frozenset(map(fold_words, scope["name"])) if "name" in scope else None
    brands = brands_of(row, nouns)
    others = _others(products, brands)
    models = models_of(row, brands)
    phrases = [
        *scope.get("printed", ()),
        *(() if brands else (name for name in products if len(latin_words(name)) > 2)),
    ]
    return Recall(
        id=row["id"],
        day=row["date"] or "",
        title=str(row["title"] or products[0]),
        brands=brands,
        models=frozenset(map(fold_code, models)),
        shown={fold_code(code): code for code in models},
        gtins=frozenset(str(code) for code in row["gtins"] or ()),
        kinds=frozenset(kinds),
        kin=frozenset(near for kind in kinds for near in nouns.kin.get(kind, ())),
        lines=_lines(products, brands, nouns),
        proper=proper,
        words=frozenset(str(word) for word in row["keywords"] or ()),
        printed=tuple(key for text in phrases if len(key := key_of(text)) >= 8 and not _told(text, brands)),
        bare=any(_is_bare(part, brands, nouns, others) for name in products for part in _SPLIT.split(name)),
        named=fold_words(" ".join(products)),
        scope=scope,
        hazard=row["hazard"] or "other",
        remedy=row["remedy"] or "",
        url=row["url"] or "",
        old=bool(row["date"]) and str(row["date"]) < f"{as_of.year - _OLD}-{as_of.month:02d}-{as_of.day:02d}",
    )


def kinds_of(row: dict[str, Any], nouns: Nouns) -> list[int]:
    """Kinds of goods that the product names, failing them the title, and then what is printed on the goods, name."""
    scope = row["scope"] or "{}"
    brands = list(brands_of(row, nouns))
    for texts in (row["products"] or (), [row["title"] or ""], json.loads(scope).get("printed", ())):
        found = [
            kind
            for text in texts
            for part in _SPLIT.split(_bare(str(text), brands))
            for kind in _head_kinds(part, nouns)
        ]
        if not found:
            found = [kind for text in texts for kind in nouns.of(str(text))]
        if found:
            return list(dict.fromkeys(found))
    return []


def _head_kinds(text: str, nouns: Nouns) -> list[int]:
    """The last kind named, and the one before it where the last only says `toy` or `kit`."""
    found = nouns.of(text)
    broad = found[-1:] and nouns.names[found[-1]] in _BROAD
    return found[-2:] if broad else found[-1:]


def _bare(text: str, brands: list[str]) -> str:
    """A product name without its brands and without what it is sold with."""
    head = _WITH.split(text)[0]
    low = head.casefold()
    for brand in sorted(brands, key=len, reverse=True):
        name = brand.casefold()
        at = low.find(name)
        if at >= 0 and not low[at + len(name) : at + len(name) + 1].isalnum() and len(low) == len(head):
            head = f"{head[:at]} {head[at + len(name) :]}"
            low = head.casefold()
    return head if head.strip(" '-") else text


def _lines(products: list[str], brands: tuple[str, ...], nouns: Nouns) -> tuple[tuple[str, ...], ...]:
    """Distinctive words of each product name: no brand, no word of goods, no word without meaning."""
    named = set(latin_words(_maker(brands)))
    others = _others(products, brands)
    found: list[tuple[str, ...]] = []
    for product in products:
        goods = _goods(product, nouns)
        told = False
        for part in _SPLIT.split(product):
            series = _series(part, named, told)
            told = told or bool(series)
            words = [
                w
                for w in latin_words(part)
                if w in series or (_telling(w) and w not in named and w not in goods)
            ]
            if words and tuple(words) not in found and not set(words) <= others:
                found.append(tuple(words))
    return tuple(found)


def _others(products: list[str], brands: tuple[str, ...]) -> set[str]:
    """Words of further brands that a product name lists (`Gunugu` of `EVLWZL and Gunugu Mattresses`)."""
    maker = latin_words(_maker(brands))
    found: set[str] = set()
    for product in products:
        first, *parts = map(latin_words, _SPLIT.split(product))
        for brand in brands if first == maker else ():
            name = latin_words(brand)
            found |= {word for part in parts for word in name if name and part[: len(name)] == name}
    return found


def _series(part: str, named: set[str], told: bool = False) -> set[str]:
    """Numbers by which a maker tells a series (`535` of `Anker 535 Power Banks`).

    They stand right behind the name, or are all of the part, or, where a part before told one, at its head.
    """
    words = latin_words(part)
    found = set()
    for at, word in enumerate(words):
        alone = all(other.isdigit() for other in words)
        headed = words[at - 1] in named if at > 0 else told
        behind = headed and words[at + 1 : at + 2] not in _COUNTED
        if (
            re.fullmatch(r"[1-9]\d{2,3}", word)
            and not re.fullmatch(r"(?:19|20)\d\d", word)
            and (alone or behind)
        ):
            found.add(word)
    return found


def _telling(word: str) -> bool:
    """No word without meaning, no lone letter, number or measure."""
    return len(word) > 1 and word not in _STOP and not word.isdigit() and not is_measure(word)


def _maker(brands: tuple[str, ...]) -> str:
    """The first brand, or the shorter one that it begins with (`Apollo` of `Apollo Phantom`)."""
    if not brands:
        return ""
    heads = [name for name in brands if brands[0].casefold().startswith(f"{name.casefold()} ")]
    return min(heads, key=len, default=brands[0])


def _told(text: str, brands: tuple[str, ...]) -> bool:
    """A printed text that is no more than a brand's name or a heading."""
    key = key_of(text)
    return any(key in key_of(brand) or key_of(brand) == key for brand in brands) or len(latin_words(text)) < 2


@lru_cache(maxsize=4096)
def _plain_goods(key: str) -> tuple[str, ...]:
    return tuple(latin_words(key))


def _goods(product: str, nouns: Nouns) -> set[str]:
    folded = " ".join(latin_words(product))
    return {word for _, start, end in nouns.find(folded) for word in _plain_goods(folded[start:end])}


def entry_of(row: dict[str, Any], nouns: Nouns, more: dict[str, tuple[str, ...]]) -> Entry:
    """What the index looks for; `more` are other spellings of a brand by its key."""
    brands = brands_of(row, nouns)
    spelled = tuple(name for brand in brands for name in more.get(key_of(brand), ()))
    scope = json.loads(row["scope"] or "{}")
    names = _words([*map(str, row["products"] or ()), *map(str, scope.get("printed", ()))])
    words = tuple(dict.fromkeys((*names, *_words([" ".join(map(str, row["keywords"] or ()))]))))
    lots = [
        code for code in scope.get("codes", ()) if len(fold_code(code)) >= 7 and not fold_code(code).isdigit()
    ]
    models = models_of(row, brands)
    limited = any(is_numbered(code) and not any(c.islower() for c in code) for code in models)
    plus = [code.replace("+", "plus") for code in models if "+" in code]
    return Entry(
        (*brands, *spelled),
        (*models, *plus, *lots),
        words,
        names,
        tuple(kinds_of(row, nouns)),
        limited and not scope.get("all"),
        _proper_lines(row, brands, scope, nouns),
        any(map(is_numbered, models)) and not scope.get("all"),
    )


def _proper_lines(
    row: dict[str, Any], brands: tuple[str, ...], scope: dict[str, Any], nouns: Nouns
) -> tuple[tuple[str, ...], ...]:
    """For each product its proper words; empty where one product has none."""
    products = [str(name) for name in row["products"] or ()]
    others = _others(products, brands)
    if "name" not in scope or any(
        _is_bare(p, brands, nouns, others) for name in products for p in _SPLIT.split(name)
    ):
        return ()
    lines = _lines(products, brands, nouns)
    proper = tuple(tuple(w for w in line if len(w) >= 3 and w in scope["name"]) for line in lines)
    return proper if all(proper) else ()


def _words(texts: list[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(w for text in texts for w in latin_words(text) if len(w) >= 3 and w not in _STOP)
    )


def brands_of(row: dict[str, Any], nouns: Nouns) -> tuple[str, ...]:
    """Brands of a row, without later ones that are words of goods only."""
    names = [str(name) for name in row["brands"] or ()]
    if len(names) > 1:
        names = [name for name in names if not _of_goods(name, row, nouns)] or names
    return tuple(
        name
        for at, name in enumerate(names)
        if (not at and (len(names) == 1 or not name.endswith("s")))
        or not all(key_of(word) in nouns.words for word in latin_words(name))
    )


def _of_goods(name: str, row: dict[str, Any], nouns: Nouns) -> bool:
    """Whether a name is the beginning of a longer word of goods in a product name (`Beard` of `Beard Growth Serum`)."""
    for product in row["products"] or ():
        folded = fold_words(str(product))
        at = folded.find(fold_words(name))
        for _, start, end in nouns.find(folded) if at >= 0 else ():
            if start <= at and at + len(name) < end - 1:
                return True
    return False


def _is_bare(part: str, brands: tuple[str, ...], nouns: Nouns, others: set[str]) -> bool:
    """A part of a product name that is a brand and goods and nothing else; others: words of further brands."""
    named = set(latin_words(_maker(brands))) | others
    whole = bool(nouns.of(part)) and (not brands or not named.isdisjoint(latin_words(part)))
    rest = [word for word in _rest(part, brands, nouns) if word not in others]
    return whole and not _series(part, named) and not any(map(_telling, rest))


def is_numbered(code: str) -> bool:
    """A model with a digit; a shop's own number (of Amazon: article, stock, seller's stock) stands on no goods."""
    return any(char.isdigit() for char in code) and not _SHOP.fullmatch(code)


def models_of(row: dict[str, Any], brands: tuple[str, ...]) -> list[str]:
    """Model codes of a row, without names of its brands (Step2)."""
    taken = {key_of(brand) for brand in brands}
    return [
        str(code) for code in row["models"] or () if len(fold_code(code)) >= 2 and key_of(code) not in taken
    ]


def _rest(product: str, brands: tuple[str, ...], nouns: Nouns) -> list[str]:
    """Words of a product name that are neither brand nor goods."""
    named, goods = set(latin_words(_maker(brands))), _goods(product, nouns)
    return [word for word in latin_words(product) if word not in named and word not in goods]
