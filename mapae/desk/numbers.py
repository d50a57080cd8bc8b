"""Numbers as requests bring them: digits, not too many; anything else is none."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["whole", "wholes"]


def whole(text: str, digits: int = 18) -> int:
    """The number that ASCII digits write, at most so many of them; else 0. A row's number has 18 at most."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else 0


def wholes(texts: Iterable[str], digits: int = 18) -> list[int]:
    """Those that are numbers above 0, in order."""
    return [number for text in texts if (number := whole(text, digits))]
