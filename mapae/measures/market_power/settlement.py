"""The check `market_power.settlement`: payments to merchants against 40 and 60 days (LRD 8) and own terms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import polars as pl

from mapae.contract import Check, Context, Records, Whole, titled
from mapae.law.calendar import civil_days
from mapae.measures.market_power.frames import conduct, faults, frame, said
from mapae.measures.market_power.titles import COLUMNS, TABLES
from mapae.model.finding import Finding, Reason

__all__ = ["CHECK"]

_COLUMNS = (
    "settlement_id operator seller_id deal closed_on received_on paid_on agreed_days amount currency".split()
)
_DAYS = {
    "direct": "lrd.8.direct_payment",
    "consignment": "lrd.8.consignment_payment",
    "lease": "lrd.8.consignment_payment",
}
_SIGNS = re.compile(r"[\W_]+|ㆍ")
_SHOWN = 3  # payments named in a finding


def _judge(records: Records, context: Context) -> Whole:
    data = frame(records, _COLUMNS)
    if data.is_empty():
        return Whole()
    rules = context.pack.data("markets/conduct.yaml")["settlement"]
    data = _counted(_read(data, rules["deals"]), context)
    wrong = [
        *faults(
            data,
            pl.col("form").is_null() & pl.col("deal").is_not_null(),
            "deal",
            "the form of the deal is not known",
        ),
        *faults(
            data,
            pl.col("start").is_null(),
            "closed_on",
            "neither the day of closing nor of receipt can be read",
        ),
        *faults(
            data, pl.col("days") < 0, "paid_on", "paid before the month was closed or the goods received"
        ),
        *faults(data, pl.col("amount") < 0, "amount", "a negative amount"),
        *faults(data, pl.col("agreed_days") < 0, "agreed_days", "days agreed are negative"),
    ]
    sound = data.filter(~pl.col("row").is_in([fault.row for fault in wrong]))
    late = sound.filter(pl.col("over") > 0)
    findings = [_finding(keys, part, context) for keys, part in _parties(late)]
    return Whole(
        findings, {"settlements": titled(_summary(sound).to_arrow(), TABLES["settlements"], COLUMNS)}, wrong
    )


def _read(data: pl.DataFrame, deals: dict[str, list[str]]) -> pl.DataFrame:
    """Days as dates, the form of the deal by the pack's words; where none is given, by which day stands there."""
    forms = {_fold(word): form for form, words in deals.items() for word in words}
    days = [
        pl.col(name).str.slice(0, 10).str.to_date(strict=False)
        for name in ("closed_on", "received_on", "paid_on")
    ]
    given = pl.col("deal").map_elements(lambda cell: forms.get(_fold(cell)), return_dtype=pl.String)
    guess = pl.when(pl.col("closed_on").is_not_null()).then(pl.lit("consignment")).otherwise(pl.lit("direct"))
    return data.with_columns(days).with_columns(
        form=pl.when(pl.col("deal").is_null()).then(guess).otherwise(given)
    )


def _fold(word: str) -> str:
    """A form of deal without signs and the word for a deal at its end: 임대(을) 거래 is 임대을."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", word).casefold()).removesuffix("거래")


def _counted(data: pl.DataFrame, context: Context) -> pl.DataFrame:
    """start: closing of the month, or receipt of goods bought; days to payment (to today where unpaid); limit of the law;
    over: days past the law's last day, else past the days agreed; by: which of the two.
    """
    limits = {form: context.book.value(key, context.as_of) for form, key in _DAYS.items()}
    limit = pl.col("form").replace_strict(limits, default=None, return_dtype=pl.Int64)
    received, closed = pl.col("received_on"), pl.col("closed_on")
    start = (
        pl.when(pl.col("form") == "direct")
        .then(received)
        .when(pl.col("form") == "marketplace")
        .then(pl.coalesce(closed, received))
        .otherwise(closed)
    )
    paid = pl.coalesce(pl.col("paid_on"), pl.lit(context.as_of))
    counted = data.with_columns(start=start, limit=limit, paid=paid).join(
        _dues(data.select(start=start, limit=limit)), on=["start", "limit"], how="left"
    )
    legal = (pl.col("paid") - pl.col("due")).dt.total_days()
    days = (pl.col("paid") - pl.col("start")).dt.total_days()
    own = (days - pl.col("agreed_days")).cast(pl.Int64)
    return counted.with_columns(
        days=days,
        over=pl.when(legal > 0).then(legal).otherwise(own),
        by=pl.when(legal > 0).then(pl.lit("law")).when(own > 0).then(pl.lit("terms")),
        unpaid=pl.col("paid_on").is_null(),
    )


def _dues(pairs: pl.DataFrame) -> pl.DataFrame:
    """The last day of each period met: the first day is not counted, a last day that is free moves (Civil Act 157, 161)."""
    rows = pairs.drop_nulls().unique().sort("start", "limit")
    dues = [civil_days(start, limit).end for start, limit in rows.iter_rows()]
    return rows.with_columns(due=pl.Series(dues, dtype=pl.Date))


def _parties(late: pl.DataFrame) -> Iterator[tuple[tuple[Any, ...], pl.DataFrame]]:
    ordered = late.sort("over", descending=True)
    yield from ordered.group_by("operator", "seller_id", "by", maintain_order=True)


def _finding(keys: tuple[Any, ...], part: pl.DataFrame, context: Context) -> Finding:
    operator, seller, by = keys
    legal = by == "law"
    subject = ("settlement", f"{operator or '?'}/{seller or '?'}", operator)
    worst = int(part["over"].max() or 0)  # type: ignore[arg-type]
    severity = "low" if not legal else "high" if worst > 30 or len(part) >= 10 else "medium"
    provision = "LRD 8" if legal else "MRF 45"
    kind = "settlement_delay" if legal else "settlement_own_terms"
    return conduct(CHECK.key, kind, subject, severity, provision, _reasons(part, legal=legal), context)  # type: ignore[arg-type]


def _reasons(part: pl.DataFrame, *, legal: bool) -> Iterator[Reason]:
    worst = int(part["over"].max() or 0)  # type: ignore[arg-type]
    against = "the law's days" if legal else "the days agreed"
    yield said(
        "paid_on", f"{len(part)} late", f"{len(part)} payments later than {against}, up to {worst} days", 0.9
    )
    for row in part.head(_SHOWN).iter_rows(named=True):
        limit = row["limit"] if legal else int(row["agreed_days"])
        when = "not paid yet" if row["unpaid"] else f"paid on {row['paid_on']}"
        detail = f"payment {row['settlement_id']}: from {row['start']} {limit} days, {when}: {row['over']} days late"
        yield said("paid_on", row["settlement_id"], detail, 0.6)
    if legal:
        scope = "binds large retailers (LRD 2); a pure intermediary is outside as the law stands"
        yield said("deal", part["form"][0], scope, 0.2)
    else:
        yield said(
            "deal",
            "MRF 45(1) no. 6",
            "late against its own terms: unfair use of a superior position to be looked at",
            0.2,
        )


def _summary(data: pl.DataFrame) -> pl.DataFrame:
    return (
        data.group_by("operator", "form")
        .agg(
            payments=pl.len(),
            late_by_law=(pl.col("by") == "law").sum(),
            late_by_terms=(pl.col("by") == "terms").sum(),
            unpaid=pl.col("unpaid").sum(),
            days_median=pl.col("days").median(),
            days_most=pl.col("days").max(),
            limit=pl.col("limit").max(),
        )
        .sort("operator", "form", nulls_last=True)
    )


CHECK = Check(
    key="market_power.settlement",
    measure="market_power",
    kinds=("settlement",),
    provisions=("LRD 2", "LRD 8", "MRF 45"),
    whole=_judge,
)
