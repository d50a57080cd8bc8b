"""The check `market_power.rank`: does an operator rank its own brand higher than its attributes explain?"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from mapae.contract import Check, Context, Fault, Records, Whole, titled
from mapae.detect.rank_audit import Audit, audit
from mapae.measures.market_power.titles import COLUMNS, TABLES
from mapae.model.finding import Finding, Reason

__all__ = ["CHECK"]

_WHY = {"position": "the position is missing or below 1", "own_brand": "query or own brand is missing"}
_CLEAR = 0.001


def _judge(records: Records, context: Context) -> Whole:
    found = audit(records)
    if found is None:
        return Whole()
    faults = [Fault(row, column, _WHY[column]) for row, column in found.unusable]
    tables = {"rank_audit": _row(found), "rank_queries": _queries(found)}
    return Whole(
        [_finding(found, context)] if found.alarm else [],
        {name: titled(table, TABLES[name], COLUMNS) for name, table in tables.items()},
        faults,
    )


def _row(found: Audit) -> pa.Table:
    names = "rows queries own_rows effect plain error p shuffles false_alarms alarm".split()
    held = {name: [getattr(found, name)] for name in names}
    held["attributes"] = [list(found.attributes)]
    types = {"false_alarms": pa.float64(), "attributes": pa.list_(pa.string())}
    return pa.table({name: pa.array(cells, types.get(name)) for name, cells in held.items()})


def _queries(found: Audit) -> pa.Table:
    kinds = (("query", pa.string()), ("day", pa.string()), ("gained", pa.float64()), ("rows", pa.int64()))
    cells = list(zip(*found.worst, strict=True)) or [()] * 4
    return pa.table({name: pa.array(cell, kind) for (name, kind), cell in zip(kinds, cells, strict=True)})


def _finding(found: Audit, context: Context) -> Finding:
    dated = context.book.provision("MRF 5", context.as_of)
    sure = found.p <= _CLEAR and found.effect <= -1
    return Finding(
        check=CHECK.key,
        measure=CHECK.measure,
        subject_kind="search_result",
        subject_id="own_brand",
        reference_id="conduct:self_preferencing",
        severity="high" if sure else "medium",
        score=1.0 if sure else 0.7,
        provision="MRF 5",
        provision_from=dated.valid_from if dated else None,
        reasons=tuple(_reasons(found)),
        subject_title=f"own brand in {found.queries:,} queries",
    )


def _reasons(found: Audit) -> Iterator[Reason]:
    places = f"{-found.effect:.2f}"
    named = ", ".join(found.attributes) or "nothing: no attributes were given"
    yield _said(
        "position",
        places,
        f"own brand stands {places} places higher than the same attributes give others",
        1.0,
    )
    yield _said("position", f"p {found.p:.2g}", _test(found), 0.8)
    yield _said("attributes", "adjusted", f"adjusted for {named}", 0.5)
    yield _said("position", f"{-found.plain:.2f}", f"without adjusting: {-found.plain:.2f} places", 0.3)
    yield _said(
        "query",
        "rows",
        f"{found.rows:,} results of {found.queries:,} queries, {found.own_rows:,} of own brand",
        0.3,
    )
    if found.false_alarms is not None:
        said = f"on shuffled data own brand would be alarmed in {found.false_alarms:.1%} of cases"
        yield _said("own_brand", "false alarms", said, 0.3)
    for query, day, gained, _ in found.worst[:3]:
        when = f" on {day}" if day else ""
        yield _said("query", query, f"query {query}{when}: {-gained:.1f} places", 0.2)
    yield _said(
        "own_brand",
        "self-preferencing",
        "self-preferencing is a named kind of abuse (platform guidelines)",
        0.2,
    )


def _test(found: Audit) -> str:
    if found.shuffles:
        return f"p = {found.p:.2g} by {found.shuffles:,} shuffles within queries, two-sided"
    return f"p = {found.p:.2g} by the exact variance of shuffles within queries, two-sided"


def _said(field: str, matched: str, detail: str, score: float) -> Reason:
    return Reason(field, 0, 0, "", matched, detail, score)


CHECK = Check(
    key="market_power.rank",
    measure="market_power",
    kinds=("search_result",),
    provisions=("MRF 5", "MRFD 9"),
    whole=_judge,
)
