"""The check `market_power.dominance`: shares with bounds, presumption of dominance (MRF 6), concentration, consequences."""

from __future__ import annotations

import pyarrow as pa

from mapae.contract import Check, Context, Fault, Records, Whole, titled
from mapae.detect.markets.entries import Market
from mapae.detect.markets.judged import JudgedFirm, JudgedMarket, statute
from mapae.detect.markets.read import read_markets
from mapae.detect.markets.said import market_name, reasons
from mapae.detect.markets.tables import definitions_table, markets_table, shares_table
from mapae.measures.market_power.consequences import SCHEMA, consequences
from mapae.measures.market_power.titles import COLUMNS, TABLES
from mapae.model.finding import Finding, Reason

__all__ = ["CHECK"]


_ALWAYS = ("shares", "markets", "consequences")


def _judge(records: Records, context: Context) -> Whole:
    rows = (row for batch in records() for row in batch.to_pylist())
    read = read_markets(rows, context.pack.data("markets/words.yaml"), context.book, context.as_of)
    held = [(one, firm) for one in read.judged for firm in one.firms if firm.verdict.answer != "no"]
    last = _latest(read.judged)
    follows = [
        row
        for one, firm in held
        if one in last
        for row in consequences(one, firm, context.book, context.as_of)
    ]
    tables = {
        "shares": shares_table(read.judged),
        "markets": markets_table(read.judged, read.left_out),
        "definitions": definitions_table(read.judged),
        "consequences": pa.Table.from_pylist(follows, schema=SCHEMA),
    }
    return Whole(
        [_finding(one, firm, context) for one, firm in held],
        {
            name: titled(table, TABLES[name], COLUMNS)
            for name, table in tables.items()
            if name in _ALWAYS or len(table)
        },
        [Fault(one.row, one.column, one.reason, one.raw) for one in read.flaws],
    )


def _latest(judged: tuple[JudgedMarket, ...]) -> list[JudgedMarket]:
    """The last period of each market, definition and basis: the one that consequences are shown for."""
    found: dict[tuple[str, str, str], JudgedMarket] = {}
    for one in judged:
        key: Market = one.market
        found[key.key.market, key.key.definition, key.key.basis] = one
    return list(found.values())


def _finding(judged: JudgedMarket, firm: JudgedFirm, context: Context) -> Finding:
    key = judged.market.key
    sure = firm.verdict.answer == "yes"
    dated = context.book.provision("MRF 6", context.as_of)
    said = statute(judged, firm, context.book, context.as_of)
    cited = tuple(Reason("share", 0, 0, "", "law", one, 0.2) for one in (said.reasons if said else ()))
    parts = (key.market, key.definition, key.period, key.basis)
    return Finding(
        check=CHECK.key,
        measure=CHECK.measure,
        subject_kind="firm",
        subject_id=firm.name,
        reference_id=f"dominance:{'/'.join(part for part in parts if part)}",
        severity="medium" if sure else "low",
        score=1.0 if sure else 0.5,
        provision="MRF 6",
        provision_from=dated.valid_from if dated else None,
        reasons=(*reasons(judged, firm), *cited),
        operator=firm.name,
        subject_title=f"{firm.name}: {market_name(judged)}",
    )


CHECK = Check(
    key="market_power.dominance",
    measure="market_power",
    kinds=("market_share",),
    provisions=("MRF 6", "MRFD 2", "MRFD 11"),
    whole=_judge,
)
