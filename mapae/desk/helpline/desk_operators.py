"""Which operator a consumer means: told, known by its page's address, or named in the words only, also misspelt."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from mapae.desk.cases.grams import squeeze
from mapae.desk.findings.operators import operator_finder
from mapae.desk.law import book
from mapae.desk.parties.models import Operator

__all__ = ["Meant", "find_operator", "kind_of", "meant", "named_in"]

_SHORTEST = 3  # folded characters; shorter names stand in other words
_FORGIVEN = ((12, 2), (7, 1))  # letters (of Hangul: each of a syllable) → so many may be wrong
_SURE = {"told": 1.0, "address": 1.0, "text": 0.9, "alike": 0.7}


@dataclass(frozen=True, slots=True)
class Meant:
    """The operator, or None. how: told, address, text, alike (misspelt), empty; seen: the words that named it."""

    operator: Operator | None = None
    how: str = ""
    seen: str = ""

    @property
    def sure(self) -> float:
        """How sure it is, 0 to 1: told or by address 1, named in the words 0.9, misspelt 0.7."""
        return _SURE.get(self.how, 0.0)


def meant(told: str, url: str, text: str) -> Meant:
    """What was told counts first, then the address; the words only where no shop was told."""
    if found := find_operator(told, ""):
        return Meant(found, "told", told)
    if found := find_operator("", url):
        return Meant(found, "address", url)
    return named_in(told or text)


def find_operator(name: str, url: str) -> Operator | None:
    """The operator of that name or, failing that, of the address's domain."""
    if pk := operator_finder()(name.strip()):
        return Operator.objects.get(pk=pk)
    host = url.partition("://")[2].partition("/")[0].lower()
    for operator in Operator.objects.exclude(domains=[]) if host else ():
        if any(host == domain or host.endswith(f".{domain}") for domain in operator.domains):
            return operator
    return None


def kind_of(operator: Operator | None) -> str:
    """mall or social for a service that the desk's register knows and the pack does not name; empty for any other."""
    if operator is None or _named(operator) & _of_pack():
        return ""
    return "social" if operator.role == "board_provider" else "mall"


def named_in(text: str) -> Meant:
    """The one of the desk's own operators that the text names, nothing where it names none or several.

    Operators that the pack knows too are left to the engine, which reads context.
    """
    plain, names = squeeze(text), list(_names())
    found = {operator.pk: (operator, name) for operator, name in names if name in plain}
    how = "text"
    if not found:
        words = [squeeze(word) for word in text.split()]
        alike = ((operator, _alike(name, words)) for operator, name in names)
        found, how = {operator.pk: (operator, word) for operator, word in alike if word}, "alike"
    if len(found) != 1:
        return Meant()
    ((operator, seen),) = found.values()
    return Meant(Operator.objects.get(pk=operator.pk), how, seen)


def _alike(name: str, words: list[str]) -> str:
    """The beginning of a word that is the name but for a letter or two, and begins as it does; else nothing."""
    letters = _letters(name)
    most = next((wrong for least, wrong in _FORGIVEN if len(letters) >= least), 0)
    for word in words if most else ():
        for length in (len(name), len(name) - 1, len(name) + 1):
            start = _letters(word[:length])
            if start[:1] == letters[:1] and OSA.distance(letters, start, score_cutoff=most) <= most:
                return word[:length]
    return ""


def _letters(word: str) -> str:
    """Syllables of Hangul taken apart."""
    return unicodedata.normalize("NFD", word)


def _names() -> Iterator[tuple[Operator, str]]:
    for operator in Operator.objects.only("pk", "name_ko", "name_en", "name_zh", "platforms"):
        names = _named(operator)
        if not names & _of_pack():
            yield from ((operator, name) for name in names if len(name) >= _SHORTEST)


def _named(operator: Operator) -> set[str]:
    names = (operator.name_ko, operator.name_en, operator.name_zh, *operator.platforms)
    return {squeeze(name) for name in names if name}


@cache
def _of_pack() -> frozenset[str]:
    rows = book().pack.data("helpline/operators.yaml")["services"]
    return frozenset(squeeze(name) for row in rows for name in (row["name"], *row["names"], *row["short"]))
