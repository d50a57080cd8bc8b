"""What two records are compared by: hashed runs of letters and the numbers of a folded text; reference of the kernel."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import numpy as np
import numpy.typing as npt

from mapae.detect.kernels.units import BUCKETS

__all__ = ["CHARACTERS", "character_kinds", "numbers_of", "stream_of", "units_of"]

CHARACTERS = 1200  # of a cell that are read
_CJK = (
    (0x1100, 0x11FF),
    (0x3040, 0x318F),
    (0x3400, 0x9FFF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0x20000, 0x2FFFF),
)
_NUMBER = re.compile(r"(?<![a-z0-9])(?<!\d\.)v?(\d+)(?:\.(\d+))?", re.ASCII)
_MASK = (1 << 64) - 1


@cache
def character_kinds() -> npt.NDArray[np.uint8]:
    """Class of every code point: 0 no letter, 1 letter, mark or digit, 2 Chinese, Japanese or Korean."""
    kinds = np.zeros(0x30000, np.uint8)
    for code in range(0x30000):
        kinds[code] = unicodedata.category(chr(code))[0] in "LMN"
    for low, high in _CJK:
        kinds[low : high + 1] *= 2
    return kinds


def stream_of(text: str) -> str:
    """Letters and digits of a folded text, words apart by one space; hyphen, slash and apostrophe inside a word go."""
    kinds = character_kinds()
    found = [" "]
    for at, char in enumerate(text):
        if len(found) >= CHARACTERS:
            break
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        letter = ord(char) < len(kinds) and kinds[ord(char)]
        if letter or (char == "." and _is(before, "09") and _is(after, "09")):
            found.append(char)
        elif not (char in "-/'" and _plain(before) and _plain(after)) and found[-1] != " ":
            found.append(" ")
    return "".join(found) if found[-1] == " " else "".join([*found, " "])


def _is(char: str, ends: str) -> bool:
    return bool(char) and ends[0] <= char <= ends[1]


def _plain(char: str) -> bool:
    return _is(char, "09") or _is(char, "az")


def units_of(text: str) -> list[int]:
    """Buckets of a text's runs of three characters, or of two where the first is Chinese, Japanese or Korean."""
    stream, kinds = stream_of(text), character_kinds()
    found = []
    for at in range(len(stream) - 1):
        if kinds[ord(stream[at])] == 2:
            found.append(_bucket(stream[at : at + 2]))
        elif at + 2 < len(stream):
            found.append(_bucket(stream[at : at + 3]))
    return found


def _bucket(run: str) -> int:
    a, b, c = (ord(char) for char in run.ljust(3, "\0"))
    mixed = (a * 0x9E3779B97F4A7C15) & _MASK
    mixed ^= (b * 0xC2B2AE3D27D4EB4F) & _MASK
    mixed ^= (c * 0x165667B19E3779F9) & _MASK
    mixed ^= mixed >> 29
    return (((mixed * 0xBF58476D1CE4E5B9) & _MASK) >> 40) & (BUCKETS - 1)


def numbers_of(text: str) -> list[int]:
    """Numbers of a folded text in thousandths: alone, behind v, or before a unit; not those inside a code."""
    found = []
    for match in _NUMBER.finditer(text):
        whole, part = match.groups()
        if len(whole) <= 6 and not _letters_then_digit(text, match.end()):
            found.append(int(whole) * 1000 + int(((part or "") + "000")[:3]))
    return found


def _letters_then_digit(text: str, at: int) -> bool:
    return bool(re.match(r"[a-z]+[0-9]", text[at:]))
