"""The check `consignments.split`: parcels of one sender to one recipient that are small alone and over the limit together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, takewhile
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa

from mapae.contract import Check, Context, Records, Whole, titled
from mapae.measures.consignments.parcels import Parcels, load_parcels
from mapae.measures.consignments.parcels_cells import cells_of, filled, hashed, sender
from mapae.measures.consignments.parcels_limits import cell_of_price
from mapae.model.finding import Finding, Reason

__all__ = ["CHECK"]

_KEYS = ("recipient", "sender")
_NAMES = ("recipient_code_hash", "seller_id", "seller")
_CELLS = ("consignment_id", "description", "value", "item_price", *_NAMES)


class _Small(NamedTuple):
    """A parcel within the limit, by its place among all records."""

    row: int
    day: date
    usd: float
    exact: bool
    limit: float


@dataclass(frozen=True)
class _Group:
    """Rows (places among all records) of parcels that count as one order; usd: their prices together."""

    rows: tuple[int, ...]
    first: date
    last: date
    usd: float
    limit: float
    exact: bool


def _judge(records: Records, context: Context) -> Whole:
    """Findings on every parcel of a split order, and the table of the orders."""
    parcels = load_parcels(context)
    groups = list(_split(_lines(records, parcels), parcels))
    told = cells_of(records, {row for group in groups for row in group.rows}, _CELLS)
    dated = context.book.provision("CUSR 45", context.as_of)
    since = dated.valid_from if dated else None
    findings = [each for group in groups for each in _findings(group, told, since)]
    return Whole(findings, {"split_orders": _table(groups, told)})


def _lines(records: Records, parcels: Parcels) -> pl.DataFrame:
    """A row a line that has recipient, sender, day and price, in few bytes: names only as 64-bit hashes."""
    parts, first = [], 0
    for batch in records():
        names = pl.DataFrame({name: pl.Series(batch.column(name)) for name in _NAMES})
        own = names.select(
            hashed(filled("recipient_code_hash")).alias("recipient"), hashed(sender()).alias("sender")
        )
        lines = parcels.read(batch).hstack(own).with_columns(
            pl.Series("row", np.arange(first, first + batch.num_rows))
        )  # fmt: skip
        kept = lines.filter(
            pl.col("recipient").is_not_null()
            & pl.col("sender").is_not_null()
            & pl.col("day").is_not_null()
            & pl.col("usd").gt(0)
            & pl.col("limit").is_not_null()
        )
        parts.append(kept.select("row", "day", "usd", "exact", "limit", *_KEYS))
        first += batch.num_rows
    return pl.concat(parts) if parts else pl.DataFrame()


def _split(lines: pl.DataFrame, parcels: Parcels) -> Iterator[_Group]:
    """Runs of parcels of one pair within the pack's days, each within the limit, together over it; each parcel once."""
    if lines.is_empty():
        return
    small = lines.filter(pl.col("usd") <= pl.col("limit"))
    pairs = small.group_by(_KEYS).agg(
        pl.len().alias("n"), pl.col("usd").sum().alias("sum"), pl.col("limit").min().alias("least")
    )
    wanted = pairs.filter((pl.col("n") > 1) & (pl.col("sum") > pl.col("least"))).select(_KEYS)
    several = small.join(wanted, on=list(_KEYS), how="semi").sort(*_KEYS, "day", "row")
    days, margin = timedelta(days=int(parcels.table["split_days"])), parcels.margin
    for _, group in several.group_by(_KEYS, maintain_order=True):
        yield from _of_pair([_Small(*row) for row in group.select(_Small._fields).iter_rows()], days, margin)


def _of_pair(parcels: list[_Small], days: timedelta, margin: float) -> Iterator[_Group]:
    """Parcels of one pair in the order of days: from each first parcel all within `days` of it."""
    at = 0
    while at < len(parcels):
        ends = parcels[at].day + days
        run = list(takewhile(lambda one, ends=ends: one.day < ends, islice(parcels, at, None)))  # type: ignore[misc]
        usd, limit = sum(one.usd for one in run), min(one.limit for one in run)
        exact = all(one.exact for one in run)
        if len(run) > 1 and usd > limit * (1.0 if exact else 1.0 + margin):
            places = tuple(one.row for one in run)
            yield _Group(places, run[0].day, run[-1].day, round(usd, 2), limit, exact)
            at += len(run)
        else:
            at += 1


def _findings(group: _Group, told: dict[int, dict[str, str]], since: date | None) -> Iterator[Finding]:
    names = [told[row]["consignment_id"] for row in group.rows]
    same_day = group.first == group.last
    when = f"on {group.first}" if same_day else f"from {group.first} to {group.last}"
    detail = f"{len(names)} parcels of one sender to one recipient {when}; "
    detail += f"{group.usd:,.2f} USD together, by list up to {group.limit:g} USD"
    for row, name in zip(group.rows, names, strict=True):
        cells = told[row]
        code, (field, seen) = cells["recipient_code_hash"], cell_of_price(cells["value"], cells["item_price"])
        others = ", ".join(other for other in names if other != name)[:200]
        yield Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="consignment",
            subject_id=name,
            reference_id=f"split:{names[0]}",
            severity="medium" if same_day and group.exact else "low",
            score=0.85 if same_day else 0.6,
            provision="CUSR 45",
            provision_from=since,
            reasons=(
                Reason("recipient_code_hash", 0, len(code), code, others, detail),
                Reason(field, 0, len(seen), seen, f"{group.usd:,.2f} USD", "its own price", 0.3),
            ),
            seller_id=cells["seller_id"] or None,
            subject_title=cells["description"] or None,
        )


def _table(groups: list[_Group], told: dict[int, dict[str, str]]) -> pa.Table:
    rows = [
        {
            "recipient_code_hash": told[group.rows[0]]["recipient_code_hash"],
            "sender": told[group.rows[0]]["seller_id"] or told[group.rows[0]]["seller"],
            "first": group.first,
            "last": group.last,
            "parcels": len(group.rows),
            "usd": group.usd,
            "limit_usd": group.limit,
            "consignments": ", ".join(told[row]["consignment_id"] for row in group.rows),
        }
        for group in sorted(groups, key=lambda group: (-group.usd, group.rows))
    ]
    kinds = {
        "first": pa.date32(),
        "last": pa.date32(),
        "parcels": pa.int64(),
        "usd": pa.float64(),
        "limit_usd": pa.float64(),
    }
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in _WORDS])
    return titled(
        pa.Table.from_pylist(rows, schema=schema),
        {"en": "Orders sent in parts", "ko": "나누어 보낸 주문"},
        _WORDS,
    )


_WORDS = {
    "recipient_code_hash": {"en": "Recipient", "ko": "수취인"},
    "sender": {"en": "Sender", "ko": "발송인"},
    "first": {"en": "First day", "ko": "첫날"},
    "last": {"en": "Last day", "ko": "마지막 날"},
    "parcels": {"en": "Parcels", "ko": "건수"},
    "usd": {"en": "USD together", "ko": "합계(달러)"},
    "limit_usd": {"en": "Limit of a list, USD", "ko": "목록통관 한도(달러)"},
    "consignments": {"en": "Lines", "ko": "신고 번호"},
}


CHECK = Check(
    key="consignments.split",
    measure="consignments",
    kinds=("consignment",),
    whole=_judge,
    provisions=("CUS 94", "CUSR 45", "CUSR 79-2"),
)
