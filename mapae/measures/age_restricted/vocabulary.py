"""The vocabulary of goods minors may not buy, as terms with class, strength and weight."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mapae.detect.lexicon import Term
from mapae.pack import Pack

__all__ = ["CLASSES", "STRENGTHS", "Vocabulary", "load_vocabulary"]

CLASSES = ("adult_goods", "alcohol", "tobacco_vape", "knife_weapon", "gambling")
STRENGTHS = ("strong", "weak", "category", "decoy")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """terms in order; for each the class number and the strength number (index into CLASSES, STRENGTHS)."""

    terms: tuple[Term, ...]
    classes: tuple[int, ...]
    strengths: tuple[int, ...]
    provisions: dict[str, str]


def load_vocabulary(pack: Pack) -> Vocabulary:
    """The pack's `lexicons/age_goods.yaml` as terms; strong terms are also looked for in disguise."""
    table = pack.data("lexicons/age_goods.yaml")
    terms: list[Term] = []
    classes: list[int] = []
    strengths: list[int] = []
    for number, name in enumerate(CLASSES):
        for strength, key in enumerate(STRENGTHS):
            words = [*map(str, table[name][key]), *(_composed(table[name]) if key == "strong" else ())]
            for word in dict.fromkeys(words):
                disguised = strength == 0 and len(word) >= 5 and " " not in word
                terms.append(
                    Term(word, ref=f"class:{name}", tag=key, channels="both" if disguised else "fold")
                )
                classes.append(number)
                strengths.append(strength)
    provisions = {name: str(table[name]["provision"]) for name in CLASSES}
    return Vocabulary(tuple(terms), tuple(classes), tuple(strengths), provisions)


def _composed(row: dict[str, Any]) -> Iterator[str]:
    """Each first part with each second, apart and, where the scripts write words together, joined."""
    for pair in row.get("composed", ()):
        for one, then in itertools.product(map(str, pair["first"]), map(str, pair["then"])):
            yield f"{one} {then}"
            if not f"{one}{then}".isascii():
                yield f"{one}{then}"
