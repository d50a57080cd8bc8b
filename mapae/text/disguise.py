"""Forms in which sellers hide a name, derived from it: vowels bent, initials only, letters posed, letters doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mapae.text.squeeze import ONSETS, VOWELS

__all__ = ["HARD", "LEET_LETTERS", "Disguise", "disguises", "hides", "initials", "posed_vowels"]

_BENT = {
    "ㅏ": "ㅓㅗ",
    "ㅓ": "ㅏㅗ",
    "ㅗ": "ㅏㅓㅜ",
    "ㅜ": "ㅗㅡ",
    "ㅣ": "ㅡ",
    "ㅡ": "ㅜㅣ",
    "ㅐ": "ㅔㅏ",
    "ㅔ": "ㅐㅓ",
    "ㅟ": "ㅣ",
    "ㅖ": "ㅔ",
}
_ROWS = (
    "ㄱㄲㅋ",
    "ㄷㄸㅌ",
    "ㅂㅃㅍ",
    "ㅅㅆ",
    "ㅈㅉㅊ",
)  # consonants of one place, told apart by strength only
HARD = {one: row.replace(one, "") for row in _ROWS for one in row}
# letter → signs that pose as it between letters
LEET_LETTERS = {
    "a": "@4",
    "b": "8",
    "e": "3",
    "g": "9",
    "i": "1!|",
    "l": "1|",
    "o": "0",
    "s": "$5",
    "t": "+7",
    "z": "2",
}
_BENT_LATIN = {"a": "eo", "e": "ai", "i": "ey", "o": "ua", "u": "o", "y": "i"}
_SAME_LATIN = (("cc", "c"), ("ck", "k"), ("ph", "f"), ("c", "k"), ("k", "c"), ("s", "z"), ("z", "s"), ("v", "b"),
               ("ch", "sh"), ("x", "ks"), ("q", "k"))  # fmt: skip
_POSED_VOWELS = {"ㅏ": "rト", "ㅣ": "l1|"}
_PARTED = re.compile(r"[^\W\d_](?:[\W_]+[^\W\d_])+")
_TAKEN_APART = re.compile("[ㄱ-ㅎ][ㅏ-ㅣ]")
_POSING = re.compile(r"(?i)[a-z][@$!|*0-9][a-z]")
_BENT_FROM, _DOUBLED_FROM = 6, 5  # shortest Latin name whose vowels are bent, whose letters are doubled


@dataclass(frozen=True, slots=True)
class Disguise:
    """A hidden form of a name, how it was made, and its worth as evidence (0–1)."""

    text: str
    how: str
    weight: float


def disguises(name: str) -> Iterator[Disguise]:
    """Hidden forms of a Hangul name of three syllables or more, or of a Latin name; none of names in other scripts.

    Forms with a sign or a lone jamo in a syllable's place are not listed here: they are read where they stand.
    """
    if len(name) >= 3 and all("가" <= char <= "힣" for char in name):
        yield from _bent(name)
        yield Disguise(initials(name), "initials", 0.8 if len(name) >= 4 else 0.4)
    elif name.isascii():
        yield from _latin(name.casefold())


def initials(name: str) -> str:
    """The initial consonants of a Hangul name (나이키: ㄴㅇㅋ); other characters are left out."""
    return "".join(ONSETS[(ord(char) - 0xAC00) // 588] for char in name if "가" <= char <= "힣")


def posed_vowels(name: str) -> Iterator[str]:
    """A Hangul name, one open syllable of it written as consonant and a Latin letter that poses as its vowel (ㅌr다라필)."""
    for at, char in enumerate(name):
        code = ord(char) - 0xAC00
        if 0 <= code < 11172 and not code % 28:
            for sign in _POSED_VOWELS.get(VOWELS[code // 28 % 21], ""):
                yield name[:at] + ONSETS[code // 588] + sign + name[at + 1 :]


def hides(seen: str) -> bool:
    """Whether a word as it was seen is written so that filters miss it: a syllable taken apart (ㄷㅏㅇ뇨), a sign or blank
    between all letters (인.슐.린, 인 슐 린; two letters need a sign), a sign posing as a Latin letter (c@ncer)."""
    letters = _PARTED.fullmatch(seen)
    parted = letters is not None and (len(seen) > 3 or not any(char.isspace() for char in seen))
    return parted or _TAKEN_APART.search(seen) is not None or _POSING.search(seen) is not None


def _bent(name: str) -> Iterator[Disguise]:
    """One vowel or one consonant bent to a near one (루이비동, 아디도스); only names of four syllables or more."""
    if len(name) < 4:
        return
    for at, char in enumerate(name):
        code = ord(char) - 0xAC00
        onset, vowel, coda = code // 588, code % 588 // 28, code % 28
        for other in _BENT.get(VOWELS[vowel], ""):
            yield Disguise(_put(name, at, onset, VOWELS.index(other), coda), "a vowel bent", 0.6)
        for other in HARD.get(ONSETS[onset], ""):
            yield Disguise(_put(name, at, ONSETS.index(other), vowel, coda), "a consonant bent", 0.4)


def _put(name: str, at: int, onset: int, vowel: int, coda: int) -> str:
    return name[:at] + chr(0xAC00 + onset * 588 + vowel * 28 + coda) + name[at + 1 :]


def _latin(name: str) -> Iterator[Disguise]:
    letters = sum(char.isalpha() for char in name)
    if letters < len(name.replace(" ", "").replace("-", "")):
        return
    if letters <= 4 and " " not in name and letters >= 2:
        yield from _spelled_out(name)
        return
    if letters >= _DOUBLED_FROM:
        yield from _doubled(name)
    if letters >= _BENT_FROM:
        yield from _bent_latin(name)
    if " " in name:
        yield from _posed(name)


def _spelled_out(name: str) -> Iterator[Disguise]:
    """A short name letter by letter (P X G, P.X.G, P-X-G): short names are not looked for in the squeezed channel."""
    if len(name) < 3:
        return
    for sign in " .-_*/":
        yield Disguise(sign.join(name), "letters set apart", 0.6)


def _doubled(name: str) -> Iterator[Disguise]:
    """One letter doubled that stood single, or single that stood double (Pumma, Guci)."""
    for at, char in enumerate(name):
        if not char.isalpha() or at == 0:
            continue
        if name[at - 1] == char:
            yield Disguise(name[:at] + name[at + 1 :], "a letter left out", 0.4)
        elif name[at + 1 : at + 2] != char:
            yield Disguise(name[:at] + char + name[at:], "a letter doubled", 0.4)


def _bent_latin(name: str) -> Iterator[Disguise]:
    """One vowel for another, or letters of the same sound (Adidos, Filaa, Kanada)."""
    for at, char in enumerate(name):
        for other in _BENT_LATIN.get(char, "") if at else "":
            yield Disguise(name[:at] + other + name[at + 1 :], "a vowel bent", 0.4)
    for old, new in _SAME_LATIN:
        at = name.find(old)
        if at >= 0:
            yield Disguise(name[:at] + new + name[at + len(old) :], "letters of the same sound", 0.4)


def _posed(name: str) -> Iterator[Disguise]:
    """A name of several words with one letter posed by a sign (Ray B@n): the squeezed channel reads single words."""
    for at, char in enumerate(name):
        for sign in LEET_LETTERS.get(char, ""):
            yield Disguise(name[:at] + sign + name[at + 1 :], "a sign for a letter", 0.9)
            spread = name.replace(char, sign)
            if name.count(char) > 1 and name.index(char) == at:
                yield Disguise(spread, "a sign for a letter", 0.9)
