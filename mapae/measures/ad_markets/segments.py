"""Which segment of digital advertising a market is, by its name: the pack's table (markets/ads.yaml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mapae.detect.markets.cells import folded

__all__ = ["Segment", "Segments"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment: key, layer (format or chain), side served, titles by language."""

    key: str
    layer: str
    side: str
    title: Mapping[str, str]


@dataclass(frozen=True)
class Segments:
    """The table, read once."""

    data: Mapping[str, Any]

    def of(self, market: str) -> Segment | None:
        """The segment of a market's name; None where it is no advertising market."""
        words = set(re.findall(r"[a-z]+", market.casefold()))
        name = folded(market)
        advertising = any(_stands(word, name, words) for word in self.data["words"])
        for entry in self.data["segments"]:
            if entry["with"] and not advertising:
                continue
            if any(_stands(one, name, words) for one in entry["names"]):
                titles = {"en": entry["en"], "ko": entry["ko"]}
                return Segment(entry["key"], entry["layer"], entry["side"], titles)
        return None


def _stands(word: str, name: str, words: set[str]) -> bool:
    """A short Latin word must be a word of its own (`ad` is not in `leads`); others may stand inside."""
    if word.isascii() and len(word) <= 4:
        return word in words
    return folded(word) in name
