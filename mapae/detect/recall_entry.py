"""What of a recall the index is built of, and how wide it is searched."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["HIGH", "NORMAL", "Entry", "Mode"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What of one recall is looked for: names as they are written, codes, words, those of its names, kinds of goods.

    limited: its models limit it; coded: it has models and takes not all of them, so that one without needs words.
    telling: for each product named its proper words (none: brand and kind of goods say it all).
    """

    brands: tuple[str, ...]
    models: tuple[str, ...]
    words: tuple[str, ...]
    names: tuple[str, ...]
    kinds: tuple[int, ...]
    limited: bool
    telling: tuple[tuple[str, ...], ...] = ()
    coded: bool = False


@dataclass(frozen=True, slots=True)
class Mode:
    """How wide the search is: df cap of words, least score, most candidates a row, the gate.

    lead: bytes of a description that are read in full; behind them only codes are.
    """

    cap: int
    least: float
    most: int
    high: bool
    lead: int = 900


NORMAL = Mode(cap=64, least=1.2, most=48, high=False)
HIGH = Mode(cap=1_000_000, least=0.15, most=20, high=True, lead=1 << 40)
