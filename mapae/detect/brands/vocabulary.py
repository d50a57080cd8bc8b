"""Brands, their hidden forms and what sellers say, as terms with a meaning each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from mapae.detect.brands.saying import Saying, load_saying
from mapae.detect.lexicon import Term
from mapae.lists import ListStore
from mapae.pack import Pack
from mapae.text.disguise import disguises

__all__ = ["Brand", "Meaning", "Vocabulary", "load_vocabulary"]

_NAMES = ("names_en", "names_ko", "names_zh")
_INITIALS = 2  # a Latin name of so few letters also stands in model numbers
_SHORTEST_BARE = 2
_SHORT_LINE = 4  # a Latin line of fewer letters is not looked for in the squeezed channel


@dataclass(frozen=True, slots=True)
class Brand:
    """An owner of marks. low: lowest believable price in USD by product word."""

    owner: str
    luxury: bool
    sectors: tuple[str, ...]
    low: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a term says. kind: brand, signal, calm, style; name: owner or group; how: plain, common (also a word),
    line, common_line, slang, mark, copyist, a disguise, or the group; weight: its worth where it stands plainly.
    """

    kind: str
    name: str
    how: str
    weight: float


@dataclass(frozen=True)
class Vocabulary:
    """Terms and their meanings, entry by entry; brands by owner; names: every name with its owner, for the readers;
    common: the names that are also common words; other_words: words that are no misspelt names; lines: product lines
    that are common words; own_words: words of copies that are an owner's own names; saying: what stands around changes.
    """

    terms: tuple[Term, ...]
    meanings: tuple[Meaning, ...]
    saying: Saying
    brands: dict[str, Brand] = field(default_factory=dict)
    names: tuple[tuple[str, str], ...] = ()
    common: tuple[tuple[str, str], ...] = ()
    other_words: frozenset[str] = frozenset()
    lines: tuple[tuple[str, str], ...] = ()
    own_words: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Words:
    """Names and lines that are also common words, forms that are other words, and every plain name."""

    common: frozenset[str]
    common_lines: frozenset[str]
    other_words: frozenset[str]
    known: frozenset[str]


def load_vocabulary(pack: Pack, lists: ListStore) -> Vocabulary:
    """The brands of the list store, the pack's `lexicons/replica.yaml` and its `lexicons/plain_words.yaml`."""
    table = pack.data("lexicons/replica.yaml")
    rows = lists.table("brands").to_pylist()
    words = _words_of(table, pack.data("lexicons/plain_words.yaml"), rows)
    found: dict[tuple[str, str, str], tuple[Term, Meaning]] = {}
    for row in rows:
        for term, meaning in _brand_terms(row, words):
            found.setdefault((term.text.casefold(), meaning.name, "brand"), (term, meaning))
    for term, meaning in _word_terms(table):
        found.setdefault((term.text.casefold(), meaning.name, meaning.kind), (term, meaning))
    pairs = list(found.values())
    return Vocabulary(
        tuple(term for term, _ in pairs),
        tuple(meaning for _, meaning in pairs),
        load_saying(table),
        {row["owner"]: _brand(row) for row in rows},
        tuple(_readable(rows, words)),
        tuple((name, row["owner"]) for row in rows for name in _names(row) if _bare(name) in words.common),
        words.other_words | words.common | words.common_lines,
        tuple(_common_lines(rows, words)),
        {owner: frozenset(map(_bare, own)) for owner, own in table["own_names"].items()},
    )


def _words_of(table: dict[str, Any], plain: dict[str, list[str]], rows: list[dict[str, Any]]) -> _Words:
    known = {_bare(name) for row in rows for name in _names(row)}
    return _Words(
        frozenset(_bare(word) for word in table["common_names"]),
        frozenset(_bare(word) for word in table["common_lines"]),
        frozenset(_bare(word) for part in (table["other_words"], *plain.values()) for word in part),
        frozenset(known),
    )


def _readable(rows: list[dict[str, Any]], words: _Words) -> Iterator[tuple[str, str]]:
    """Names and lines a reader of odd spellings may look for: those that are no common words."""
    for row in rows:
        for name in _names(row):
            if _bare(name) not in words.common:
                yield name.casefold(), row["owner"]
        for name in row["lines"] or ():
            if _bare(name) not in words.common_lines:
                yield str(name).casefold(), row["owner"]


def _common_lines(rows: list[dict[str, Any]], words: _Words) -> Iterator[tuple[str, str]]:
    for row in rows:
        yield from (
            (str(name), row["owner"]) for name in row["lines"] or () if _bare(name) in words.common_lines
        )


def _names(row: dict[str, Any]) -> list[str]:
    return [str(name) for key in _NAMES for name in row[key] or ()]


def _bare(name: object) -> str:
    return str(name).casefold().strip()


def _brand(row: dict[str, Any]) -> Brand:
    low = orjson.loads(row["low_price"]) if row["low_price"] else {}
    return Brand(
        row["owner"],
        bool(row["luxury"]),
        tuple(row["sectors"] or ()),
        tuple((word, float(price)) for word, price in low.items()),
    )


def _brand_terms(row: dict[str, Any], words: _Words) -> Iterator[tuple[Term, Meaning]]:
    owner = row["owner"]
    for name in _names(row):
        short = name.isascii() and len(name) <= _INITIALS
        how = "common" if short or _bare(name) in words.common else "plain"
        yield Term(name, ref=f"brand:{owner}", channels="both"), Meaning("brand", owner, how, 0.0)
    for name in _bare_names(row, words):
        yield Term(name, ref=f"brand:{owner}"), Meaning("brand", owner, "common", 0.0)
    for name in row["lines"] or ():
        common = _bare(name) in words.common_lines
        short = (name.isascii() and len(name) < _SHORT_LINE) or common
        # 椰子350 also stands in 椰子350V2
        boundary = "none" if not name[0].isascii() and name[-1].isascii() else "auto"
        yield (
            Term(name, ref=f"brand:{owner}", boundary=boundary, channels="fold" if short else "both"),  # type: ignore[arg-type]
            Meaning("brand", owner, "common_line" if common else "line", 0.0),
        )
    for name in _names(row):
        yield from _hidden_terms(owner, name, words)


def _bare_names(row: dict[str, Any], words: _Words) -> Iterator[str]:
    """The owner's name and the first word of names listed only with an article (제니스 시계): alone they are common words."""
    owner = row["owner"]
    if owner.isascii() and len(owner) > _INITIALS and _bare(owner) not in words.known:
        yield owner
    for key in ("names_ko", "names_zh"):
        names = [str(name) for name in row[key] or ()]
        if names and all(" " in name for name in names):
            first = names[0].split()[0]
            if len(first) >= _SHORTEST_BARE and not first.isascii() and _bare(first) not in words.known:
                yield first


def _hidden_terms(owner: str, name: str, words: _Words) -> Iterator[tuple[Term, Meaning]]:
    bare = re.sub(r"\s+", "", name) if not name.isascii() else _bare(name)
    for form in disguises(bare):
        text = form.text.casefold()
        if text in words.known or text in words.other_words:
            continue
        if _bare(name) in words.common and form.how != "letters set apart":
            continue
        boundary = "word" if form.how == "initials" or text.isascii() else "left"
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
    for text, group in _composed(table):
        yield Term(text, tag=group), Meaning("signal", group, group, table["signals"][group]["weight"])
    for group, row in table["calm"].items():
        for word in row["words"]:
            yield Term(str(word), tag=group), Meaning("calm", group, group, row["weight"])
    for word in table["style"]["words"]:
        yield Term(str(word), tag="style"), Meaning("style", "style", "style", table["style"]["weight"])
    yield from _nicknames(table)


def _nicknames(table: dict[str, Any]) -> Iterator[tuple[Term, Meaning]]:
    """Ways to name a maker without its name: slang, initials with an article, its mark told, makers of copies of it."""
    ways = (("slang", 0.5, table["slang"]), ("mark", 0.0, table["marks"]),
            ("copyist", table["copyists"]["weight"], table["copyists"]["of"]))  # fmt: skip
    for how, weight, owners in ways:
        for owner, words in owners.items():
            for word in words:
                yield Term(str(word), ref=f"brand:{owner}", tag=how), Meaning("brand", owner, how, weight)
    for owner, initial in table["initialled"]["of"].items():
        for noun in table["initialled"]["then"]:
            for text in (f"{initial} {noun}", f"{initial}{noun}"):
                yield Term(text, ref=f"brand:{owner}", tag="slang"), Meaning("brand", owner, "slang", 0.5)


def _composed(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each first part with each second, with a blank and, where the scripts write words together, without."""
    for row in table["composed"]:
        for first in row["first"]:
            for then in row["then"]:
                yield f"{first} {then}", row["group"]
                if not str(then).isascii():
                    yield f"{first}{then}", row["group"]
