"""A whole table of market shares, read and judged: markets in order, those left out for faulty rows, the faulty rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mapae.detect.markets.cells import Words
from mapae.detect.markets.entries import Flaw, Market
from mapae.detect.markets.judged import JudgedMarket, judge_market
from mapae.detect.markets.table import read_rows, to_markets
from mapae.errors import InputError
from mapae.law import LawBook

__all__ = ["Read", "read_markets"]


@dataclass(frozen=True)
class Read:
    """Markets that could be judged, in order, those left out for faulty rows, and the rows that are set aside."""

    judged: tuple[JudgedMarket, ...]
    left_out: tuple[Market, ...]
    flaws: tuple[Flaw, ...]


def read_markets(
    rows: Iterable[Mapping[str, Any]], words: Mapping[str, Any], book: LawBook, as_of: date
) -> Read:
    """Judge every market that has no faulty row by the law as of the day. words: the pack's markets/words.yaml."""
    markets, flaws = to_markets(read_rows(rows, Words(words)))
    judged: list[JudgedMarket] = []
    for market in (one for one in markets if not one.faulty and one.groups()):
        try:
            judged.append(judge_market(market, book, as_of))
        except InputError as error:
            flaws.append(Flaw(market.entries[0].row, "value", f"{error.what}: {market.key.market}"))
    return Read(tuple(judged), tuple(market for market in markets if market.faulty), tuple(flaws))
