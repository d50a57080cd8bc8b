"""From events to units: each request, information or removal with its last day, its end, and whether the promise was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from mapae.measures.agreements.commitments import Commitment
from mapae.measures.agreements.days import calendar_between

__all__ = ["Units", "units_of"]

_END_OF_DAY = pl.duration(hours=23, minutes=59, seconds=59, milliseconds=999)


@dataclass(frozen=True)
class Units:
    """What a commitment is counted over.

    table: subject_id, start, due, end (days; end null where nothing came), took (business or calendar days to the end),
    state (kept, broken, waiting: its time has not run out, unseen: nobody looked), evidence, source.
    """

    table: pl.DataFrame

    def count(self, state: str) -> int:
        """How many units are in that state."""
        return int((self.table["state"] == state).sum())


def units_of(events: pl.DataFrame, commitment: Commitment, as_of: date) -> Units:
    """Units of one operator's events (columns of Events.table, sorted), as known at the end of the day `as_of`.

    Only units whose time has run out are kept or broken: else early answers would count and late ones not yet. A request
    that is repeated before anything came of it is one unit. A row without an hour is taken as in time on its day.
    """
    known = events.filter(pl.col("at").dt.date() <= as_of)
    pairs = _pairs(known, commitment)
    if pairs.is_empty():
        return Units(pairs.with_columns(due=pl.col("start"), took=pl.lit(0, pl.Int64), state=pl.lit("")))
    first = pairs["start"].min()
    assert isinstance(first, date)
    calendar, within = calendar_between(first, as_of), commitment.within
    starts = pairs["start"].to_numpy().astype("datetime64[D]")
    ends = pairs["end"].fill_null(as_of).to_numpy().astype("datetime64[D]")
    took = calendar.between(starts, ends) if within.business else (ends - starts).astype("int64")
    due = calendar.due(starts, within.count, business=within.business, rolls=commitment.metric != "lasting")
    table = pairs.with_columns(due=pl.Series(due), took=pl.Series(took))
    return Units(table.with_columns(state=_state(commitment, as_of)))


def _pairs(known: pl.DataFrame, commitment: Commitment) -> pl.DataFrame:
    """Every start with what came first after it, repeated starts left out."""
    lasting = commitment.metric == "lasting"
    ended = (*commitment.done, *commitment.not_done)
    late = pl.when("timed").then(pl.col("at")).otherwise(pl.col("at") + _END_OF_DAY)
    starts = known.filter(pl.col("event").is_in(commitment.of)).select(
        "subject_id", pl.col("at").dt.date().alias("start"), "evidence", "source",
        moment=late if lasting else pl.col("at"),
    ).sort("moment")  # fmt: skip
    ends = known.filter(pl.col("event").is_in(ended)).select(
        "subject_id", moment=late, end_at=late, what=pl.col("event")
    ).sort("moment")  # fmt: skip
    pairs = starts.join_asof(
        ends,
        on="moment",
        by="subject_id",
        strategy="forward",
        allow_exact_matches=not lasting,
        check_sortedness=False,
    )
    return (
        pairs.unique(["subject_id", "end_at"], keep="first", maintain_order=True)
        .with_columns(end=pl.col("end_at").dt.date())
        .select("subject_id", "start", "end", "what", "evidence", "source")
    )


def _state(commitment: Commitment, as_of: date) -> pl.Expr:
    over = pl.col("due") < pl.lit(as_of)
    came = pl.col("end").is_not_null() & (pl.col("end") <= pl.col("due"))
    kept = came & pl.col("what").is_in(commitment.done)
    if commitment.metric == "lasting":
        kept = ~came
    if commitment.metric == "truth":
        unseen = pl.when(over).then(pl.lit("unseen")).otherwise(pl.lit("waiting"))
        return pl.when(~came).then(unseen).when(kept).then(pl.lit("kept")).otherwise(pl.lit("broken"))
    return pl.when(~over).then(pl.lit("waiting")).when(kept).then(pl.lit("kept")).otherwise(pl.lit("broken"))
