"""The check `market_power.fees`: fees that rise beyond what peers and cost explain, with the days on which they changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

import polars as pl

from mapae.contract import Check, Context, Records, Whole, titled
from mapae.detect.change_points import change_points
from mapae.measures.market_power.frames import conduct, faults, frame, said
from mapae.measures.market_power.titles import COLUMNS, TABLES
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK"]

_COLUMNS = "fee_id operator fee_kind rate amount currency valid_from cost".split()


@dataclass(frozen=True)
class _Series:
    """One operator's fee of one kind: days, values, costs (None where not given), days of change."""

    operator: str
    kind: str
    unit: str
    days: tuple[str, ...]
    values: tuple[float, ...]
    costs: tuple[float | None, ...]

    @property
    def rise(self) -> float:
        """Per cent from first to last."""
        return 100 * (self.values[-1] / self.values[0] - 1) if self.values[0] else 0.0

    @property
    def cost_rise(self) -> float | None:
        """Per cent of cost from the first to the last cost given; None with fewer than two."""
        given = [cost for cost in self.costs if cost]
        return 100 * (given[-1] / given[0] - 1) if len(given) > 1 else None

    def rise_between(self, first: str, last: str) -> float | None:
        """Per cent between what was in force on two days; None where it was not charged on the first."""
        before = [value for day, value in zip(self.days, self.values, strict=True) if day <= first]
        after = [value for day, value in zip(self.days, self.values, strict=True) if day <= last]
        return 100 * (after[-1] / before[-1] - 1) if before and before[-1] else None


def _judge(records: Records, context: Context) -> Whole:
    data = frame(records, _COLUMNS)
    if data.is_empty():
        return Whole()
    data = data.with_columns(value=pl.coalesce("rate", "amount"), by_rate=pl.col("rate").is_not_null())
    key = ("operator", "fee_kind", "by_rate")
    several = (pl.col("currency").drop_nulls().n_unique().over(key) > 1) & ~pl.col("by_rate")
    twice = (pl.struct(*key, "valid_from").is_duplicated()) & (
        pl.col("value").n_unique().over(*key, "valid_from") > 1
    )
    wrong = [
        *faults(data, pl.col("value").is_null(), "rate", "neither rate nor amount is given"),
        *faults(data, pl.col("value") < 0, "rate", "a negative fee"),
        *faults(data, pl.col("rate") > 100, "rate", "a rate above 100 %"),
        *faults(
            data, pl.col("valid_from").is_null(), "valid_from", "the day from which it is charged is missing"
        ),
        *faults(data, several, "currency", "currencies of one fee are mixed"),
        *faults(data, twice, "valid_from", "two fees from the same day"),
    ]
    sound = data.filter(~pl.col("row").is_in([fault.row for fault in wrong]))
    series = [
        _series(keys, part) for keys, part in sound.sort("valid_from").group_by(key, maintain_order=True)
    ]
    rules = context.pack.data("markets/conduct.yaml")["fees"]
    rows = [_row(one, _peers(one, series)) for one in series]
    found = [
        _finding(one, row, context) for one, row in zip(series, rows, strict=True) if _marked(row, rules)
    ]
    table = pl.DataFrame(rows, schema=_SCHEMA).to_arrow()
    return Whole(found, {"fees": titled(table, TABLES["fees"], COLUMNS)}, wrong)


_SCHEMA: dict[str, Any] = {
    "operator": pl.String, "fee_kind": pl.String, "unit": pl.String, "first_day": pl.String, "last_day": pl.String,
    "first_value": pl.Float64, "last_value": pl.Float64, "rise": pl.Float64, "peers": pl.Int64,
    "peers_rise": pl.Float64, "cost_rise": pl.Float64, "changed_on": pl.List(pl.String),
}  # fmt: skip


def _series(keys: tuple[Any, ...], part: pl.DataFrame) -> _Series:
    operator, kind, by_rate = keys
    unit = "%" if by_rate else next((code for code in part["currency"] if code), "")
    return _Series(
        operator or "", kind or "", unit, tuple(part["valid_from"]), tuple(part["value"]), tuple(part["cost"])
    )


def _peers(one: _Series, series: list[_Series]) -> list[float]:
    """What others' fees of the same kind and unit rose by since its first day; a fee stays in force until the next."""
    others = [
        other
        for other in series
        if other.kind == one.kind and other.operator != one.operator and other.unit == one.unit
    ]
    last = max([one.days[-1], *(other.days[-1] for other in others)])
    rises = [other.rise_between(one.days[0], last) for other in others]
    return [rise for rise in rises if rise is not None]


def _row(one: _Series, peers: list[float]) -> dict[str, Any]:
    places = change_points(one.values)
    return {
        "operator": one.operator, "fee_kind": one.kind, "unit": one.unit, "first_day": one.days[0],
        "last_day": one.days[-1], "first_value": one.values[0], "last_value": one.values[-1], "rise": one.rise,
        "peers": len(peers), "peers_rise": median(peers) if peers else None, "cost_rise": one.cost_rise,
        "changed_on": [one.days[place] for place in places],
    }  # fmt: skip


def _marked(row: dict[str, Any], rules: dict[str, Any]) -> bool:
    beside = [rise for rise in (row["peers_rise"], row["cost_rise"]) if rise is not None]
    return bool(
        row["rise"] >= rules["rise"] and all(row["rise"] - rise >= rules["beyond"] for rise in beside)
    )


def _finding(one: _Series, row: dict[str, Any], context: Context) -> Finding:
    compared = (row["peers_rise"] is not None) + (row["cost_rise"] is not None)
    levels: tuple[Severity, ...] = ("low", "medium", "high")
    severity = levels[compared]
    subject = ("fee", f"{one.operator or '?'}/{one.kind}", one.operator or None)
    return conduct(CHECK.key, "fee_rise", subject, severity, "MRF 5", _reasons(one, row), context)


def _reasons(one: _Series, row: dict[str, Any]) -> Iterator[Reason]:
    first, last = (f"{row[name]:,.6g} {one.unit}".strip() for name in ("first_value", "last_value"))
    detail = (
        f"{one.kind}: {first} from {row['first_day']}, {last} from {row['last_day']}: up {row['rise']:.1f} %"
    )
    yield said("rate", f"+{row['rise']:.1f} %", detail, 0.9)
    if row["peers_rise"] is not None:
        yield said(
            "rate",
            "peers",
            f"{row['peers']} peers: median {row['peers_rise']:+.1f} % over the same time",
            0.6,
        )
    if row["cost_rise"] is not None:
        yield said("cost", "cost", f"its cost: {row['cost_rise']:+.1f} % over the same time", 0.6)
    if row["peers_rise"] is None and row["cost_rise"] is None:
        yield said("rate", "nothing beside it", "no peers and no cost to compare with: to be asked for", 0.2)
    if row["changed_on"]:
        yield said("valid_from", "changes", f"changed on {', '.join(row['changed_on'][:8])}", 0.4)
    law = "of a dominant firm: price raised markedly against cost without reason (MRFD 9(1)); else MRF 45(1) no. 6"
    yield said("rate", "law", law, 0.2)


CHECK = Check(
    key="market_power.fees",
    measure="market_power",
    kinds=("fee",),
    provisions=("MRF 5", "MRFD 9", "MRF 45"),
    whole=_judge,
)
