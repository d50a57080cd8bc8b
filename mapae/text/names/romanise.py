"""Hangul in Latin letters by the Revised Romanisation (2000), with the sound changes between syllables."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["revised"]

_ONSETS = "g kk n d tt r m b pp s ss _ j jj ch k t p h".split()
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
# coda at the end of a word, and what moves to an empty onset behind it
_CODA = "_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()
_MOVED = "_ g kk gs n nj n d r lg lm lb ls lt lp r m b bs s ss _ j ch k t p _".split()
_NASAL = {"k": "ng", "t": "n", "p": "m"}
_ASPIRATED = {"g": "k", "d": "t", "j": "ch"}  # these behind ㅎ, which is heard in them
_BREATH = {6: "n", 15: "l", 27: ""}  # codas that end in ㅎ, and what is left of them then
_PALATAL = {7: "j", 13: "lch", 25: "ch"}  # ㄷ, ㄾ, ㅌ before 이


def _parts(char: str) -> tuple[int, int, int]:
    code = ord(char) - 0xAC00
    return code // 588, code % 588 // 28, code % 28


@lru_cache(maxsize=65_536)
def revised(text: str) -> str:
    """Letters of a Hangul word without hyphens: 달빛공방 → dalbitgongbang; what is no Hangul stays."""
    found = []
    for at, char in enumerate(text):
        if not "가" <= char <= "힣":
            found.append(char)
            continue
        onset, vowel, coda = _parts(char)
        before = _parts(text[at - 1])[2] if at and "가" <= text[at - 1] <= "힣" else -1
        behind = _parts(text[at + 1]) if at + 1 < len(text) and "가" <= text[at + 1] <= "힣" else (-1, -1, 0)
        found.append(_onset(onset, before) + _VOWELS[vowel] + _coda(coda, *behind[:2]))
    return "".join(found)


def _onset(onset: int, before: int) -> str:
    """The onset behind a coda (−1: none): in the coda's letters where empty; ㄹ behind ㄴ, ㄹ and ㄴ behind ㄹ are l."""
    if _ONSETS[onset] == "_":
        return ""
    if before in _BREATH and _ONSETS[onset] in _ASPIRATED:
        return _ASPIRATED[_ONSETS[onset]]
    if _ONSETS[onset] == "r" and before > 0:
        return "l" if _CODA[before] in ("n", "l") else "n"
    if _ONSETS[onset] == "n" and before > 0 and _CODA[before] == "l":
        return "l"
    return _ONSETS[onset]


def _coda(coda: int, after: int, vowel: int) -> str:
    """The coda before an onset (−1: none) and its vowel."""
    if coda == 0:
        return ""
    if after >= 0 and coda in _BREATH and _ONSETS[after] in _ASPIRATED:
        return _BREATH[coda]
    if after >= 0 and _ONSETS[after] == "_":
        if coda in _PALATAL and _VOWELS[vowel] == "i":
            return _PALATAL[coda]
        return "ng" if _CODA[coda] == "ng" else _MOVED[coda].replace("_", "")
    end = _CODA[coda]
    if after >= 0 and _ONSETS[after] in ("n", "m", "r"):
        if end == "n" and _ONSETS[after] == "r":
            return "l"
        return _NASAL.get(end, end)
    return end
