"""The check `ad_markets.shares`: each advertising market with its shares, bounds, CR3, HHI and who is presumed dominant."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl
import pyarrow as pa

from mapae.contract import Check, Context, Fault, Records, Whole, titled
from mapae.detect.markets.judged import JudgedMarket
from mapae.detect.markets.read import read_markets
from mapae.detect.markets.said import market_name, reasons, span
from mapae.detect.markets.tables import markets_table, shares_table
from mapae.measures.ad_markets.segments import Segment, Segments
from mapae.measures.ad_markets.titles import COLUMNS, TABLES
from mapae.model.finding import Finding, Reason

__all__ = ["CHECK"]


def _judge(records: Records, context: Context) -> Whole:
    segments = Segments(context.pack.data("markets/ads.yaml"))
    rows = (row for batch in records() for row in batch.to_pylist())
    read = read_markets(rows, context.pack.data("markets/words.yaml"), context.book, context.as_of)
    ads = [(one, segment) for one in read.judged if (segment := segments.of(one.market.key.market))]
    if not ads:
        return Whole(faults=[Fault(one.row, one.column, one.reason, one.raw) for one in read.flaws])
    judged = [one for one, _ in ads]
    tables = {
        "ad_markets": _with_segment(markets_table(judged), ads),
        "ad_shares": shares_table(judged),
    }
    return Whole(
        [_finding(one, segment, context) for one, segment in ads if _holders(one)],
        {name: titled(table, TABLES[name], COLUMNS) for name, table in tables.items()},
        [Fault(one.row, one.column, one.reason, one.raw) for one in read.flaws],
    )


def _with_segment(table: pa.Table, ads: list[tuple[JudgedMarket, Segment]]) -> pa.Table:
    """The table of markets with segment, layer and side in front."""
    frame = pl.DataFrame(table).with_columns(
        pl.Series("segment", [segment.key for _, segment in ads]),
        pl.Series("layer", [segment.layer for _, segment in ads]),
        pl.Series("side", [segment.side for _, segment in ads]),
    )
    first = ["segment", "layer", "side"]
    return frame.select(*first, *(name for name in frame.columns if name not in first)).to_arrow()


def _holders(judged: JudgedMarket) -> list[str]:
    return [firm.name for firm in judged.firms if firm.verdict.answer != "no"]


def _finding(judged: JudgedMarket, segment: Segment, context: Context) -> Finding:
    dated = context.book.provision("MRF 6", context.as_of)
    sure = any(firm.verdict.answer == "yes" for firm in judged.firms)
    key = judged.market.key
    parts = (segment.key, key.definition, key.period, key.basis)
    return Finding(
        check=CHECK.key,
        measure=CHECK.measure,
        subject_kind="market",
        subject_id=market_name(judged),
        reference_id=f"ad_market:{'/'.join(part for part in parts if part)}",
        severity="medium" if sure else "low",
        score=1.0 if sure else 0.5,
        provision="MRF 6",
        provision_from=dated.valid_from if dated else None,
        reasons=tuple(_reasons(judged, segment)),
        subject_title=f"{segment.title['en']}: {market_name(judged)}",
    )


def _reasons(judged: JudgedMarket, segment: Segment) -> Iterator[Reason]:
    for answer, words in (("yes", "presumed dominant"), ("depends", "depends on unknowns")):
        names = [firm.name for firm in judged.firms if firm.verdict.answer == answer]
        if names:
            yield _said("firm", words, f"{words}: {', '.join(names)}", 1.0 if answer == "yes" else 0.5)
    top = judged.largest[judged.rule.firms]
    yield _said("share", "CR3", f"CR3 {_both(top.low, top.high, ' %')}", 0.6)
    yield _said("share", "HHI", f"HHI {_both(judged.hhi.low, judged.hhi.high, '')}", 0.4)
    yield _said("market", segment.key, f"segment: {segment.title['en']}, served: {segment.side}", 0.3)
    for firm in judged.firms[: judged.rule.firms + 1]:
        yield _said("share", firm.name, f"{firm.name}: {span(*firm.share)}", 0.3)
        if firm.verdict.answer == "depends":
            hangs = [reason for reason in reasons(judged, firm) if reason.matched == "depends"]
            yield from hangs[:2]


def _both(low: float, high: float, unit: str) -> str:
    ends = [f"{value:,.2f}".rstrip("0").rstrip(".") for value in (low, high)]
    return f"{ends[0]}{unit}" if ends[0] == ends[1] else f"{ends[0]}{unit} to {ends[1]}{unit}"


def _said(field: str, matched: str, detail: str, score: float) -> Reason:
    return Reason(field, 0, 0, "", matched, detail, score)


CHECK = Check(
    key="ad_markets.shares",
    measure="ad_markets",
    kinds=("market_share",),
    provisions=("MRF 6", "MRFD 2", "MRFD 11"),
    whole=_judge,
)
