"""All records of a set-wise check as one frame of the columns it looks at, with row numbers; findings of one form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from mapae.contract import Context, Fault, Records
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["conduct", "faults", "frame", "said"]


def frame(records: Records, columns: Sequence[str]) -> pl.DataFrame:
    """The columns of all batches, with `row` counted from 0; empty where there is nothing."""
    parts = [
        frame
        for batch in records()
        if isinstance(frame := pl.from_arrow(batch.select(list(columns))), pl.DataFrame)
    ]
    return pl.concat(parts).with_row_index("row") if parts else pl.DataFrame({"row": []})


def faults(data: pl.DataFrame, wrong: pl.Expr, column: str, reason: str) -> list[Fault]:
    """Rows that are wrong, each with what stood there."""
    rows = data.filter(wrong).select("row", pl.col(column).cast(pl.String)).iter_rows()
    return [Fault(row, column, reason, raw or "") for row, raw in rows]


def said(field: str, matched: str, detail: str, score: float = 0.5) -> Reason:
    """A reason that is no span of a text."""
    return Reason(field, 0, 0, "", matched, detail, score)


def conduct(
    check: str,
    kind: str,
    subject: tuple[str, str, str | None],
    severity: Severity,
    provision: str,
    reasons: Iterable[Reason],
    context: Context,
) -> Finding:
    """A finding on conduct. kind: the conduct; subject: (kind of subject, its id, operator)."""
    dated = context.book.provision(provision, context.as_of)
    scores: dict[Severity, float] = {"high": 0.9, "medium": 0.7, "low": 0.4}
    return Finding(
        check=check,
        measure="market_power",
        subject_kind=subject[0],
        subject_id=subject[1],
        reference_id=f"conduct:{kind}",
        severity=severity,
        score=scores.get(severity, 0.5),
        provision=provision,
        provision_from=dated.valid_from if dated else None,
        reasons=tuple(reasons),
        operator=subject[2],
    )
