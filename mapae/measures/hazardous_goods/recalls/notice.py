"""A recall as the check holds it: names folded, codes, limits, and the words that tell its line from others."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mapae.detect.recall_codes import fold_code
from mapae.detect.recall_index import Entry
from mapae.detect.recall_terms import Nouns, key_of, latin_words

__all__ = ["Recall", "entry_of", "recall_of"]

_STOP = frozenset(
    "the and with for from sold all models model of in by without version versions series set sets pack new brand branded only "
    "limited listed serial numbers number produced before prior to certain various inch inches ounce oz size sizes color colors "
    "type electric portable year select original made manufactured use used including includes other product products kit kits "
    "also known as on or a an at prior september october".split()
)
_SPLIT = re.compile(r",| and | or |/|;")


@dataclass(frozen=True)
class Recall:
    """One recall. lines: for each product named, the distinctive words of its name; models, codes: folded; scope as listed."""

    id: str
    date: str
    title: str
    brands: tuple[str, ...]
    models: frozenset[str]
    shown: dict[str, str]
    gtins: frozenset[str]
    kinds: frozenset[int]
    kin: frozenset[int]
    lines: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    printed: tuple[str, ...]
    scope: dict[str, Any]
    hazard: str
    remedy: str
    url: str


def recall_of(row: dict[str, Any], nouns: Nouns) -> Recall:
    """A row of the list `recalls` as the check holds it."""
    scope = json.loads(row["scope"] or "{}")
    products = [str(name) for name in row["products"] or ()] or [str(row["title"] or "")]
    kinds = kinds_of(row, nouns)
    models = [code for code in row["models"] or () if len(fold_code(code)) >= 2]
    brands = tuple(str(name) for name in row["brands"] or ())
    return Recall(
        id=row["id"],
        date=row["date"] or "",
        title=str(row["title"] or products[0]),
        brands=brands,
        models=frozenset(map(fold_code, models)),
        shown={fold_code(code): code for code in models},
        gtins=frozenset(str(code) for code in row["gtins"] or ()),
        kinds=frozenset(kinds),
        kin=frozenset(near for kind in kinds for near in nouns.kin.get(kind, ())),
        lines=_lines(products, brands, nouns),
        words=frozenset(str(word) for word in row["keywords"] or ()),
        printed=tuple(key for text in scope.get("printed", ()) if len(key := key_of(text)) >= 8),
        scope=scope,
        hazard=row["hazard"] or "other",
        remedy=row["remedy"] or "",
        url=row["url"] or "",
    )


def kinds_of(row: dict[str, Any], nouns: Nouns) -> list[int]:
    """Kinds of goods that the product names, failing them the title, and then what is printed on the goods, name."""
    scope = row["scope"] or "{}"
    for texts in (row["products"] or (), [row["title"] or ""], json.loads(scope).get("printed", ())):
        found = [kind for text in texts for kind in nouns.of(str(text))]
        if found:
            return list(dict.fromkeys(found))
    return []


def _lines(products: list[str], brands: tuple[str, ...], nouns: Nouns) -> tuple[tuple[str, ...], ...]:
    """Distinctive words of each product name: no brand, no word of goods, no word without meaning."""
    named = {word for brand in brands[:3] for word in latin_words(brand)} - _headed(products, brands)
    found: list[tuple[str, ...]] = []
    for product in products:
        goods = _goods(product, nouns)
        for part in _SPLIT.split(product):
            words = [
                w
                for w in latin_words(part)
                if w not in _STOP and w not in named and w not in goods and len(w) > 1
            ]
            if words and tuple(words) not in found:
                found.append(tuple(words))
    return tuple(found)


def _headed(products: list[str], brands: tuple[str, ...]) -> set[str]:
    """A one-word brand that only the product name bears, beside another brand, is the line's name (Clikk by Stokke)."""
    if len(brands) < 2:
        return set()
    head, *others = [brand.casefold() for brand in brands]
    alone = " " not in head and any(
        not head.startswith(other) and not other.startswith(head) for other in others
    )
    return {head} if alone and not any(head in other for other in others) else set()


@lru_cache(maxsize=4096)
def _plain_goods(key: str) -> tuple[str, ...]:
    return tuple(latin_words(key))


def _goods(product: str, nouns: Nouns) -> set[str]:
    folded = " ".join(latin_words(product))
    return {word for _, start, end in nouns.find(folded) for word in _plain_goods(folded[start:end])}


def entry_of(row: dict[str, Any], nouns: Nouns, more: dict[str, tuple[str, ...]]) -> Entry:
    """What the index looks for; `more` are other spellings of a brand by its key."""
    brands = tuple(str(name) for name in row["brands"] or ())
    spelled = tuple(name for brand in brands for name in more.get(key_of(brand), ()))
    scope = json.loads(row["scope"] or "{}")
    texts = [
        *map(str, row["products"] or ()),
        *map(str, row["keywords"] or ()),
        *map(str, scope.get("printed", ())),
    ]
    words = tuple(
        dict.fromkeys(w for text in texts for w in latin_words(text) if len(w) >= 3 and w not in _STOP)
    )
    models = tuple(str(code) for code in row["models"] or ())
    limited = any(any(c.isdigit() for c in code) for code in models)
    return Entry(
        (*brands, *spelled), models, words, tuple(kinds_of(row, nouns)), limited and not scope.get("all")
    )
