"""An operator's events held against commitments: value with interval, verdict, declared beside observed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from mapae.measures.agreements.commitments import Agreement, Commitment, operator_key
from mapae.measures.agreements.intervals import quantile_with_open_ends, wilson
from mapae.measures.agreements.metrics import Units, units_of

__all__ = [
    "STATUSES",
    "Breach",
    "Declared",
    "Score",
    "finite",
    "of_operator",
    "recurring",
    "score_agreement",
    "score_commitment",
]

STATUSES = {
    "met": {"ko": "이행", "en": "Met", "zh": "已履行"},
    "not_met": {"ko": "불이행", "en": "Not met", "zh": "未履行"},
    "cannot_tell": {"ko": "판단 불가", "en": "Cannot tell", "zh": "无法判断"},
}
_SHOWN = 20  # broken units that a score names


@dataclass(frozen=True, slots=True)
class Breach:
    """A unit that was not kept: what it is about, from when, until when it should have been, what came (or nothing)."""

    subject_id: str
    start: date
    due: date
    end: date | None
    what: str | None
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Declared:
    """A figure that the operator stated, and whether it lies in the interval of what was observed (None: nothing was)."""

    value: float
    n: float | None
    on: date
    source: str | None
    inside: bool | None


@dataclass(frozen=True)
class Score:
    """One commitment of one operator on a day.

    value, low, high: a share 0–1, or days for the metric `time`; n: units whose time has run out, kept: of these;
    waiting: units still in time, unseen: declared but not looked at; breaches: the latest broken units, at most 20;
    months: (month, n, kept) by the month in which a unit began.
    """

    operator: str
    agreement: Agreement
    commitment: Commitment
    value: float | None
    low: float
    high: float
    n: int
    kept: int
    waiting: int
    unseen: int
    status: str
    declared: tuple[Declared, ...]
    breaches: tuple[Breach, ...]
    months: tuple[tuple[str, int, int], ...]


def of_operator(events: pl.DataFrame, operator: str, *, unnamed: bool = False) -> pl.DataFrame:
    """Rows of this operator under any of its names; unnamed: rows that name none count too."""
    keys = {name: operator_key(name) for name in events["operator"].unique() if name}
    wanted = operator_key(operator)
    mine = [name for name, key in keys.items() if key == wanted]
    return events.filter(pl.col("operator").is_in([*mine, ""] if unnamed else mine))


def score_agreement(
    events: pl.DataFrame, operator: str, agreement: Agreement, as_of: date, *, level: float, least: int
) -> list[Score]:
    """Every commitment of the agreement on the operator's own rows."""
    return [
        score_commitment(events, operator, agreement, item, as_of, level=level, least=least)
        for item in agreement.commitments
    ]


def score_commitment(
    events: pl.DataFrame,
    operator: str,
    agreement: Agreement,
    commitment: Commitment,
    as_of: date,
    *,
    level: float,
    least: int,
) -> Score:
    """One commitment. level: of the interval; least: units without which nothing is settled (a duty that asks for every
    single one is broken by one)."""
    units = units_of(events, commitment, as_of)
    n, kept = units.count("kept") + units.count("broken"), units.count("kept")
    value, low, high = _value(units, commitment, n, kept, level)
    return Score(
        operator,
        agreement,
        commitment,
        value,
        low,
        high,
        n,
        kept,
        units.count("waiting"),
        units.count("unseen"),
        _status(commitment.against, n, kept, low, high, least),
        tuple(_declared(events, agreement, commitment, as_of, (low, high), n)),
        tuple(_breaches(units)),
        tuple(_months(units)),
    )


def _value(
    units: Units, commitment: Commitment, n: int, kept: int, level: float
) -> tuple[float | None, float, float]:
    if commitment.metric != "time":
        return (kept / n if n else None, *wilson(kept, n, level))
    table = units.table.filter(pl.col("state") != "")
    done = table.filter(pl.col("end").is_not_null())["took"].to_numpy().astype(np.int64)
    open_ones = table.filter(pl.col("end").is_null())["took"].to_numpy().astype(np.int64)
    value, low, high = quantile_with_open_ends(done, open_ones, commitment.quantile, level)
    return (value if len(table) else None, low, high)


def _status(against: Mapping[str, Any], n: int, kept: int, low: float, high: float, least: int) -> str:
    if against.get("each"):
        return "not_met" if kept < n else "met" if n >= least else "cannot_tell"
    if n < least or not against:
        return "cannot_tell"
    if "most" in against:
        return "met" if high <= against["most"] else "not_met" if low > against["most"] else "cannot_tell"
    return "met" if low >= against["share"] else "not_met" if high < against["share"] else "cannot_tell"


def _declared(
    events: pl.DataFrame,
    agreement: Agreement,
    commitment: Commitment,
    as_of: date,
    interval: tuple[float, float],
    n: int,
) -> Iterable[Declared]:
    names = (commitment.key, f"{agreement.key}:{commitment.key}")
    rows = events.filter(
        (pl.col("event") == "declared")
        & pl.col("subject_id").is_in(names)
        & pl.col("value").is_not_null()
        & (pl.col("at").dt.date() <= as_of)
    )
    for row in rows.iter_rows(named=True):
        stated = float(row["value"])
        value = stated / 100 if commitment.metric != "time" and stated > 1 else stated
        inside = interval[0] <= value <= interval[1] if n else None
        yield Declared(value, row["n"], row["at"].date(), row["source"], inside)


def _breaches(units: Units) -> Iterable[Breach]:
    broken = units.table.filter(pl.col("state") == "broken").sort(
        "start", "subject_id", descending=[True, False]
    )
    for row in broken.head(_SHOWN).iter_rows(named=True):
        yield Breach(row["subject_id"], row["start"], row["due"], row["end"], row["what"], row["evidence"])


def _months(units: Units) -> Iterable[tuple[str, int, int]]:
    table = units.table.filter(pl.col("state").is_in(["kept", "broken"]))
    grouped = table.group_by(pl.col("start").dt.strftime("%Y-%m").alias("month")).agg(
        pl.len().alias("n"), (pl.col("state") == "kept").sum().alias("kept")
    )
    return [(row["month"], row["n"], row["kept"]) for row in grouped.sort("month").iter_rows(named=True)]


def finite(value: float | None) -> float | None:
    """The number, or None where it has no bound (for JSON)."""
    return None if value is None or math.isinf(value) else value


def recurring(scores: Sequence[Score], months: int = 2) -> list[Score]:
    """Scores that are not met, or whose promise was broken in at least so many months."""
    return [
        score
        for score in scores
        if sum(n > kept for _, n, kept in score.months) >= months and score.status != "met"
    ]
