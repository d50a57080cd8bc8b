"""Other spellings of a name by rule: joints, transliterations, bent or starred letters, Chinese characters of one sound."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from mapae.text.disguise import posed_vowels
from mapae.text.names.chinese import pinyin
from mapae.text.squeeze import CODAS, ONSETS, VOWELS

__all__ = ["han_sound_alikes", "hangul_forms", "joints", "parted"]

_CODE = re.compile(r"([A-Za-z]{1,4})[- ]?(\d{2,})")
# two ways of writing one sound or morpheme in Hangul
_PAIRS = tuple(
    tuple(pair.split("/"))
    for pair in (
        "치오/티오 메칠/메틸 에칠/에틸 아세칠/아세틸 히드록시/하이드록시 히드로/하이드로 디/다이 "
        "싸이클/사이클 시클로/사이클로 데스/디스 "
        "나필/나휠 클로로/클로르 라민/라마인 손/존 피리/파이리 시부/씨부 실데/씰데 토닌/토니 빈/빙"
    ).split()
)
_BENT = {
    "ㅏ": "ㅓㅗㅑ",
    "ㅑ": "ㅏ",
    "ㅓ": "ㅏㅗㅕ",
    "ㅕ": "ㅓ",
    "ㅗ": "ㅓㅜㅛ",
    "ㅜ": "ㅗㅡㅠ",
    "ㅡ": "ㅜㅣ",
    "ㅣ": "ㅡ",
    "ㅐ": "ㅔ",
    "ㅔ": "ㅐ",
    "ㅟ": "ㅣ",
}
_NEAR = dict(zip("ㄱㅋㄷㅌㅂㅅㅆㅈㅊㄸㄲ", "ㅋㄱㅌㄷㅍㅆㅅㅊㅈㄷㄱ", strict=True)) | {
    "ㅂ": "ㅍㅃ",
    "ㅍ": "ㅂㅎ",
    "ㅈ": "ㅊㅉ",
}
_TENSE = (("ㅋㅌㅍ", "ㄲㄸㅃ"), ("ㄲㄸㅃ", "ㅋㅌㅍ"))  # a foreign k, t, p heard as aspirate or as tense
_TENSE_FROM = 3  # syllables
_STARS = "*○●"
_SIGNS = "·.*- _/"
_LONG, _LONGEST = (
    4,
    7,
)  # syllables of a Hangul name that may be bent, starred or split; longer ones are not written so


def joints(name: str) -> Iterator[str]:
    """The name's parts joined by a space, a hyphen and nothing; a code with its number apart (MK677, MK-677, MK 677)."""
    parts = re.split(r"[\s\-]+", name)
    if len(parts) == 1 and (code := _CODE.fullmatch(name)):
        parts = [code[1], code[2]]
    if 1 < len(parts) <= 5 and all(parts):
        yield from (joint.join(parts) for joint in (" ", "-", ""))


def hangul_forms(name: str) -> Iterator[tuple[str, str]]:
    """(form, how): transliterations of a Hangul name; from four syllables on also split, starred and bent ones."""
    plain = name.replace(" ", "")
    for one, two in _PAIRS:
        for old, new in ((one, two), (two, one)):
            if old in plain and (form := plain.replace(old, new)) not in name:
                yield form, "another transliteration"
    for written in dict.fromkeys((name, plain)) if len(plain) >= _TENSE_FROM else ():
        for old, new in _TENSE:
            if (form := _hardened(written, old, new)) != written:
                yield form, "another transliteration"
    if plain != name:
        yield plain, "written as one word"
    if not _LONG <= len(plain) <= _LONGEST or not all("가" <= char <= "힣" for char in plain):
        return
    for at in range(1, len(plain)):
        yield f"{plain[:at]} {plain[at:]}", "split by a space"
    for at, char in enumerate(plain):
        for star in _STARS:
            yield plain[:at] + star + plain[at + 1 :], "a syllable starred out"
        for other in _bent(char):
            yield plain[:at] + other + plain[at + 1 :], "a letter bent"
    for form in posed_vowels(plain):
        yield form, "a Latin letter for a vowel"


def _hardened(name: str, old: str, new: str) -> str:
    """The name with all syllables that begin with one of `old` begun with the consonant of `new` in its place."""
    onsets = str.maketrans(old, new)
    return "".join(
        _syllable(ONSETS[code // 588].translate(onsets), VOWELS[code // 28 % 21], code % 28)
        if 0 <= (code := ord(char) - 0xAC00) < 11172
        else char
        for char in name
    )


def _bent(char: str) -> Iterator[str]:
    code = ord(char) - 0xAC00
    onset, vowel, coda = ONSETS[code // 588], VOWELS[code % 588 // 28], code % 28
    for other in _BENT.get(vowel, ""):
        yield _syllable(onset, other, coda)
    for other in _NEAR.get(onset, ""):
        yield _syllable(other, vowel, coda)
    if coda and CODAS[coda] in "ㄴㅁㅇ":
        yield from (_syllable(onset, vowel, CODAS.index(other)) for other in "ㄴㅁㅇ" if other != CODAS[coda])


def _syllable(onset: str, vowel: str, coda: int) -> str:
    return chr(0xAC00 + ONSETS.index(onset) * 588 + VOWELS.index(vowel) * 28 + coda)


def parted(name: str) -> Iterator[str]:
    """A Hangul or Chinese name of three to six characters with one sign or blank between all of them.

    The squeezed channel reads these at the head of a word; here they are read behind another word too (进口西·布·曲·明).
    """
    if 3 <= len(name) <= 6 and not any(char.isascii() or char.isspace() for char in name):
        yield from (sign.join(name) for sign in _SIGNS)


def han_sound_alikes(name: str) -> Iterator[str]:
    """A Chinese name of three to five characters with one character replaced by a common one of the same sound."""
    if not 3 <= len(name) <= 5 or not all("一" <= char <= "鿿" for char in name):
        return
    for at, char in enumerate(name):
        for other in _of_sound().get(_sound(char), ""):
            if other != char:
                yield name[:at] + other + name[at + 1 :]


@cache
def _sound(char: str) -> str:
    return "".join(pinyin(char))


@cache
def _of_sound() -> dict[str, str]:
    """Common characters (level 1 of GB 2312) by toneless sound."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in range(0xB0, 0xD8):
        for cell in range(0xA1, 0xFF):
            char = bytes((row, cell)).decode("gb2312", "ignore")
            if char:
                found[_sound(char)].append(char)
    return {sound: "".join(chars) for sound, chars in found.items()}
