"""The check `consignments.list_limit`: a parcel on a clearance list that costs more than a list may clear."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from mapae.contract import Batch, Check, Context, Hits
from mapae.detect.lexicon import Term
from mapae.measures.consignments.parcels import CLEARED, Parcels, load_parcels
from mapae.model.finding import Finding, Reason

__all__ = ["CHECK", "cell_of_price", "said_of_clearance"]


@dataclass(frozen=True)
class _Bound:
    parcels: Parcels
    in_force_from: date | None

    @property
    def terms(self) -> tuple[Term, ...]:
        return ()

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """Findings of lines of a list whose price is over the limit of their day and country of departure."""
        lines = self.parcels.read(batch.records)
        chosen = np.flatnonzero(self.parcels.over(lines) & (lines["cleared"] < 2).to_numpy())
        for index in chosen.tolist():
            row, line = batch.row(index), lines.row(index, named=True)
            where = "from the United States" if line["from_us"] else "from elsewhere"
            detail = f"{line['usd']:,.2f} USD; by list up to {line['limit']:g} USD {where}"
            if not line["exact"]:
                detail += "; at a round rate of exchange"
            field, seen = cell_of_price(row.text("value"), row.text("item_price"))
            yield Finding(
                check=CHECK.key,
                measure=CHECK.measure,
                subject_kind="consignment",
                subject_id=row.text("consignment_id"),
                reference_id="parcels:list_limit",
                severity="medium" if line["cleared"] == 0 and line["exact"] else "low",
                score=0.9 if line["exact"] else 0.7,
                provision="CUSR 79-2",
                provision_from=self.in_force_from,
                reasons=(
                    Reason(field, 0, len(seen), seen, f"{line['limit']:g} USD", detail),
                    said_of_clearance(row.text("process_type"), line["cleared"]),
                ),
            )


def cell_of_price(value: str, item_price: str) -> tuple[str, str]:
    """The column that a price was read from, and its cell."""
    return ("value", value) if value else ("item_price", item_price)


def said_of_clearance(process: str, cleared: int) -> Reason:
    """Why a line is taken to be of a clearance list."""
    if CLEARED[cleared] == "list":
        return Reason("process_type", 0, len(process), process, "list", "cleared by a list", 0.3)
    return Reason(
        "process_type", 0, 0, "", "list", "the line names no declaration: taken to be of a list", 0.1
    )


def _bind(context: Context) -> _Bound:
    dated = context.book.provision("CUSR 79-2", context.as_of)
    return _Bound(load_parcels(context), dated.valid_from if dated else None)


CHECK = Check(
    key="consignments.list_limit",
    measure="consignments",
    kinds=("consignment",),
    bind=_bind,
    provisions=("CUS 254-2", "CUSR 79-2"),
)
