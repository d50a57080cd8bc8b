"""Rows of a table of market shares, read into markets; a row that cannot be right is a flaw with its place and reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from mapae.detect.markets.cells import Words, amount_range, folded
from mapae.detect.markets.entries import Entry, Flaw, Key, Market
from mapae.detect.markets.flaws import above, mixed, twice
from mapae.text.periods import named_period

__all__ = ["read_rows", "to_markets"]

_HEADER = "header"
_TWO_ROWS = "headings stand in two rows: put the period into a column of its own, one row a firm and period"
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_BASES_OF_MONEY = frozenset({"value"})
_MOST_SHARES = 200  # numbers without unit that add up to more are amounts, not shares written wrong
_NO_UNIT = (
    "amounts without unit or currency: whether sales are below the least amount of the law is not judged"
)


def read_rows(rows: Iterable[Mapping[str, Any]], words: Words) -> Iterator[tuple[Key, Entry] | Flaw]:
    """Each row as an entry of its market, or as a flaw. A row without a market may belong to that of the row before."""
    market = ""
    for number, row in enumerate(rows):
        market = (row.get("market") or "").strip() or market
        flaw = _missing(number, row, market, words)
        yield flaw or _entry(number, row, words)


def _missing(number: int, row: Mapping[str, Any], market: str, words: Words) -> Flaw | None:
    if number == 0 and not row.get("market") and not row.get("firm") and _is_year(row):
        return Flaw(number, _HEADER, _TWO_ROWS)
    for column in ("market", "firm"):
        if not (row.get(column) or "").strip():
            return Flaw(number, column, f"the {column} is missing", market=(market, _period(row)))
    if words.is_head(row["market"]) and words.is_head(row["firm"]):
        return Flaw(number, "market", "the header stands here once more", str(row["market"]))
    return None


def _is_year(row: Mapping[str, Any]) -> bool:
    """Whether nothing but a year stands where amounts do: the second row of a heading in layers."""
    cells = [row[name] for name in ("share", "value") if row.get(name) is not None]
    return bool(cells) and all(_FIRST_YEAR <= cell <= _LAST_YEAR and cell == int(cell) for cell in cells)


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
    if any(flaw.column == _HEADER for flaw in flaws):
        faulty += [(key.market, "") for key in rows]
    markets = [_market(key, entries, flaws, faulty) for key, entries in sorted(rows.items())]
    return markets, sorted(flaws, key=lambda flaw: flaw.row)


def _market(key: Key, entries: list[Entry], flaws: list[Flaw], faulty: list[tuple[str, str]]) -> Market:
    entries = _as_sales(entries)
    unit = _common_unit(entries)
    entries, notes = _as_shares(key, entries, unit)
    unit = "%" if any(entry.percent for entry in entries) else unit
    found = [*twice(entries), *mixed(entries, unit)]
    if not found:
        found = list(above(entries, unit))
    flaws += found
    joined = _joined(entries)
    sales: dict[str, Fraction] = defaultdict(Fraction)
    for entry in joined:
        if entry.sales is not None:
            sales[entry.group] += entry.sales
    wrong = len(found) + sum(one == key.market and period in ("", key.period) for one, period in faulty)
    return Market(key, unit, tuple(joined), wrong, tuple(notes), dict(sales))


def _as_sales(entries: list[Entry]) -> list[Entry]:
    """Where some rows have sales only, the sales of all are taken; as they are where a share has no sales beside it."""
    shares = [entry for entry in entries if entry.percent and entry.low is not None]
    only = any(entry.unit == "KRW" and entry.low is not None for entry in entries)
    if not only or any(entry.sales is None for entry in shares):
        return entries
    return [
        replace(entry, low=entry.sales, high=entry.sales, unit="KRW", percent=False)
        if entry in shares
        else entry
        for entry in entries
    ]


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


def _joined(entries: list[Entry]) -> list[Entry]:
    """A firm that bears its group's name belongs to the group; one spelling of a group's name for all."""
    named = {folded(entry.group): entry.group for entry in reversed(entries) if entry.group != entry.firm}
    return [
        replace(entry, group=named[folded(entry.group)]) if folded(entry.group) in named else entry
        for entry in entries
    ]
