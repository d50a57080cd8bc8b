"""Column names and entry names made plain, so that spacing, case and full-width forms do not matter."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["plain", "plain_entry"]

_NOT_LETTERS = re.compile(r"[\W_]+")
_BRACKETS = re.compile(r"(?<=.)[(\[（【<].*?[)\]）】>]")


@lru_cache(maxsize=16_384)
def plain(column: str) -> str:
    """A column's name: letters and digits in lower case; what stands in brackets behind the name is left out."""
    text = unicodedata.normalize("NFKC", str(column)).casefold().strip()
    return _NOT_LETTERS.sub("", _BRACKETS.sub("", text)) or _NOT_LETTERS.sub("", text) or text


def plain_entry(name: str) -> str:
    """An entry's name for comparing: letters and digits in lower case. `Nandrolone(M1)` is not `Nandrolone(M2)`."""
    text = unicodedata.normalize("NFKC", str(name)).casefold()
    return _NOT_LETTERS.sub("", text) or text.strip()
