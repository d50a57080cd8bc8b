"""Korean personal names in Latin letters: every Hangul reading that a spelling may stand for."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

__all__ = ["contrasts", "double_surnames", "is_surname", "latin_to_hangul", "letters", "surname_readings"]

_DATA = Path(__file__).parent / "data"
_ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_CODAS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
_LONGEST = 7  # letters of a syllable


@cache
def _table() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load((_DATA / "romanisation.yaml").read_text("utf-8"), yaml.BaseLoader)
    return loaded


@cache
def _surnames() -> dict[str, frozenset[str]]:
    """Latin spelling → Hangul surnames that are written so."""
    found: dict[str, set[str]] = {}
    for hangul, spellings in _table()["surnames"].items():
        for spelling in spellings:
            found.setdefault(letters(spelling), set()).add(hangul)
    for spelling, readings in _syllables().items():
        found.setdefault(spelling, set()).update(readings & _table()["surnames"].keys())
    return {spelling: frozenset(readings) for spelling, readings in found.items() if readings}


@cache
def double_surnames() -> frozenset[str]:
    """Hangul surnames of two syllables."""
    return frozenset(name for name in _table()["surnames"] if len(name) == 2)


def contrasts() -> tuple[tuple[str, str], ...]:
    """Pairs of spellings by which people tell two syllables apart, though each may stand for the other's as well."""
    return tuple((one, other) for one, other in _table()["contrasts"])


def letters(text: str) -> str:
    """Lower-case Latin letters of a text; ŏ and ŭ of McCune-Reischauer as eo and eu, other accents and marks dropped."""
    plain = unicodedata.normalize("NFC", text).casefold().replace("ŏ", "eo").replace("ŭ", "eu")
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in plain if "a" <= char <= "z")


@cache
def _syllables() -> dict[str, frozenset[str]]:
    """Latin spelling of one syllable → the Hangul syllables it may stand for."""
    table = _table()
    listed: dict[str, list[str]] = table["syllables"]
    found: dict[str, set[str]] = {}
    for (i, onset), (j, vowel) in product(enumerate(_ONSETS), enumerate(_VOWELS)):
        for k, coda in enumerate(_CODAS):
            if coda not in table["coda"]:
                continue
            syllable = chr(0xAC00 + (i * 21 + j) * 28 + k)
            if syllable in listed:
                continue
            for parts in product(table["onset"][onset], table["vowel"][vowel], table["coda"][coda]):
                found.setdefault(letters("".join(parts)), set()).add(syllable)
    for syllable, spellings in listed.items():
        for spelling in spellings:
            found.setdefault(letters(spelling), set()).add(syllable)
    return {spelling: frozenset(syllables) for spelling, syllables in found.items()}


@lru_cache(maxsize=65_536)
def latin_to_hangul(text: str, syllables: int) -> frozenset[str]:
    """Every Hangul reading of `text` (Latin letters, may hold spaces or hyphens as borders) with that many syllables."""
    parts = tuple(letters(part) for part in text.replace("-", " ").split() if letters(part))
    if not parts or len(parts) > syllables:
        return frozenset()
    if len(parts) == syllables:
        options = [_syllables().get(part, frozenset()) for part in parts]
        return frozenset("".join(chosen) for chosen in product(*options)) if all(options) else frozenset()
    return _split("".join(parts), syllables) if len(parts) == 1 else frozenset()


def _split(run: str, syllables: int) -> frozenset[str]:
    if syllables == 1:
        return _syllables().get(run, frozenset())
    found: set[str] = set()
    for cut in range(1, min(_LONGEST, len(run)) + 1):
        for head in _syllables().get(run[:cut], ()):
            found.update(head + tail for tail in _split(run[cut:], syllables - 1))
    return frozenset(found)


def is_surname(hangul: str) -> bool:
    """Whether a Hangul name begins with a surname of the table and has a given name behind it."""
    surnames = _table()["surnames"]
    return len(hangul) > 1 and (hangul[0] in surnames or (len(hangul) > 2 and hangul[:2] in surnames))


def surname_readings(text: str) -> frozenset[str]:
    """The Hangul surnames that a Latin word may stand for; empty where it is none."""
    return _surnames().get(letters(text), frozenset())
