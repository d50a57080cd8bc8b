"""What a table of market shares holds: rows that are set aside, markets and the entries of their firms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

__all__ = ["Entry", "Flaw", "Key", "Market"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """A row that is set aside: its number from 0, the column, why, what stood there, and its market where it has one."""

    row: int
    column: str
    reason: str
    raw: str = ""
    market: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What a market is told by: market, how it is drawn, period, basis."""

    market: str
    definition: str
    period: str
    basis: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One firm's row. low, high: of the amount in the market's unit (None: not known); sales in won, where given.

    part: firm, rest (many small firms) or total.
    """

    row: int
    part: str
    firm: str
    group: str
    low: Fraction | None
    high: Fraction | None
    unit: str
    sales: Fraction | None = None
    percent: bool = False


@dataclass(frozen=True)
class Market:
    """Entries of one market in one period on one basis; unit: `%`, a currency, or empty (users, visits, …)."""

    key: Key
    unit: str
    entries: tuple[Entry, ...]
    faulty: int = 0
    notes: tuple[str, ...] = ()
    sales: Mapping[str, Fraction] = field(default_factory=dict)

    def groups(self) -> dict[str, list[Entry]]:
        """Firms by the group they belong to, affiliates together (MRFD 2(2), 11(3)); in order of first sight."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            if entry.part == "firm":
                found[entry.group].append(entry)
        return dict(found)
