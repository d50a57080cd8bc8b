"""The check `consignments.senders`: plain parcels of senders whose others bear signs of copies, or held what was found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl
import pyarrow as pa

from mapae.contract import Check, Context, Records, Whole, titled
from mapae.contract.run import Prepared, prepare
from mapae.measures.consignments.columns import labels
from mapae.measures.consignments.parcels import load_parcels
from mapae.measures.consignments.parcels_brands import CHECK as BRANDS
from mapae.measures.consignments.parcels_cells import cells_of, hashed, sender
from mapae.model.finding import Finding, Reason

__all__ = ["CHECK"]

_CELLS = ("consignment_id", "description", "seller_id", "seller")
_MOST = 1000  # senders in the table


def _judge(records: Records, context: Context) -> Whole:
    """Findings on the parcels of known senders that nothing else speaks against, and the table of these senders."""
    rule = load_parcels(context).table["sender"]
    brands = prepare([BRANDS], context, "consignment")
    lines = _lines(records, brands)
    senders = (
        lines.group_by("sender")
        .agg(
            pl.len().alias("parcels"),
            pl.col("suspect").sum().cast(pl.Int64),
            pl.col("found").fill_null(0.0).sum().cast(pl.Int64),
            pl.col("found").is_not_null().sum().cast(pl.Int64).alias("inspected"),
            pl.col("row").first(),
        )
        .filter(
            (
                (pl.col("suspect") >= rule["suspect"])
                & (pl.col("suspect") >= rule["share"] * pl.col("parcels"))
            )
            | ((pl.col("found") >= rule["found"]) & (pl.col("found") >= rule["share"] * pl.col("inspected")))
        )
        .sort("suspect", "found", "row", descending=[True, True, False])
    )
    others = lines.join(senders.drop("row", "suspect", "found"), on="sender", how="semi").filter(
        ~pl.col("suspect") & pl.col("found").is_null()
    )
    dated = context.book.provision("CUS 235", context.as_of)
    told = dict(zip(senders["sender"].to_list(), senders.to_dicts(), strict=True))
    chosen = dict(zip(others["row"].to_list(), others["sender"].to_list(), strict=True))
    findings = list(_findings(records, chosen, told, dated.valid_from if dated else None))
    return Whole(findings, {"senders": _table(records, senders.head(_MOST))})


def _lines(records: Records, brands: Prepared) -> pl.DataFrame:
    """A row a line with a sender: its place, the sender as 64-bit hash, whether its words tell of copies, its result."""
    parts, first = [pl.DataFrame(schema=_LINE)], 0
    for batch in records():
        ids = batch.column("consignment_id").to_pylist() if batch.num_rows else []
        marked = {finding.subject_id for finding in brands.findings(batch)}
        suspect = np.fromiter(((one or "") in marked for one in ids), bool, len(ids))
        names = pl.DataFrame({name: pl.Series(batch.column(name)) for name in ("seller_id", "seller")})
        own = names.select(hashed(sender()).alias("sender")).to_series()
        part = pl.DataFrame(
            {
                "row": np.arange(first, first + batch.num_rows),
                "sender": own,
                "suspect": suspect,
                "found": labels(batch)["fraud"],
            },
            schema=_LINE,
        )
        parts.append(part.filter(pl.col("sender").is_not_null()))
        first += batch.num_rows
    return pl.concat(parts)


_LINE = {"row": pl.Int64, "sender": pl.UInt64, "suspect": pl.Boolean, "found": pl.Float64}


def _findings(
    records: Records, chosen: dict[int, int], told: dict[int, dict[str, int]], since: date | None
) -> Iterator[Finding]:
    for row, cells in cells_of(records, chosen, _CELLS).items():
        one = told[chosen[row]]
        field = "seller_id" if cells["seller_id"] else "seller"
        seen = cells[field]
        parts = (
            [f"of {one['parcels']:,} parcels of this sender {one['suspect']:,} bear signs of copies"]
            if one["suspect"]
            else []
        )
        parts += [f"of {one['inspected']:,} inspected {one['found']:,} were found"] if one["found"] else []
        yield Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="consignment",
            subject_id=cells["consignment_id"],
            reference_id=f"sender:{seen}",
            severity="medium" if one["found"] else "low",
            score=round(
                min(
                    0.9,
                    0.4 + max(one["suspect"] / one["parcels"], one["found"] / max(1, one["inspected"])) / 2,
                ),
                3,
            ),
            provision="CUS 235",
            provision_from=since,
            reasons=(Reason(field, 0, len(seen), seen, seen, "; ".join(parts)),),
            seller_id=cells["seller_id"] or None,
            subject_title=cells["description"] or None,
        )


def _table(records: Records, senders: pl.DataFrame) -> pa.Table:
    cells = cells_of(records, senders["row"].to_list(), _CELLS)
    names = [cells[row]["seller_id"] or cells[row]["seller"] for row in senders["row"].to_list()]
    columns = {"sender": pa.array(names, pa.string())} | {
        name: senders[name].cast(pl.Int64).to_arrow() for name in ("parcels", "suspect", "inspected", "found")
    }
    words = {
        "sender": {"en": "Sender", "ko": "발송인"},
        "parcels": {"en": "Parcels", "ko": "건수"},
        "suspect": {"en": "With signs of copies", "ko": "위조 징후"},
        "inspected": {"en": "Inspected", "ko": "검사"},
        "found": {"en": "Found", "ko": "적발"},
    }
    return titled(pa.table(columns), {"en": "Senders to watch", "ko": "주의할 발송인"}, words)


CHECK = Check(
    key="consignments.senders",
    measure="consignments",
    kinds=("consignment",),
    whole=_judge,
    provisions=("CUS 235",),
    lists=("brands",),
)
