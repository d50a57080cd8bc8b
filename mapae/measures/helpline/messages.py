"""A message as it is read: lowered, compatibility forms and traditional characters folded, places kept true."""

from __future__ import annotations

import unicodedata
from functools import cache

from mapae.text.names.chinese import simplify

__all__ = ["lowered"]


def lowered(text: str) -> str:
    """The text lowered, NFKC-folded and in simplified characters, one by one where that keeps one; same length as given."""
    return "".join(map(_one, text))


@cache
def _one(character: str) -> str:
    folded = unicodedata.normalize("NFKC", character).lower()
    folded = folded if len(folded) == 1 else character
    plain = simplify(folded) if "\u4e00" <= folded <= "\u9fff" else folded
    return plain if len(plain) == 1 else folded
