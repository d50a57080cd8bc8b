"""English words in Hangul: a Latin run cut into known words, and the Hangul that spells exactly these."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

import yaml

__all__ = ["settled", "spells_loanwords"]

_DATA = Path(__file__).parent / "data"
_LOOSE = str.maketrans(dict(zip("ㅔㅞㅙㄸㄲㅃㅆㅉㅟㅢ", "ㅐㅚㅚㅌㅋㅍㅅㅈㅣㅣ", strict=True)))
_PLAIN_VOWEL = {"ㅑ": "ㅏ", "ㅕ": "ㅓ", "ㅛ": "ㅗ", "ㅠ": "ㅜ"}
_ONSETS, _VOWELS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ", "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"


def jamo(word: str) -> str:
    """Letters of Hangul syllables; a coda as a conjoining jamo, so that it is no onset."""
    out = []
    for char in word:
        code = ord(char) - 0xAC00
        if 0 <= code < 11172:
            out += [
                _ONSETS[code // 588],
                _VOWELS[code % 588 // 28],
                chr(0x11A7 + code % 28) if code % 28 else "",
            ]
        else:
            out.append(char)
    return "".join(out)


@lru_cache(maxsize=65_536)
def settled(word: str) -> str:
    """The letters of a foreign word in Hangul with what spellers vary made one: ㅐ and ㅔ, tense consonants, 샤 and 사."""
    return re.sub(
        r"(?<=[ㅈㅊㅅ])[ㅑㅕㅛㅠ]", lambda match: _PLAIN_VOWEL[match[0]], jamo(word).translate(_LOOSE)
    )


@cache
def _words() -> dict[str, frozenset[str]]:
    """English word → its settled spellings."""
    loaded: dict[str, list[str]] = yaml.load((_DATA / "loanwords.yaml").read_text("utf-8"), yaml.BaseLoader)
    return {word: frozenset(map(settled, spellings)) for word, spellings in loaded.items()}


def spells_loanwords(hangul: str, latin: str) -> bool | None:
    """Whether Hangul spells a Latin run that can be cut into known words; None where it cannot be cut.

    Where it can, the words decide: 드림윅스 sounds like dreamworks, but works is 웍스.
    """
    cuts = _cuts(latin)
    if not cuts:
        return None
    target = settled(hangul)
    return any(_spells(target, cut) for cut in cuts)


@lru_cache(maxsize=65_536)
def _cuts(latin: str, room: int = 5) -> tuple[tuple[str, ...], ...]:
    """Every way to cut a run into at most `room` words of the table."""
    if not latin:
        return ((),)
    if room == 0:
        return ()
    return tuple(
        (latin[:size], *rest)
        for size in range(min(len(latin), 13), 1, -1)
        if latin[:size] in _words()
        for rest in _cuts(latin[size:], room - 1)
    )


def _spells(target: str, words: tuple[str, ...]) -> bool:
    if not words:
        return not target
    return any(
        target.startswith(form) and _spells(target[len(form) :], words[1:]) for form in _words()[words[0]]
    )
