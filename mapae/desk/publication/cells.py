"""Counts by figure, operator and month with small ones kept out, and the published queries run over them."""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from mapae.measures.market_statistics.suppress import protect

__all__ = [
    "CELLS",
    "FIGURES",
    "Counted",
    "Row",
    "as_parquet",
    "cells",
    "definition",
    "digest",
    "least",
    "queries",
    "run",
    "said_in",
]

CELLS = pa.schema(
    [
        ("figure", pa.string()), ("side", pa.string()), ("operator", pa.string()), ("month", pa.string()),
        ("outcome", pa.float64()), ("n", pa.int64()),
    ]
)  # fmt: skip
FIGURES = pa.schema(
    [
        *((name, pa.string()) for name in ("figure", "side", "operator", "month")), ("n", pa.int64()), ("k", pa.int64()),
        *((name, pa.float64()) for name in ("value", "low", "high")),
    ]
)  # fmt: skip
Row = dict[str, Any]
Key = tuple[str, str, str, str]  # figure, side, operator (empty: all of the side), month
Group = tuple[str, str, str]  # figure, side, month


class Counted(NamedTuple):
    """What counts towards a figure: of an operator (number) in a month; outcome 1 where nothing but the item itself counts;
    n: so many at once."""

    figure: str
    operator: int
    month: str
    outcome: float
    n: int = 1


@cache
def said_in() -> dict[str, Any]:
    """figures.yaml: calendar, figures, queries, intervals."""
    text = files("mapae.desk.publication").joinpath("figures.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def least() -> int:
    """What rests on fewer is not published."""
    return int(said_in()["calendar"]["least"])


def definition(key: str) -> dict[str, Any] | None:
    """The figure of that key."""
    return next((each for each in said_in()["figures"] if each["key"] == key), None)


def queries(figures: Sequence[Row]) -> dict[str, str]:
    """Figure → the SQL (DuckDB) that gives it from a table `cells`; figures: rows with `key` and `kind`."""
    known = said_in()["queries"]
    return {each["key"]: str(known[each["kind"]]).replace("{key}", each["key"]).strip() for each in figures}


def cells(
    counted: Iterable[Counted],
    operators: Mapping[int, tuple[str, str]],
    months: Sequence[str],
    before: Iterable[Sequence[Row]] = (),
) -> list[Row]:
    """The rows of CELLS, ordered: for each operator and for each side as a whole; a count kept out is one row with n None.

    operators: number → (key, side: overseas or domestic). Kept out is what rests on fewer than the least number, and what
    would let it be computed from the whole of its side. before: the rows of each earlier release; what was kept out stays so
    while a small count is among it, and what was shown and has not changed keeps nothing secret: the difference of two
    releases tells no small count either.
    """
    found: dict[Key, Counter[float]] = defaultdict(Counter)
    wanted = set(months)
    for each in counted:
        if each.month in wanted:
            name, side = operators[each.operator]
            found[each.figure, side, name, each.month][float(each.outcome)] += each.n
            found[each.figure, side, "", each.month][float(each.outcome)] += each.n
    hidden = _hidden({key: sum(row.values()) for key, row in found.items()}, _earlier(found, before, wanted))
    rows = []
    for key in sorted(found.keys() | hidden):
        outcomes: list[tuple[float | None, int | None]] = [(None, None)]
        if key not in hidden:
            outcomes = [(outcome, number) for outcome, number in sorted(found[key].items())]
        rows += [_row(key, outcome, number) for outcome, number in outcomes]
    return rows


def run(rows: Sequence[Row], asked: Mapping[str, str], schema: pa.Schema = CELLS) -> list[Row]:
    """The figures that the queries give: figure, side, operator, month, n, k, value, low, high."""
    connection = duckdb.connect()
    connection.register("cells", pa.Table.from_pylist(list(rows), schema))
    made = []
    for figure, query in asked.items():
        answer = connection.execute(query)
        names = [each[0] for each in answer.description or ()]
        made += [{"figure": figure, **dict(zip(names, row, strict=True))} for row in answer.fetchall()]
    connection.close()
    return made


def digest(rows: Sequence[Row], asked: Mapping[str, str], *about: object) -> str:
    """16 hex digits of the SHA-256 over what it is about (month and revision, or a day), cells and queries."""
    whole = {"about": [str(each) for each in about], "cells": list(rows), "queries": dict(asked)}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def as_parquet(rows: Sequence[Row], schema: pa.Schema = CELLS) -> bytes:
    """Rows, such as the cells, as a Parquet file; what a row has beyond the schema is left out."""
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows), schema), sink, compression="zstd")
    return sink.getvalue()


def _row(key: Key, outcome: float | None, number: int | None) -> Row:
    figure, side, operator, month = key
    return {
        "figure": figure, "side": side, "operator": operator, "month": month, "outcome": outcome, "n": number,
    }  # fmt: skip


class _Past(NamedTuple):
    """What readers of earlier releases know. out: keys that were kept out; read: keys shown with the very counts they have
    now; sums: of figure, side and month, the keys that were kept out together while their whole was shown."""

    out: Set[Key]
    read: Set[Key]
    sums: Mapping[Group, Set[frozenset[Key]]]


def _earlier(found: Mapping[Key, Counter[float]], before: Iterable[Sequence[Row]], months: Set[str]) -> _Past:
    out: set[Key] = set()
    read: set[Key] = set()
    sums: dict[Group, set[frozenset[Key]]] = defaultdict(set)
    for rows in before:
        shown: dict[Key, dict[float, int]] = defaultdict(dict)
        apart: dict[Group, set[Key]] = defaultdict(set)
        for row in rows:
            key = (row["figure"], row["side"], row["operator"], row["month"])
            if row["n"] is None and row["month"] in months:
                apart[key[0], key[1], key[3]].add(key)
            elif row["n"] is not None:
                shown[key][row["outcome"]] = row["n"]
        read |= {key for key, counts in shown.items() if found.get(key) == counts}
        for group, keys in apart.items():
            out |= keys
            if all(key[2] for key in keys):
                sums[group].add(frozenset(keys))
    return _Past(out, read, sums)


def _hidden(sizes: Mapping[Key, int], past: _Past) -> set[Key]:
    """Keys that are not shown: within a figure, side and month the whole is the sum of its operators."""
    groups: dict[Group, set[Key]] = defaultdict(set)
    for figure, side, operator, month in sizes.keys() | past.out:
        groups[figure, side, month] |= {(figure, side, operator, month), (figure, side, "", month)}
    found: set[Key] = set()
    for group, members in groups.items():
        keys = sorted(members)  # the whole, whose operator is empty, comes first
        values = [*(sizes.get(key, 0) for key in keys), 0]
        known = len(keys)  # the last: what some of them came to in an earlier release
        equations = [(0, tuple(range(1, known)))]
        for together in past.sums.get(group, ()):
            equations.append((known, tuple(keys.index(key) for key in sorted(together))))
        stays = [at for at, key in enumerate(keys) if key in past.out]
        if all(values[at] >= least() for at in stays):
            stays = []
        read = [known, *(at for at, key in enumerate(keys) if key in past.read)]
        found |= {keys[at] for at in protect(values, equations, least(), stays, read)}
    return found
