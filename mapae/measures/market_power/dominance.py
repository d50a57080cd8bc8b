"""The check `market_power.dominance`: shares with bounds, presumption of dominance (MRF 6), concentration, consequences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from mapae.contract import Check, Context, Fault, Records, Whole, titled
from mapae.detect.markets.cells import Words
from mapae.detect.markets.judged import JudgedFirm, JudgedMarket, judge_market, statute
from mapae.detect.markets.said import market_name, reasons
from mapae.detect.markets.table import Flaw, Market, read_rows, to_markets
from mapae.detect.markets.tables import markets_table, shares_table
from mapae.errors import InputError
from mapae.measures.market_power.consequences import SCHEMA, consequences
from mapae.measures.market_power.titles import COLUMNS, TABLES
from mapae.model.finding import Finding, Reason

__all__ = ["CHECK", "Read", "read_markets"]


@dataclass(frozen=True)
class Read:
    """Markets that could be judged, in order, those left out for faulty rows, and the rows that are set aside."""

    judged: tuple[JudgedMarket, ...]
    left_out: tuple[Market, ...]
    faults: tuple[Fault, ...]


def read_markets(records: Records, context: Context) -> Read:
    """Read the table whole and judge every market that has no faulty row by the law as of the day."""
    words = Words(context.pack.data("markets/words.yaml"))
    markets, flaws = to_markets(read_rows(_rows(records), words))
    judged: list[JudgedMarket] = []
    for market in (one for one in markets if not one.faulty and one.groups()):
        try:
            judged.append(judge_market(market, context.book, context.as_of))
        except InputError as error:
            flaws.append(Flaw(market.entries[0].row, "value", f"{error.what}: {market.key.market}"))
    left_out = tuple(market for market in markets if market.faulty)
    return Read(
        tuple(judged), left_out, tuple(Fault(one.row, one.column, one.reason, one.raw) for one in flaws)
    )


def _rows(records: Records) -> Iterator[Mapping[str, Any]]:
    return (row for batch in records() for row in batch.to_pylist())


def _judge(records: Records, context: Context) -> Whole:
    read = read_markets(records, context)
    held = [(one, firm) for one in read.judged for firm in one.firms if firm.verdict.answer != "no"]
    last = _latest(read.judged)
    rows = [row for one, firm in held if one in last for row in consequences(one, firm, context)]
    tables = {
        "shares": shares_table(read.judged),
        "markets": markets_table(read.judged, read.left_out),
        "consequences": pa.Table.from_pylist(rows, schema=SCHEMA),
    }
    return Whole(
        [_finding(one, firm, context) for one, firm in held],
        {name: titled(table, TABLES[name], COLUMNS) for name, table in tables.items()},
        read.faults,
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
