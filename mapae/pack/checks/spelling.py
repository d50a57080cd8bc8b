"""Says which known word a mistaken one is near."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["near"]


def near(word: str, known: Iterable[str]) -> str:
    """A remedy that names up to three near words, or the first few there are."""
    words = sorted(known)
    close = get_close_matches(word, words, n=3, cutoff=0.6)
    if close:
        return f"did you mean {', '.join(close)}?"
    return f"known are: {', '.join(words[:12])}{', …' if len(words) > 12 else ''}"
