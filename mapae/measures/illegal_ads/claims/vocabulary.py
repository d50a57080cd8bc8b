"""The pack's tables of claims on listings: words to scan, and patterns that read what stands beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from mapae.contract import Context
from mapae.detect.lexicon import Term

__all__ = ["ClaimWords", "Goods", "Level", "Relation", "load_words"]

Level = Literal["promise", "cure", "prevent", "help"]
_ORDER: tuple[Level, ...] = ("cure", "prevent", "help")
_SOURCE = "lexicons/adverts_on_listings.yaml"


@dataclass(frozen=True, slots=True)
class Relation:
    """What may be said of an illness: `behind` is matched on the text that follows it, `before` on what leads to it."""

    level: Level
    says: str
    behind: re.Pattern[str]
    before: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Goods:
    """Goods under one article: words of title and category, words of the text that tell how they are used, illnesses that
    a recognised function may speak of.
    """

    name: str
    provision: str
    words: re.Pattern[str]
    used: re.Pattern[str]
    functions: frozenset[str]


@dataclass(frozen=True)
class ClaimWords:
    """Terms with their groups (grave, named, slight, promise), and the patterns of the table."""

    terms: tuple[Term, ...]
    goods: tuple[Goods, ...]
    other_goods: re.Pattern[str]
    medicine: re.Pattern[str]
    functional: re.Pattern[str]
    relations: tuple[Relation, ...]
    promise_says: str
    grave_promises: re.Pattern[str]
    stop_medicine: re.Pattern[str]
    stop_says: str
    no_claim: re.Pattern[str]
    allowed: re.Pattern[str]
    denied_before: re.Pattern[str]
    denied_behind: re.Pattern[str]


def load_words(context: Context) -> ClaimWords:
    """The table, with the word groups of the advert lexicon that it takes over, and the denials of adverts."""
    table = context.pack.data(_SOURCE)
    adverts = context.pack.data("lexicons/adverts.yaml")
    promises = table["promises"]
    return ClaimWords(
        tuple(_terms(table, context.pack.data("lexicons/adverts_claims.yaml"))),
        tuple(
            Goods(
                name,
                row["provision"],
                re.compile(row["words"]),
                re.compile(row["used"]),
                frozenset(row.get("functions", ())),
            )
            for name, row in table["goods"].items()
        ),
        re.compile(table["other_goods"]),
        re.compile(table["medicine"]),
        re.compile(table["functional"]["says"]),
        tuple(_relation(level, table["claims"][level]) for level in _ORDER),
        promises["says"],
        re.compile(table["grave_promises"]),
        re.compile(table["stop_medicine"]["words"]),
        table["stop_medicine"]["says"],
        _any_of(table["no_claim"]),
        re.compile(table["allowed"]),
        _any_of(adverts["denial"]["before"]),
        _any_of(adverts["denial"]["after"]),
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{item})" for item in patterns))


def _relation(level: Level, row: dict[str, str]) -> Relation:
    return Relation(level, row["says"], re.compile(row["behind"]), re.compile(row["before"]))


def _terms(table: dict[str, Any], claims: dict[str, Any]) -> list[Term]:
    """Illnesses first: a word that is both an illness and part of a promise is an illness."""
    found: dict[str, Term] = {}
    for group, row in table["illness"].items():
        for word in _words(row["words"]):
            found.setdefault(
                word, Term(word.lstrip("^"), tag=group, boundary="left" if word[0] == "^" else "auto")
            )
    out = set(_words(table["promises"]["without"]))
    for name in table["promises"]["lists"]:
        for word in _words(claims[name]["words"]):
            if word not in out and not word.endswith("*"):
                found.setdefault(word, Term(word, tag="promise"))
    return list(found.values())


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.replace("\n", " ").split(",") if word.strip()]
