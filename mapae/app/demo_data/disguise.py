"""Hides a word the ways sellers do: marks and invisible characters between letters, look-alikes, split syllables."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["DISGUISES"]

_LEET = str.maketrans("aeiosAEIOS", "@310$@310$")
_CYRILLIC = str.maketrans("aceopxyACEHKMOPTX", "асеорхуАСЕНКМОРТХ")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_HEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"


def _jamo(word: str) -> str:
    """The first syllable without a final consonant is written as two letters."""
    for at, char in enumerate(word):
        code = ord(char) - 0xAC00
        if 0 <= code < 11172 and code % 28 == 0:
            return f"{word[:at]}{_HEADS[code // 588]}{_VOWELS[code % 588 // 28]}{word[at + 1 :]}"
    return word


DISGUISES: dict[str, Callable[[str], str]] = {
    "plain": lambda word: word,
    "dots": "·".join,
    "spaces": " ".join,
    "zero_width": "\u200b".join,
    "leet": lambda word: word.translate(_LEET),
    "homoglyph": lambda word: word.translate(_CYRILLIC),
    "full_width": lambda word: word.translate(_WIDE),
    "jamo": _jamo,
}
