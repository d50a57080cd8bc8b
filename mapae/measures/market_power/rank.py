"""The check `market_power.rank`: does an operator rank its own brand higher than its attributes explain?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl
import pyarrow as pa

from mapae.contract import Check, Context, Fault, Records, Whole, titled
from mapae.detect.rank_audit import Audit, audit
from mapae.measures.market_power.titles import COLUMNS, TABLES
from mapae.model.finding import Finding, Reason

__all__ = ["CHECK"]

_WHY = {"position": "the position is missing or negative", "own_brand": "query or own brand is missing"}
_CLEAR = 0.001
_MOST_OPERATORS = 50


def _judge(records: Records, context: Context) -> Whole:
    found = [(name, one) for name in _operators(records) if (one := audit(_of(records, name)))]
    if not found:
        return Whole()
    alone = found[0][1].unusable if len(found) == 1 else ()
    faults = [Fault(row, column, _WHY[column]) for row, column in alone]
    tables = {
        "rank_audit": pa.concat_tables(map(_row, found)),
        "rank_queries": pa.concat_tables(map(_queries, found)),
    }
    return Whole(
        [_finding(one, name, context) for name, one in found if one.alarm],
        {name: titled(table, TABLES[name], COLUMNS) for name, table in tables.items()},
        faults,
    )


def _operators(records: Records) -> Sequence[str | None]:
    """Operators that a column of their own names (`platform` or `operator`), each audited by itself; else one nobody."""
    first = next(records(), None)
    name = _naming(first) if first is not None else None
    if name is None:
        return [None]
    seen: dict[str | None, None] = {}
    for batch in records():
        seen |= dict.fromkeys(_named(batch).unique().drop_nulls().to_list())
    known = sorted(name for name in seen if name)
    return [*known[:_MOST_OPERATORS]] if known else [None]


def _naming(batch: pa.RecordBatch) -> str | None:
    named = _named(batch.slice(0, 100)).drop_nulls()
    return str(named[0]) if len(named) else None


def _named(batch: pa.RecordBatch) -> pl.Series:
    cells = pl.Series(batch.column("extra").cast(pa.string()), dtype=pl.String)
    return cells.str.json_path_match("$.platform").fill_null(cells.str.json_path_match("$.operator"))


def _of(records: Records, name: str | None) -> Records:
    if name is None:
        return records

    def some() -> Iterator[pa.RecordBatch]:
        return (
            batch.filter((_named(batch) == name).fill_null(value=False).to_arrow()) for batch in records()
        )

    return some


def _row(named: tuple[str | None, Audit]) -> pa.Table:
    operator, found = named
    names = "rows queries own_rows effect plain error p shuffles false_alarms alarm".split()
    held = {"operator": [operator]} | {name: [getattr(found, name)] for name in names}
    held["attributes"] = [list(found.attributes)]
    types = {"operator": pa.string(), "false_alarms": pa.float64(), "attributes": pa.list_(pa.string())}
    return pa.table({name: pa.array(cells, types.get(name)) for name, cells in held.items()})


def _queries(named: tuple[str | None, Audit]) -> pa.Table:
    operator, found = named
    kinds = (("query", pa.string()), ("day", pa.string()), ("gained", pa.float64()), ("rows", pa.int64()))
    cells = list(zip(*found.worst, strict=True)) or [()] * 4
    table = pa.table({name: pa.array(cell, kind) for (name, kind), cell in zip(kinds, cells, strict=True)})
    return table.add_column(0, "operator", pa.array([operator] * len(table), pa.string()))


def _finding(found: Audit, operator: str | None, context: Context) -> Finding:
    dated = context.book.provision("MRF 5", context.as_of)
    sure = found.p <= _CLEAR and found.effect <= -1
    return Finding(
        check=CHECK.key,
        measure=CHECK.measure,
        subject_kind="search_result",
        subject_id=f"own_brand/{operator}" if operator else "own_brand",
        operator=operator,
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
