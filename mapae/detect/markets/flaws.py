"""Entries that cannot be right beside the others of their market: a firm twice, currencies mixed, more than the whole."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mapae.detect.markets.cells import folded
from mapae.detect.markets.entries import Entry, Flaw
from mapae.text.names.words import Parts, take_apart

__all__ = ["above", "mixed", "plain_name", "twice"]


def twice(entries: list[Entry]) -> Iterator[Flaw]:
    """Firms that stand more than once, whatever their legal form."""
    seen: dict[tuple[str, str | Parts], int] = {}
    for entry in entries:
        name = (entry.part, plain_name(entry.firm) if entry.part == "firm" else "")
        if name in seen:
            yield Flaw(
                entry.row,
                "firm",
                f"the firm stands twice in this market and period (first in record {seen[name] + 1})",
                entry.firm,
            )
        seen.setdefault(name, entry.row)


def plain_name(firm: str) -> str | Parts:
    """A firm's name without its legal form: (주)가나 is 주식회사 가나."""
    parts = take_apart(firm)
    return parts if parts.core else folded(firm)


def mixed(entries: list[Entry], unit: str) -> Iterator[Flaw]:
    """Known amounts in another unit than the market's; an amount that is not known has none."""
    for entry in entries:
        if entry.unit != unit and (entry.low is not None or entry.high is not None):
            mine, theirs = entry.unit or "none", unit or "none"
            yield Flaw(
                entry.row,
                "currency",
                f"currencies or units are mixed: {mine} here, {theirs} in this market",
                mine,
            )


def above(entries: list[Entry], unit: str) -> Iterator[Flaw]:
    """Shares that are above 100 % together beyond rounding, firms above their total."""
    firms = [entry for entry in entries if entry.part != "total"]
    lows = sum((entry.low or Fraction(0) for entry in firms), Fraction(0))
    if unit == "%":
        over = [entry for entry in firms if (entry.low or 0) > 100]
        for entry in over:
            yield Flaw(entry.row, "value", "the share is above 100 %", _shown(entry.low))
        if not over and lows > 100 + _rounding(firms):
            last = firms[-1]
            said = (
                f"the shares of this market and period add up to {_shown(lows)} %, more than 100 %; "
                "if these are amounts, say so in a unit or currency column"
            )
            yield from (
                Flaw(entry.row, "value", said, _shown(entry.low))
                for entry in firms
                if entry.low or entry is last
            )
        return
    total = next((entry for entry in entries if entry.part == "total" and entry.high is not None), None)
    if total and total.high is not None and lows > total.high:
        said = f"the firms add up to {_shown(lows)}, more than the total"
        yield Flaw(total.row, "value", said, _shown(total.high))


def _rounding(firms: list[Entry]) -> Fraction:
    """What rounding of every share can add up to: half of the last place written, a firm."""
    places = max((_places(entry.low) for entry in firms if entry.low is not None), default=0)
    return Fraction(len(firms), 2 * 10**places)


def _places(value: Fraction) -> int:
    for places in range(6):
        if (value * 10**places).denominator == 1:
            return places
    return 6


def _shown(value: Fraction | None) -> str:
    return "" if value is None else f"{float(value):,.10g}"
