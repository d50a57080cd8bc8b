"""Markets that are drawn in more than one way, or counted on more than one basis, in the same period: side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mapae.detect.markets.judged import JudgedFirm, JudgedMarket

__all__ = ["Drawn", "drawn"]


@dataclass(frozen=True)
class Drawn:
    """One market and period. ways: (definition, basis) of each column; firms: (name, its part in each way; None: none)."""

    market: str
    period: str
    ways: tuple[tuple[str, str], ...]
    firms: tuple[tuple[str, tuple[JudgedFirm | None, ...]], ...]


def drawn(judged: Sequence[JudgedMarket]) -> tuple[Drawn, ...]:
    """Each market and period with more than one way, in the order of the table."""
    found: dict[tuple[str, str], list[JudgedMarket]] = {}
    for one in judged:
        found.setdefault((one.market.key.market, one.market.key.period), []).append(one)
    return tuple(_drawn(key, ways) for key, ways in found.items() if len(ways) > 1)


def _drawn(key: tuple[str, str], ways: Sequence[JudgedMarket]) -> Drawn:
    held = [{firm.name: firm for firm in one.firms} for one in ways]
    names = dict.fromkeys(name for firms in held for name in firms)
    columns = tuple((one.market.key.definition, one.market.key.basis) for one in ways)
    return Drawn(*key, columns, tuple((name, tuple(firms.get(name) for firms in held)) for name in names))
