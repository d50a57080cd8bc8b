"""Operator and category of complaints for counting: one name a service; read from the texts of a small file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from mapae.measures.helpline.operators import OperatorReader, decide
from mapae.measures.helpline.triage import Complaint, TriageReader

__all__ = ["Teller"]


@dataclass
class Teller:
    """Fills the columns operator and category of a frame of surges_read.dated.

    reads: whether complaints without operator or category are triaged by their text (slow: some hundreds a second).
    """

    reader: TriageReader
    reads: bool
    as_of: date
    _names: dict[str, str] = field(default_factory=dict)
    _read: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)

    def __call__(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with canonical operators (AliExpress for 알리익스프레스) and, where it reads, with what texts say."""
        if self.reads:
            frame = self._from_texts(frame)
        known = frame["operator"].unique().drop_nulls().to_list()
        names = {name: self._name(name) for name in known}
        return frame.with_columns(pl.col("operator").replace(names)) if names else frame

    def _name(self, told: str) -> str:
        if told not in self._names:
            found = decide(self._operators.places("", told))
            self._names[told] = found.name if found else told
        return self._names[told]

    @property
    def _operators(self) -> OperatorReader:
        return self.reader.operators

    def _from_texts(self, frame: pl.DataFrame) -> pl.DataFrame:
        rows = frame.iter_rows(named=True)
        told = [
            self._triage(row) if not (row["operator"] and row["category"]) else (None, None) for row in rows
        ]
        read = {
            name: pl.Series(f"read_{name}", [each[at] for each in told], pl.String)
            for at, name in enumerate(("operator", "category"))
        }
        return frame.with_columns(
            pl.coalesce(pl.col(name), column).alias(name) for name, column in read.items()
        )

    def _triage(self, row: dict[str, Any]) -> tuple[str | None, str | None]:
        key = str(row["complaint_id"])
        if key not in self._read:
            days = [_day(row[name]) for name in ("received_on", "purchased_on", "delivered_on")]
            complaint = Complaint(
                row["text"] or "", row["operator"] or "", days[0] or self.as_of, days[1], days[2]
            )
            found = self.reader.read(complaint)
            self._read[key] = (found.operator.name if found.operator else None, found.category.name)
        return self._read[key]


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
