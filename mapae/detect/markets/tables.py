"""Judged markets as Arrow tables: a row a firm (shares), a row a market (concentration, change since the period before)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from mapae.detect.markets.concentration import Bounds
from mapae.detect.markets.entries import Market
from mapae.detect.markets.judged import JudgedFirm, JudgedMarket
from mapae.detect.markets.said import flip_sentences, span

__all__ = ["MARKETS", "SHARES", "definitions_table", "markets_table", "shares_table"]

_TEXT, _NUMBER = pa.string(), pa.float64()
SHARES = pa.schema(
    [
        ("market", _TEXT), ("definition", _TEXT), ("period", _TEXT), ("basis", _TEXT), ("group", _TEXT),
        ("firms", pa.list_(_TEXT)), ("share_low", _NUMBER), ("share_high", _NUMBER), ("sales_low_krw", _NUMBER),
        ("sales_high_krw", _NUMBER), ("presumed", _TEXT), ("grounds", pa.list_(_TEXT)), ("flips", _TEXT),
        ("records", pa.list_(pa.int64())),
    ]
)  # fmt: skip
MARKETS = pa.schema(
    [
        ("market", _TEXT), ("definition", _TEXT), ("period", _TEXT), ("basis", _TEXT), ("unit", _TEXT),
        ("firms", pa.int32()), ("unknown", pa.int32()), ("listed_low", _NUMBER), ("listed_high", _NUMBER),
        ("presumed", pa.list_(_TEXT)), ("depends", pa.list_(_TEXT)),
        ("cr1_low", _NUMBER), ("cr1_high", _NUMBER), ("cr3_low", _NUMBER), ("cr3_high", _NUMBER),
        ("cr4_low", _NUMBER), ("cr4_high", _NUMBER), ("hhi_low", _NUMBER), ("hhi_high", _NUMBER),
        ("hhi_exact", pa.bool_()), ("hhi_change_low", _NUMBER), ("hhi_change_high", _NUMBER), ("since", _TEXT),
        ("notes", _TEXT),
    ]
)  # fmt: skip
DEFINITIONS = pa.schema(
    [
        ("market", _TEXT),
        ("period", _TEXT),
        ("group", _TEXT),
        ("answers", pa.list_(_TEXT)),
        ("agree", pa.bool_()),
    ]
)
_YEAR = re.compile(r"(\d{4})\s*년?\s*\Z")


def shares_table(judged: Iterable[JudgedMarket]) -> pa.Table:
    """A row a firm and market; shares in per cent, sales in won; records: row numbers from 1."""
    return pa.Table.from_pylist([_share(one, firm) for one in judged for firm in one.firms], schema=SHARES)


def _share(judged: JudgedMarket, firm: JudgedFirm) -> dict[str, Any]:
    depends = firm.verdict.answer == "depends"
    return _key(judged.market) | {
        "group": firm.name,
        "firms": list(firm.firms),
        "share_low": float(firm.share[0]),
        "share_high": float(firm.share[1]),
        "sales_low_krw": float(firm.sales[0]) if firm.sales else None,
        "sales_high_krw": float(firm.sales[1]) if firm.sales else None,
        "presumed": firm.verdict.answer,
        "grounds": list(firm.verdict.grounds),
        "flips": "; ".join(flip_sentences(judged, firm)) if depends else None,
        "records": [row + 1 for row in firm.rows],
    }


def definitions_table(judged: Iterable[JudgedMarket]) -> pa.Table:
    """Firms of markets that are drawn in more than one way, or counted on more than one basis, in the same period: the
    answer under each, and whether they agree. Empty where no market is.
    """
    found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for one in judged:
        key = one.market.key
        drawn = (
            " by ".join(part for part in (key.definition, key.basis) if part and part != "value")
            or "by value"
        )
        for firm in one.firms:
            said = f"{drawn}: {firm.verdict.answer} ({span(*firm.share)})"
            found.setdefault((key.market, key.period, firm.name), []).append((firm.verdict.answer, said))
    several = {(market, period) for (market, period, _), answers in found.items() if len(answers) > 1}
    rows = [
        {
            "market": market,
            "period": period or None,
            "group": name,
            "answers": [said for _, said in answers],
            "agree": len({answer for answer, _ in answers}) == 1,
        }
        for (market, period, name), answers in found.items()
        if (market, period) in several
    ]
    return pa.Table.from_pylist(rows, schema=DEFINITIONS)


def _faulty(market: Market) -> dict[str, Any]:
    said = f"not judged: {market.faulty} faulty rows, see rejects.jsonl"
    return _key(market) | {"unit": market.unit or None, "firms": len(market.groups()), "notes": said}


def _key(market: Market) -> dict[str, Any]:
    key = market.key
    return {
        "market": key.market,
        "definition": key.definition or None,
        "period": key.period or None,
        "basis": key.basis,
    }


def markets_table(judged: Sequence[JudgedMarket], left_out: Iterable[Market] = ()) -> pa.Table:
    """A row a market and period, with the change of HHI since the period before of the same market.

    left_out: markets with faulty rows, which have a row that says so.
    """
    rows = []
    before: JudgedMarket | None = None
    for one in judged:
        rows.append(_market(one, before if before and _series(before) == _series(one) else None))
        before = one
    rows += [_faulty(market) for market in left_out]
    return pa.Table.from_pylist(rows, schema=MARKETS)


def _series(judged: JudgedMarket) -> tuple[str, str, str]:
    key = judged.market.key
    return key.market, key.definition, key.basis


def _market(judged: JudgedMarket, before: JudgedMarket | None) -> dict[str, Any]:
    listed = judged.listed
    gap = _gap(before, judged) if before else None
    notes = [*judged.market.notes, *([gap] if gap else [])]
    return _key(judged.market) | {
        "unit": judged.market.unit or None,
        "firms": len(judged.firms),
        "unknown": len(judged.box.unknown),
        "listed_low": float(listed[0]),
        "listed_high": float(listed[1]),
        "presumed": [firm.name for firm in judged.firms if firm.verdict.answer == "yes"],
        "depends": [firm.name for firm in judged.firms if firm.verdict.answer == "depends"],
        **{
            f"cr{n}_{end}": getattr(judged.largest[n], end) for n in judged.largest for end in ("low", "high")
        },
        "hhi_low": judged.hhi.low,
        "hhi_high": judged.hhi.high,
        "hhi_exact": judged.hhi.exact,
        **(_change(before, judged) if before and not gap else {}),
        "notes": "; ".join(notes) or None,
    }


def _change(before: JudgedMarket, now: JudgedMarket) -> dict[str, Any]:
    then: Bounds = before.hhi
    return {
        "hhi_change_low": now.hhi.low - then.high,
        "hhi_change_high": now.hhi.high - then.low,
        "since": before.market.key.period or None,
    }


def _gap(before: JudgedMarket, now: JudgedMarket) -> str | None:
    """What is missing between two yearly periods, and why no change is worked out then."""
    years = [_YEAR.match(one.market.key.period) for one in (before, now)]
    if not all(years):
        return None
    first, last = (int(year[1]) for year in years if year)
    if last - first <= 1:
        return None
    missing = ", ".join(str(year) for year in range(first + 1, last))
    return f"the series has no {missing}: no change is worked out across it"
