"""Events between authority, platform and consumer as columns: one spelling of each event, Korean time, faults by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pyarrow as pa

from mapae.contract import Fault
from mapae.text.names.aliases import name_key

__all__ = ["EVENT_SCHEMA", "Events", "read_events"]

_KOREA = ZoneInfo("Asia/Seoul")
_YEARS = range(1990, 2050)  # of the calendar of holidays
EVENT_SCHEMA: dict[str, Any] = {
    "row": pl.Int64, "event_id": pl.String, "operator": pl.String, "subject_id": pl.String, "event": pl.String,
    "at": pl.Datetime("us"), "timed": pl.Boolean, "outcome": pl.String, "value": pl.Float64, "n": pl.Float64,
    "source": pl.String, "evidence": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Events:
    """Rows that could be read, sorted by moment, and what was wrong with the others.

    table: row (place among all records), event_id, operator, subject_id, event (a key of the pack), at (Korean time),
    timed (whether the hour is known), outcome, value, n, source, evidence.
    """

    table: pl.DataFrame
    faults: tuple[Fault, ...]


def read_events(batches: Iterable[pa.RecordBatch], words: Mapping[str, Any]) -> Events:
    """Read records of kind `event`. words: the pack's `agreements/events.yaml`.

    A row without subject, with an event that the pack does not know, or with a moment that cannot be read is a fault.
    The same event_id twice counts once.
    """
    names = {
        name_key(name): item["key"] for item in words["events"] for name in (item["key"], *item["names"])
    }
    moments: dict[str, tuple[datetime, bool] | None] = {}
    parts, faults, place = [], list[Fault](), 0
    for batch in batches:
        rows, bad = _part(pl.DataFrame(pa.Table.from_batches([batch])), place, names, moments)
        parts.append(rows)
        faults += bad
        place += batch.num_rows
    table = pl.concat(parts) if parts else pl.DataFrame(schema=EVENT_SCHEMA)
    return Events(_once(table).sort("at", "row"), tuple(faults))


def _once(table: pl.DataFrame) -> pl.DataFrame:
    named = table.filter(pl.col("event_id").is_not_null()).unique(
        "event_id", keep="first", maintain_order=True
    )
    return pl.concat([named, table.filter(pl.col("event_id").is_null())])


def _part(
    batch: pl.DataFrame,
    place: int,
    names: Mapping[str, str],
    moments: dict[str, tuple[datetime, bool] | None],
) -> tuple[pl.DataFrame, list[Fault]]:
    said = batch["event"].unique().drop_nulls()
    keys = pl.DataFrame(
        {"event": said, "key": [names.get(name_key(name)) for name in said]},
        schema={"event": pl.String, "key": pl.String},
    )
    for text in batch["at"].unique().drop_nulls():
        if text not in moments:
            moments[text] = _moment(text)
    times = pl.DataFrame(
        {
            "at": list(moments),
            "moment": [found[0] if found else None for found in moments.values()],
            "timed": [bool(found and found[1]) for found in moments.values()],
        },
        schema={"at": pl.String, "moment": pl.Datetime("us"), "timed": pl.Boolean},
    )
    rows = (
        batch.with_row_index("row")
        .with_columns(pl.col("row").cast(pl.Int64) + place)
        .join(keys, "event", "left", maintain_order="left")
        .join(times, "at", "left", maintain_order="left")
        .with_columns(pl.col("n").cast(pl.Float64, strict=False), pl.col("operator").fill_null(""))
    )
    faults = list(_faults(rows))
    bad = {fault.row for fault in faults}
    kept = rows.filter(~pl.col("row").is_in(list(bad))) if bad else rows
    return kept.with_columns(event=pl.col("key"), at=pl.col("moment")).select(EVENT_SCHEMA.keys()).cast(
        EVENT_SCHEMA  # type: ignore[arg-type]
    ), faults


def _faults(rows: pl.DataFrame) -> Iterator[Fault]:
    wrong = rows.filter(
        pl.any_horizontal(
            pl.col("key").is_null(),
            pl.col("moment").is_null(),
            pl.col("subject_id").is_null() | (pl.col("subject_id") == ""),
        )
    )
    for row in wrong.iter_rows(named=True):
        number = int(row["row"])
        if row["key"] is None:
            why = "an event the pack does not know; names are in agreements/events.yaml"
            yield Fault(number, "event", why, str(row["event"] or ""))
        elif row["moment"] is None:
            why = "no day or moment (2026-03-02 or 2026-03-02T09:30:00+09:00)"
            yield Fault(number, "at", why, str(row["at"] or ""))
        else:
            yield Fault(number, "subject_id", "the event says not what it is about")


def _moment(text: str) -> tuple[datetime, bool] | None:
    """A moment in Korean time, and whether the hour is known."""
    try:
        if len(text.strip()) <= 10:
            day = date.fromisoformat(text.strip())
            found, timed = datetime(day.year, day.month, day.day), False
        else:
            moment = datetime.fromisoformat(text.strip())
            found, timed = (moment.astimezone(_KOREA) if moment.tzinfo else moment).replace(tzinfo=None), True
    except ValueError:
        return None
    return (found, timed) if found.year in _YEARS else None
