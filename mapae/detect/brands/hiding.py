"""How surely a name was written to hide it, and which hits stand inside longer ones."""

from __future__ import annotations

import re
import unicodedata

import numpy as np

from mapae.detect.hits import Hits

__all__ = ["covering", "drawn", "hiding"]

_HARD_SIGNS = re.compile(r"[*#@~^★☆♡♥○●◯◎□■%]|[\U0001F000-\U0001FAFF]")
_LONG_COMMON = 6  # a common word of so many letters is not posed by accident
_LONG_APART = 6  # so many letters are not set apart by accident
_JAMO = re.compile("[ㄱ-ㅣ]")
_DRAWN = re.compile(
    r"[\u2460-\u24ff\U0001D400-\U0001D7FF\U0001F130-\U0001F189]"
)  # in rings, mathematics, in boxes
_DRAWN_WORTH = 0.6


def hiding(seen: str, name: str, common: bool = False) -> float:
    """How surely a text that reads as `name` was written to hide it (0 where it is just another way to write it)."""
    letters, meant = _letters(seen), _letters(name)
    gaps = sum(not char.isalnum() for char in seen)
    if _HARD_SIGNS.search(seen[1:]) or (_JAMO.search(seen) and not _JAMO.search(name)):
        worth = 1.0
    elif letters != meant and not all("\u4e00" <= char <= "\u9fff" for char in letters):
        worth = _posed(letters, meant)
    elif drawn(seen):
        worth = _DRAWN_WORTH
    else:
        apart = gaps >= 2 and gaps >= len(letters) - 2
        worth = (1.0 if len(letters) >= _LONG_APART else 0.8) if apart else 0.0
    return min(worth, 0.6) if common and len(letters) < _LONG_COMMON else worth


def drawn(seen: str) -> bool:
    """Whether letters are drawn ones, which filters do not read as letters (𝓓𝓲𝓸𝓻)."""
    return _DRAWN.search(seen) is not None


def _posed(letters: str, meant: str) -> float:
    """Letters that stand for others: sure where most of the name stands as it is, and they look like those meant."""
    if len(letters) < 3 and letters.isascii():
        return 0.0
    if len(letters) != len(meant):
        return 1.0
    pairs = [(one, other) for one, other in zip(letters, meant, strict=True) if one != other]
    alike = all(pair != ("i", "l") for pair in pairs)  # a small i does not pass for an l
    return 1.0 if alike and len(pairs) * 2 < len(meant) else 0.3


def _letters(text: str) -> str:
    """Letters and digits in lower case, without accents or width."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(char for char in apart if char.isalnum() and not unicodedata.combining(char))
    return unicodedata.normalize("NFKC", kept)


def covering(hits: Hits, i: int) -> list[int]:
    """Hits of the same text that are longer and stand around hit `i`."""
    same = (hits.field == hits.field[i]) & (hits.channel == hits.channel[i])
    longer = (hits.end - hits.start) > (hits.end[i] - hits.start[i])
    found: list[int] = np.flatnonzero(
        same & longer & (hits.start <= hits.start[i]) & (hits.end >= hits.end[i])
    ).tolist()
    return found
