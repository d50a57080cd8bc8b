"""A message as it is read: lowered, compatibility forms folded, lengths kept so that places stay true."""

from __future__ import annotations

import unicodedata

__all__ = ["lowered"]


def lowered(text: str) -> str:
    """The text lowered and NFKC-folded character by character where that keeps one character; same length as given."""
    return "".join(map(_one, text))


def _one(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    return folded if len(folded) == 1 else character
