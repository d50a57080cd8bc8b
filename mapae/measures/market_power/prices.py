"""The check `market_power.prices`: prices below cost, or far below the price usual in the trade."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from mapae.contract import Check, Context, Records, Whole, titled
from mapae.measures.market_power.frames import conduct, faults, frame, said
from mapae.measures.market_power.titles import COLUMNS, TABLES
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK"]

_COLUMNS = "price_cost_id operator item_id period price cost variable_cost usual_price currency".split()
_GIVEN = ("price", "cost", "variable_cost", "usual_price")
_SHOWN = 5


def _judge(records: Records, context: Context) -> Whole:
    data = frame(records, _COLUMNS)
    if data.is_empty():
        return Whole()
    rules = context.pack.data("markets/conduct.yaml")["prices"]
    several = pl.col("currency").drop_nulls().n_unique().over("operator", "item_id") > 1
    wrong = [
        *faults(data, pl.col("price").is_null(), "price", "the price is missing"),
        *(fault for name in _GIVEN for fault in faults(data, pl.col(name) < 0, name, f"a negative {name}")),
        *faults(data, several, "currency", "currencies of one item are mixed"),
    ]
    sound = data.filter(~pl.col("row").is_in([fault.row for fault in wrong]))
    share = 1 - pl.lit(rules["usual"]) / 100
    below = (
        pl.when(pl.col("price") < pl.col("variable_cost")).then(pl.lit("variable_cost"))
        .when(pl.col("price") < pl.col("cost")).then(pl.lit("cost"))
        .when(pl.col("price") < pl.col("usual_price") * share).then(pl.lit("usual_price"))
    )  # fmt: skip
    low = sound.with_columns(below=below).filter(pl.col("below").is_not_null())
    findings = [
        _finding(keys, part, rules, context)
        for keys, part in low.group_by("operator", "item_id", maintain_order=True)
    ]
    table = low.select(
        "operator", "item_id", "period", "price", "variable_cost", "cost", "usual_price", "currency", "below"
    )
    return Whole(findings, {"below_cost": titled(table.to_arrow(), TABLES["below_cost"], COLUMNS)}, wrong)


def _finding(keys: tuple[Any, ...], part: pl.DataFrame, rules: dict[str, Any], context: Context) -> Finding:
    operator, item = keys
    deep = part.filter(pl.col("below") == "variable_cost")
    severity: Severity = "low"
    if len(deep):
        severity = "high" if len(deep) >= rules["periods"] else "medium"
    elif len(part.filter(pl.col("below") == "cost")) >= rules["periods"]:
        severity = "medium"
    subject = ("price_cost", f"{operator or '?'}/{item or '?'}", operator)
    return conduct(CHECK.key, "below_cost", subject, severity, "MRF 45", _reasons(part), context)


def _reasons(part: pl.DataFrame) -> Iterator[Reason]:
    words = {
        "variable_cost": "average variable cost",
        "cost": "average cost",
        "usual_price": "the price usual in the trade",
    }
    for name, said_of in words.items():
        rows = part.filter(pl.col("below") == name)
        if len(rows):
            yield said(
                "price",
                name,
                f"below {said_of} in {len(rows)} periods",
                0.9 if name == "variable_cost" else 0.5,
            )
    for row in part.head(_SHOWN).iter_rows(named=True):
        floor = row[row["below"]]
        gap = 100 * (1 - row["price"] / floor)
        code = row["currency"] or ""
        when = row["period"] or "no period"
        detail = f"{when}: {row['price']:,.10g} {code} against {floor:,.10g} {code}, {gap:.1f} % below"
        yield said("price", words[row["below"]], detail.replace("  ", " "), 0.4)
    law = "MRF 45(1) no. 3; of a dominant firm MRF 5 and MRFD 9(5) no. 1: intent to exclude rivals is for the officer to show"
    yield said("price", "law", law, 0.2)


CHECK = Check(
    key="market_power.prices",
    measure="market_power",
    kinds=("price_cost",),
    provisions=("MRF 45", "MRF 5", "MRFD 9"),
    whole=_judge,
)
