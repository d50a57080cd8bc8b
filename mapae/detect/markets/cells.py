"""Cells of a table of market shares: amounts with bounds, units, bases, and the words for rest, total and unknown."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

__all__ = ["Words", "amount_range", "folded"]

_NUMBER = r"[-+]?\d[\d,]*(?:\.\d+)?"
_RANGE = re.compile(
    rf"\s*({_NUMBER})\s*%?\s*(?:~|∼|–|—|-|to|부터|에서|至)\s*({_NUMBER})\s*%?(?:\s*까지)?\s*", re.I
)
_BELOW = re.compile(
    rf"\s*(?:<|≤|＜|under|below|less than|up to|at most)\s*({_NUMBER})\s*%?\s*|({_NUMBER})\s*%?\s*(?:미만|이하|以下)\s*",
    re.I,
)
_ABOVE = re.compile(
    rf"\s*(?:>|≥|＞|over|above|more than|at least)\s*({_NUMBER})\s*%?\s*|({_NUMBER})\s*%?\s*(?:초과|이상|以上)\s*",
    re.I,
)
_STRICT = re.compile(r"[<>＜＞]|미만|초과|under|below|over|above|less than|more than", re.I)
_JUST_BELOW = 1 - Fraction(1, 10**9)  # an end that is not reached
_SIGNS = re.compile(r"[\s_\-·.()（）,/]+")

Range = tuple[Fraction | None, Fraction | None]
Fault = tuple[str, str, str]


def folded(name: object) -> str:
    """A name for comparison: width and case folded, without spaces and signs."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", str(name)).casefold())


@dataclass(frozen=True)
class Words:
    """The pack's words (markets/words.yaml)."""

    data: Mapping[str, Any]

    def part(self, firm: str) -> str:
        """`rest`, `total` or `firm`."""
        name = folded(firm)
        return next((part for part in ("rest", "total") if name in self._sets[part]), "firm")

    def is_head(self, cell: Any) -> bool:
        """Whether a cell is the heading of its column."""
        return folded(cell) in self._sets["heads"]

    def basis(self, cell: Any) -> str | None:
        """value (also where nothing is given), users, traffic, volume; None for another word."""
        if not (cell or "").strip():
            return "value"
        return next((basis for basis, names in self._bases.items() if folded(cell) in names), None)

    def unit(self, cell: Any, currency: Any) -> tuple[str, int] | None:
        """What amounts are counted in and how many of it one is; None for a unit that is not known."""
        code = str(currency or "").strip().upper()
        for given in (cell, currency):
            found = self._units.get(folded(given)) if (given or "").strip() else None
            if found:
                return (found[0] or code, found[1])
        return None if (cell or "").strip() else (code, 1)

    @cached_property
    def _sets(self) -> dict[str, frozenset[str]]:
        return {part: frozenset(map(folded, self.data[part])) for part in ("rest", "total", "heads")}

    @cached_property
    def _bases(self) -> dict[str, frozenset[str]]:
        return {basis: frozenset(map(folded, names)) for basis, names in self.data["bases"].items()}

    @cached_property
    def _units(self) -> dict[str, tuple[str, int]]:
        return {
            folded(name): (entry["of"], entry["factor"])
            for entry in self.data["units"].values()
            for name in entry["names"]
        }


def amount_range(number: int, row: Mapping[str, Any], unit: tuple[str, int]) -> Range | Fault:
    """Least and greatest amount of a row in whole units (None: not known), or (column, reason, raw) where it is wrong.

    A share stands for the amount where it is given. A cell such as 20~30 %, < 5, 이상 gives bounds.
    """
    share = row.get("share")
    column = "share" if share is not None else "value"
    value, low, high = (
        None if row.get(name) is None else Fraction(str(row[name])) for name in (column, "low", "high")
    )
    beside = None if row.get("value") is None else Fraction(str(row["value"]))
    for name, cell in ((column, value), ("value", beside), ("low", low), ("high", high)):
        if cell is not None and cell < 0:
            what = "share" if name == "share" or unit[0] == "%" else "turnover"
            said = f"the {name} bound is negative" if name in ("low", "high") else f"a negative {what}"
            return name, said, str(float(cell))
    if low is not None and high is not None and low > high:
        return "low", "the low bound is above the high bound", f"{float(low)} > {float(high)}"
    if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        return column, "the value is outside its bounds", str(float(value))
    if value is not None and low is None and high is None:
        low, high = _written(value, row)
    elif value is not None:
        low, high = (value if low is None else low), (value if high is None else high)
    factor = 1 if column == "share" else unit[1]
    return None if low is None else low * factor, None if high is None else high * factor


def _written(value: Fraction, row: Mapping[str, Any]) -> Range:
    """The bounds that the cell had in words, where the reader kept it aside; else the value itself."""
    for cell in _aside(row):
        if (match := _RANGE.fullmatch(cell)) and _number(match[1]) == value and _number(match[2]) > value:
            return value, _number(match[2])
        if (match := _BELOW.fullmatch(cell)) and _number(match[1] or match[2]) == value:
            return Fraction(0), value * _JUST_BELOW if _STRICT.search(cell) else value
        if (match := _ABOVE.fullmatch(cell)) and _number(match[1] or match[2]) == value:
            return value / _JUST_BELOW if _STRICT.search(cell) else value, None
    return value, value


def _aside(row: Mapping[str, Any]) -> list[str]:
    extra = row.get("extra")
    kept = json.loads(extra) if extra else {}
    return [cell for cell in kept.values() if isinstance(cell, str)] if isinstance(kept, dict) else []


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))
