"""Rows of a table of market shares, read into markets; a row that cannot be right is a flaw with its place and reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from mapae.detect.markets.cells import Words, amount_range, folded
from mapae.text.names.words import Parts, take_apart
from mapae.text.periods import named_period

__all__ = ["Entry", "Flaw", "Key", "Market", "read_rows", "to_markets"]

_BASES_OF_MONEY = frozenset({"value"})
_MOST_SHARES = 200  # numbers without unit that add up to more are amounts, not shares written wrong
_NO_UNIT = (
    "amounts without unit or currency: whether sales are below the least amount of the law is not judged"
)


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


def read_rows(rows: Iterable[Mapping[str, Any]], words: Words) -> Iterator[tuple[Key, Entry] | Flaw]:
    """Each row as an entry of its market, or as a flaw. A row without a market may belong to that of the row before."""
    market = ""
    for number, row in enumerate(rows):
        market = (row.get("market") or "").strip() or market
        flaw = _missing(number, row, market, words)
        yield flaw or _entry(number, row, words)


def _missing(number: int, row: Mapping[str, Any], market: str, words: Words) -> Flaw | None:
    for column in ("market", "firm"):
        if not (row.get(column) or "").strip():
            return Flaw(number, column, f"the {column} is missing", market=(market, _period(row)))
    if words.is_head(row["market"]) and words.is_head(row["firm"]):
        return Flaw(number, "market", "the header stands here once more", str(row["market"]))
    return None


def _place(row: Mapping[str, Any]) -> tuple[str, str]:
    """Market and period of a row: no other row of theirs is judged while this one is wrong."""
    return str(row["market"]).strip(), _period(row)


def _period(row: Mapping[str, Any]) -> str:
    """The row's period in one way of writing; as it stands where it names none."""
    text = str(row.get("period") or "").strip()
    found = named_period(text)
    return text if found is None else str(found)


def _entry(number: int, row: Mapping[str, Any], words: Words) -> tuple[Key, Entry] | Flaw:
    firm = str(row["firm"]).strip()
    basis = words.basis(row.get("basis"))
    if basis is None:
        said = "the basis is not value, users, traffic or volume"
        return Flaw(number, "basis", said, str(row["basis"]), _place(row))
    unit = words.unit(row.get("unit"), row.get("currency"))
    if unit is None:
        return Flaw(number, "unit", "the unit is not known", str(row["unit"]), _place(row))
    found = amount_range(number, row, unit)
    if isinstance(found, tuple) and len(found) == 3:
        return Flaw(number, *found, market=_place(row))
    low, high = found
    key = Key(
        str(row["market"]).strip(),
        (row.get("definition") or "").strip(),
        _period(row),
        basis,
    )
    given = row.get("share") is not None
    return key, Entry(
        number,
        words.part(firm),
        firm,
        (row.get("group") or firm).strip(),
        low,
        high,
        "%" if given else unit[0],
        _sales(row, unit, given, basis),
        given or unit[0] == "%",
    )


def _sales(row: Mapping[str, Any], unit: tuple[str, int], given: bool, basis: str) -> Fraction | None:
    """The firm's sales in the market in won, where a share stands beside them."""
    if given and row.get("value") is not None and unit[0] == "KRW" and basis in _BASES_OF_MONEY:
        return Fraction(str(row["value"])) * unit[1]
    return None


def to_markets(read: Iterable[tuple[Key, Entry] | Flaw]) -> tuple[list[Market], list[Flaw]]:
    """Markets in the order of market, definition, period and basis, and the flaws of all rows.

    Flaws that only show beside other rows: a firm twice, currencies mixed, a period missing where others have one,
    shares above 100 % together, firms above their total. A market with a flaw keeps count and is not to be judged.
    """
    flaws: list[Flaw] = []
    rows: dict[Key, list[Entry]] = defaultdict(list)
    for item in read:
        if isinstance(item, Flaw):
            flaws.append(item)
        else:
            rows[item[0]].append(item[1])
    lone = [key for key in rows if not key.period and any(other.period for other in rows)]
    for key in lone:
        said = "the period is missing, other rows have one"
        flaws += [Flaw(one.row, "period", said, market=(key.market, "")) for one in rows.pop(key)]
    faulty = [flaw.market for flaw in flaws if flaw.market]
    markets = [_market(key, entries, flaws, faulty) for key, entries in sorted(rows.items())]
    return markets, sorted(flaws, key=lambda flaw: flaw.row)


def _market(key: Key, entries: list[Entry], flaws: list[Flaw], faulty: list[tuple[str, str]]) -> Market:
    unit = _common_unit(entries)
    entries, notes = _as_shares(key, entries, unit)
    unit = "%" if any(entry.percent for entry in entries) else unit
    found = [*_twice(entries), *_mixed(entries, unit)]
    if not found:
        found = list(_above(entries, unit))
    flaws += found
    joined = _joined(entries)
    sales: dict[str, Fraction] = defaultdict(Fraction)
    for entry in joined:
        if entry.sales is not None:
            sales[entry.group] += entry.sales
    wrong = len(found) + sum(one == key.market and period in ("", key.period) for one, period in faulty)
    return Market(key, unit, tuple(joined), wrong, tuple(notes), dict(sales))


def _common_unit(entries: list[Entry]) -> str:
    known = [entry for entry in entries if entry.low is not None or entry.high is not None] or entries
    units = [entry.unit for entry in known]
    return max(dict.fromkeys(units), key=units.count)


def _as_shares(key: Key, entries: list[Entry], unit: str) -> tuple[list[Entry], list[str]]:
    """Numbers without unit or currency that can only be shares are read as per cent (or as parts of one)."""
    if unit not in ("", "%") or any(entry.unit not in ("", "%") for entry in entries):
        return entries, []
    told = any(entry.percent for entry in entries)
    firms = [entry for entry in entries if entry.part != "total"]
    most = max((entry.high if entry.high is not None else entry.low or 0 for entry in firms), default=0)
    least = sum(entry.low or 0 for entry in firms)
    if not told and (least > _MOST_SHARES or most == 0):
        return entries, [_NO_UNIT] if key.basis in _BASES_OF_MONEY else []
    scale = 100 if most <= 1 and least > Fraction(1, 2) and least <= Fraction(101, 100) else 1
    said = [] if told else ["numbers without unit were read as shares in per cent"]
    said += ["shares were given as parts of one"] if scale == 100 else []
    return [
        replace(
            entry,
            low=None if entry.low is None else entry.low * scale,
            high=None if entry.high is None else entry.high * scale,
            unit="%",
            percent=True,
        )
        for entry in entries
    ], said


def _twice(entries: list[Entry]) -> Iterator[Flaw]:
    seen: dict[tuple[str, str | Parts], int] = {}
    for entry in entries:
        name = (entry.part, _plain(entry.firm) if entry.part == "firm" else "")
        if name in seen:
            yield Flaw(
                entry.row,
                "firm",
                f"the firm stands twice in this market and period (first in record {seen[name] + 1})",
                entry.firm,
            )
        seen.setdefault(name, entry.row)


def _plain(firm: str) -> str | Parts:
    """A firm's name without its legal form: (주)가나 is 주식회사 가나."""
    parts = take_apart(firm)
    return parts if parts.core else folded(firm)


def _mixed(entries: list[Entry], unit: str) -> Iterator[Flaw]:
    """Known amounts in another unit than the market's; an amount that is not known has none."""
    for entry in entries:
        if entry.unit != unit and (entry.unit or entry.low is not None or entry.high is not None):
            mine, theirs = entry.unit or "none", unit or "none"
            yield Flaw(
                entry.row,
                "currency",
                f"currencies or units are mixed: {mine} here, {theirs} in this market",
                mine,
            )


def _above(entries: list[Entry], unit: str) -> Iterator[Flaw]:
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


def _joined(entries: list[Entry]) -> list[Entry]:
    """A firm that bears its group's name belongs to the group; one spelling of a group's name for all."""
    named = {folded(entry.group): entry.group for entry in reversed(entries) if entry.group != entry.firm}
    return [
        replace(entry, group=named[folded(entry.group)]) if folded(entry.group) in named else entry
        for entry in entries
    ]


def _shown(value: Fraction | None) -> str:
    return "" if value is None else f"{float(value):,.10g}"
