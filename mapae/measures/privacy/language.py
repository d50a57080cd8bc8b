"""Whether a text is in a language whose words the pack knows: Korean, English, Chinese."""

from __future__ import annotations

import re

__all__ = ["is_read"]

_SAMPLE = 40_000  # characters looked at
_FEW = 60  # letters under which nothing can be said
_WORD = re.compile(r"[a-zà-ÿœßąčęłńśżžğışăâîțțů]+")
_ENGLISH = frozenset("the of and to your we you for or with our that may not is are this from by".split())
_KANA, _HANGUL, _HANZI, _ENGLISH_SHARE = 0.08, 0.1, 0.3, 0.12


def is_read(text: str) -> bool:
    """By letters: Hangul, ideographs without kana, or Latin words of which enough are common English ones."""
    lowered = text[:_SAMPLE].lower()
    letters = [char for char in lowered if char.isalpha()]
    if len(letters) < _FEW:
        return True
    shares = [
        sum(first <= char <= last for char in letters) / len(letters)
        for first, last in (("\u3040", "\u30ff"), ("\uac00", "\ud7a3"), ("\u4e00", "\u9fff"))
    ]
    kana, hangul, hanzi = shares
    if kana >= _KANA:
        return False
    if hangul >= _HANGUL or hanzi >= _HANZI:
        return True
    words = _WORD.findall(lowered)
    return bool(words) and sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words)
