"""What an ad library shows of spending, summed with bounds, against what was declared."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import orjson
import polars as pl

from mapae.app.inputs import open_inputs
from mapae.detect.markets.cells import folded
from mapae.errors import InputError

__all__ = ["By", "observed_spend", "spend_against"]

_RANGE = re.compile(r'"?(\d[\d,.]*)\s*(?:~|–|—|-|to)\s*(\d[\d,.]*)"?')
_BOUNDS = re.compile(r'"?lower_bound"?\s*:\s*"?(\d[\d.]*)"?(?:.*?"?upper_bound"?\s*:\s*"?(\d[\d.]*)"?)?')
_YEAR = re.compile(r"\d{4}")
_COLUMNS = [
    "platform",
    "advertiser_name",
    "last_shown",
    "first_shown",
    "spend",
    "impressions",
    "currency",
    "extra",
]


@dataclass
class _Sum:
    """Adverts, the least and greatest sum of what they cost, those without a figure, those without an upper end."""

    adverts: int = 0
    low: float = 0.0
    high: float = 0.0
    without: int = 0
    open: int = 0
    impressions: float = field(default=0.0)


Key = tuple[str, str, str]  # platform or advertiser, year, currency
By = Literal["platform", "advertiser"]


def observed_spend(paths: Iterable[Path], by: By = "platform") -> dict[Key, _Sum]:
    """Spending by platform (or advertiser), year of first showing and currency.

    A range counts from its low to its high end; a range without an upper end makes the sum open.
    """
    sums: dict[Key, _Sum] = defaultdict(_Sum)
    for feed in open_inputs(tuple(paths), kind="advert").feeds:
        for batch in feed.batches():
            held = pl.from_arrow(batch.select(_COLUMNS))
            assert isinstance(held, pl.DataFrame)
            for row in held.iter_rows(named=True):
                _add(sums[_key(row, "platform" if by == "platform" else "advertiser_name")], row)
    return dict(sums)


def _key(row: Mapping[str, Any], of: str) -> Key:
    year = _YEAR.match(row["first_shown"] or row["last_shown"] or "")
    return row[of] or "", year[0] if year else "", (row["currency"] or "").upper()


def _add(total: _Sum, row: Mapping[str, Any]) -> None:
    total.adverts += 1
    total.impressions += row["impressions"] or 0.0
    found = _ends(row)
    if found is None:
        total.without += 1
        return
    low, high = found
    total.low += low
    total.high += low if high is None else high
    total.open += high is None


def _ends(row: Mapping[str, Any]) -> tuple[float, float | None] | None:
    """Least and greatest of one advert: the range kept aside where the cell had one, else the number."""
    extra = row["extra"]
    for cell in orjson.loads(extra).values() if extra else ():
        if not isinstance(cell, str):
            continue
        if match := _BOUNDS.search(cell):
            if row["spend"] is None or float(match[1]) == row["spend"]:
                return float(match[1]), float(match[2]) if match[2] else None
        elif (match := _RANGE.fullmatch(cell.strip())) and _plain(match[1]) == row["spend"]:
            return _plain(match[1]), _plain(match[2])
    return None if row["spend"] is None else (row["spend"], row["spend"])


def _plain(text: str) -> float:
    return float(text.replace(",", ""))


def spend_against(
    adverts: Iterable[Path], declared: Path | None, by: By = "platform"
) -> list[dict[str, Any]]:
    """A row a platform (or advertiser), year and currency: what was seen, what was declared (a table of firm, period, value,
    currency), and whether the declared figure can be right. InputError, at the row, for a figure that cannot be one.

    `below what was seen`: declared less than the least that the library shows. An ad library shows only part of all
    adverts, so a declared figure above what was seen, or one of which nothing was seen, is no contradiction.
    """
    seen = observed_spend(adverts, by)
    said = _declared(declared) if declared else {}
    names = {(folded(name), year, currency) for name, year, currency in seen}
    rows = [_unseen(by, key, value) for key, value in sorted(said.items()) if key not in names]
    for (platform, year, currency), total in sorted(seen.items()):
        value = said.get((folded(platform), year, currency))
        rows.append(
            {
                by: platform, "year": year, "currency": currency, "adverts": total.adverts,
                "seen_low": total.low, "seen_high": None if total.open else total.high,
                "without_figure": total.without, "impressions": total.impressions, "declared": value,
                "answer": _answer(total, value),
            }
        )  # fmt: skip
    return rows


def _unseen(by: By, key: Key, value: float) -> dict[str, Any]:
    return {
        by: key[0], "year": key[1], "currency": key[2], "adverts": 0, "seen_low": 0.0, "seen_high": 0.0,
        "without_figure": 0, "impressions": 0.0, "declared": value, "answer": "nothing was seen",
    }  # fmt: skip


def _answer(total: _Sum, value: float | None) -> str:
    if value is None:
        return "not declared"
    if value < total.low:
        return "below what was seen"
    return "within what was seen" if total.open or value <= total.high else "above what was seen"


def _declared(path: Path) -> dict[Key, float]:
    """What was declared by name, year and currency; the rows of one are added up."""
    sums: dict[Key, float] = defaultdict(float)
    for number, row in enumerate(_rows(path), 1):
        year = _YEAR.match(row["period"] or "")
        if wrong := _wrong(row, year):
            raise InputError(
                wrong, where=f"{path}, record {number}", mend="a row has firm, period, value, currency"
            )
        sums[folded(row["firm"]), year[0] if year else "", (row["currency"] or "").upper()] += row["value"]
    return dict(sums)


def _wrong(row: Mapping[str, Any], year: re.Match[str] | None) -> str:
    if not row["firm"]:
        return "no firm is named"
    if year is None:
        return "the period names no year"
    if row["value"] is None:
        return "there is no amount that can be read"
    return "a negative amount" if row["value"] < 0 else ""


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    feeds = open_inputs((path,), kind="market_share").feeds
    return (row for feed in feeds for batch in feed.batches() for row in batch.to_pylist())
