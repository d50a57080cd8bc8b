"""Brands, their hidden forms and what sellers say, as terms with a meaning each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from mapae.contract import Context
from mapae.detect.lexicon import Term
from mapae.text.disguise import disguises

__all__ = ["Brand", "Meaning", "Vocabulary", "load_vocabulary"]


@dataclass(frozen=True, slots=True)
class Brand:
    """An owner of marks. generic: its name is also a common word; low: lowest believable price in USD by product word."""

    owner: str
    luxury: bool
    generic: bool
    sectors: tuple[str, ...]
    low: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a term says. kind: brand, signal, calm, style; name: owner or group; how: plain, line,
    slang, disguise, or the group.
    """

    kind: str
    name: str
    how: str
    weight: float


@dataclass(frozen=True)
class Vocabulary:
    """Terms and their meanings, entry by entry; brands by owner."""

    terms: tuple[Term, ...]
    meanings: tuple[Meaning, ...]
    brands: dict[str, Brand] = field(default_factory=dict)


def load_vocabulary(context: Context) -> Vocabulary:
    """The brands of the list store and the pack's `lexicons/replica.yaml`."""
    table = context.pack.data("lexicons/replica.yaml")
    rows = context.lists.table("brands").to_pylist()
    brands = {row["owner"]: _brand(row) for row in rows}
    found: dict[tuple[str, str, str], tuple[Term, Meaning]] = {}
    known = {
        name.casefold()
        for row in rows
        for key in ("names_en", "names_ko", "names_zh")
        for name in row[key] or ()
    }
    for row in rows:
        for term, meaning in _brand_terms(row, known):
            found.setdefault((term.text.casefold(), meaning.name, "brand"), (term, meaning))
    for term, meaning in _word_terms(table):
        found.setdefault((term.text.casefold(), meaning.name, meaning.kind), (term, meaning))
    pairs = list(found.values())
    return Vocabulary(tuple(term for term, _ in pairs), tuple(meaning for _, meaning in pairs), brands)


def _brand(row: dict[str, Any]) -> Brand:
    low = orjson.loads(row["low_price"]) if row["low_price"] else {}
    return Brand(
        row["owner"],
        bool(row["luxury"]),
        bool(row["generic"]),
        tuple(row["sectors"] or ()),
        tuple(sorted(low.items())),
    )


def _brand_terms(row: dict[str, Any], known: set[str]) -> Iterator[tuple[Term, Meaning]]:
    owner = row["owner"]
    for key in ("names_en", "names_ko", "names_zh"):
        for name in row[key] or ():
            yield Term(name, ref=f"brand:{owner}", channels="both"), Meaning("brand", owner, "plain", 0.0)
    for name in row["lines"] or ():
        short = name.isascii() and len(name) < 4
        yield (
            Term(name, ref=f"brand:{owner}", channels="fold" if short else "both"),
            Meaning("brand", owner, "line", 0.0),
        )
    for name in row["names_ko"] or ():
        for form in disguises(name):
            if form.text.casefold() not in known:
                boundary = "word" if form.how == "initials" else "left"
                yield (
                    Term(form.text, ref=f"brand:{owner}", boundary=boundary),  # type: ignore[arg-type]
                    Meaning("brand", owner, form.how, form.weight),
                )


def _word_terms(table: dict[str, Any]) -> Iterator[tuple[Term, Meaning]]:
    for group, row in table["signals"].items():
        for word in row["words"]:
            both = row["disguised"] and len(str(word)) >= 3
            yield (
                Term(str(word), tag=group, channels="both" if both else "fold"),
                Meaning("signal", group, group, row["weight"]),
            )
    for group, row in table["calm"].items():
        for word in row["words"]:
            yield Term(str(word), tag=group), Meaning("calm", group, group, row["weight"])
    for word in table["style"]["words"]:
        yield Term(str(word), tag="style"), Meaning("style", "style", "style", table["style"]["weight"])
    for owner, words in table["slang"].items():
        for word in words:
            yield Term(str(word), ref=f"brand:{owner}", tag="slang"), Meaning("brand", owner, "slang", 0.5)
