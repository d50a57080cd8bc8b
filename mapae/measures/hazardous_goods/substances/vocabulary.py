"""Blocked ingredients as terms: every name in three languages and its spellings, with how much a name alone says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mapae.contract import Context
from mapae.detect.lexicon import Term
from mapae.measures.hazardous_goods.substances.spellings import (
    han_sound_alikes,
    hangul_forms,
    joints,
    parted,
)
from mapae.text.disguise import initials

__all__ = ["ORDINARY", "STRONG", "WEAK", "Ingredient", "Name", "Vocabulary", "load_vocabulary"]

ORDINARY, WEAK, STRONG = 1, 2, 3
_INITIALS = "the initial consonants"
_GLUED = 7  # letters from which a Latin name may be glued to what follows (sildenafil100mg)


@dataclass(frozen=True, slots=True)
class Ingredient:
    """An entry of the list. day: ISO day of its designation; blocked: designated, not released."""

    id: str
    name: str
    day: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A spelling that is looked for. how: empty for a name of the list, else how the spelling came about."""

    text: str
    ingredient: int
    level: int
    how: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """Names, entry by entry of the terms, and the ingredients that they name."""

    names: tuple[Name, ...]
    ingredients: tuple[Ingredient, ...]
    words: dict[str, Any]

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """A term a name."""
        return tuple(_term(name) for name in self.names)


def load_vocabulary(context: Context) -> Vocabulary:
    """The ingredients of the list store read by the pack's `lexicons/substances.yaml`."""
    words = context.pack.data("lexicons/substances.yaml")
    rows = sorted(context.lists.table("ingredients").to_pylist(), key=lambda row: str(row["id"]))
    ingredients = tuple(
        Ingredient(row["id"], row["name_en"], row["date"] or "", row["status"] == "designated")
        for row in rows
    )
    found: dict[str, Name] = {}
    for name in _all_names(rows, words):
        found.setdefault(name.text.casefold(), name)
    return Vocabulary(tuple(found.values()), ingredients, words)


def _all_names(rows: Iterable[dict[str, Any]], words: dict[str, Any]) -> Iterator[Name]:
    """Names of the list first, so that no derived spelling takes the place of one."""
    grades = _Grades(words)
    plain = [
        Name(text, at, grades.of(text, row["id"].removeprefix("mfds:")))
        for at, row in enumerate(rows)
        for text in _texts(row)
        if text.casefold() not in grades.unsearched
    ]
    yield from plain
    limits = words["limits"]
    for at, row in enumerate(rows):
        for text in limits.get(row["name_en"], {}).get("names", ()):
            yield Name(text, at, WEAK)
    for name in plain:
        yield from _spellings(name)
    yield from _by_initials(plain)


def _texts(row: dict[str, Any]) -> Iterator[str]:
    for text in (row["name_en"], row["name_ko"], row["name_zh"], *(row["aliases"] or ())):
        if text and len(text) > 1:
            yield text


class _Grades:
    """How much a name says on its own."""

    def __init__(self, words: dict[str, Any]) -> None:
        self.unsearched = {str(word).casefold() for word in words["unsearched"]}
        self._ordinary = {str(word).casefold() for word in (*words["ordinary"], *words["codes"])}
        self._weak = {str(word).casefold() for word in words["weak"]}
        self._plants = set(words["plants"])

    def of(self, text: str, ingredient: str) -> int:
        folded = text.casefold()
        if folded in self._ordinary:
            return ORDINARY
        return WEAK if folded in self._weak or ingredient in self._plants else STRONG


def _spellings(name: Name) -> Iterator[Name]:
    """Spellings derived from a name; everyday words are left as they are."""
    if name.level == ORDINARY:
        return
    for form in joints(name.text):
        if form != name.text and len(form) >= (2 if not form.isascii() else 3):
            yield Name(form, name.ingredient, name.level, "joined or parted")
    if name.text.isascii():
        return
    drug = name.level == STRONG
    for form, how in hangul_forms(name.text):
        if drug or how in ("split by a space", "written as one word", "another transliteration"):
            yield Name(form, name.ingredient, name.level, how)
    if drug:
        for form in parted(name.text):
            yield Name(form, name.ingredient, name.level, "signs between the characters")
        for form in han_sound_alikes(name.text):
            yield Name(form, name.ingredient, name.level, "a character of the same sound")


def _by_initials(names: Iterable[Name]) -> Iterator[Name]:
    """Drugs of four syllables and more by their initial consonants (ㅁㄹㅌㄴ), where these are no other entry's."""
    of: dict[str, set[int]] = defaultdict(set)
    for name in names:
        if name.level == STRONG and re.fullmatch("[가-힣]{4,7}", name.text):
            of[initials(name.text)].add(name.ingredient)
    for text, found in of.items():
        if len(found) == 1 and len(set(text)) > 2:
            yield Name(text, next(iter(found)), STRONG, _INITIALS)


def _term(name: Name) -> Term:
    text = name.text
    if name.how == _INITIALS:
        return Term(text, boundary="word")
    if text.isascii():
        glued = len(text) >= _GLUED and text[-1].isalpha()
        hidden = name.level >= WEAK and len(text) >= 4 and not name.how
        return Term(text, boundary="left" if glued else "word", channels="both" if hidden else "fold")
    hidden = name.level >= WEAK and not name.how
    return Term(text, boundary="none", channels="both" if hidden else "fold")
