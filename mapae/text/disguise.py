"""Forms in which sellers hide a name: a syllable starred out, vowels bent, initials only; each with what it is worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Disguise", "disguises"]

_STARS = "*#@○●◯x?0123"
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
_HARD = {one: row.replace(one, "") for row in _ROWS for one in row}
_ONSET = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWEL = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"


@dataclass(frozen=True, slots=True)
class Disguise:
    """A hidden form of a name, how it was made, and its worth as evidence (0–1)."""

    text: str
    how: str
    weight: float


def disguises(name: str) -> Iterator[Disguise]:
    """Hidden forms of a Hangul name of three syllables or more (of two: starred only where a symbol stands in)."""
    if not all("가" <= char <= "힣" for char in name) or len(name) < 2:
        return
    yield from _starred(name)
    if len(name) >= 3:
        yield from _bent(name)
        initials = "".join(_ONSET[(ord(char) - 0xAC00) // 588] for char in name)
        yield Disguise(initials, "initials", 0.8 if len(name) >= 4 else 0.4)


def _starred(name: str) -> Iterator[Disguise]:
    """One syllable replaced by a symbol or digit; two-syllable names by a plain symbol only."""
    for at in range(len(name)):
        for star in _STARS if len(name) >= 3 else "*○●◯":
            yield Disguise(name[:at] + star + name[at + 1 :], "a syllable replaced", 0.8)


def _bent(name: str) -> Iterator[Disguise]:
    """One vowel or one consonant bent to a near one (루이비동, 아디도스); only names of four syllables or more."""
    if len(name) < 4:
        return
    for at, char in enumerate(name):
        code = ord(char) - 0xAC00
        onset, vowel, coda = code // 588, code % 588 // 28, code % 28
        for other in _BENT.get(_VOWEL[vowel], ""):
            yield Disguise(_put(name, at, onset, _VOWEL.index(other), coda), "a vowel bent", 0.6)
        for other in _HARD.get(_ONSET[onset], ""):
            yield Disguise(_put(name, at, _ONSET.index(other), vowel, coda), "a consonant bent", 0.4)


def _put(name: str, at: int, onset: int, vowel: int, coda: int) -> str:
    return name[:at] + chr(0xAC00 + onset * 588 + vowel * 28 + coda) + name[at + 1 :]
