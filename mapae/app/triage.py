"""Triages one complaint by the code path of `mapae screen`: one record in, its finding and what it says out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pyarrow as pa

from mapae.contract import Context
from mapae.contract.run import Prepared, prepare
from mapae.law import LawBook
from mapae.lists import ListStore
from mapae.measures.helpline.check import CHECK, triage_reader
from mapae.measures.helpline.prediction_helpline import predict
from mapae.measures.helpline.triage import Complaint, TriageReader
from mapae.model.records import KINDS
from mapae.pack import load_pack

__all__ = ["Triaged", "triage"]


@dataclass(frozen=True, slots=True)
class Triaged:
    """The outcome: category with its confidence (0–1), the service, who is responsible, the right and its last day, hazard.

    counted_from, known_on: the delivery and the knowledge of a mismatch that the last day was counted from, as told or read;
    reasons: of the finding, as plain data {field, start, end, seen, matched, detail, score}, spans over the text as given.
    """

    category: str
    confidence: float
    operator: str | None
    responsible: str
    right: str
    last_day: date | None
    hazard: bool
    provision: str
    counted_from: date | None
    known_on: date | None
    reasons: tuple[dict[str, Any], ...]


def triage(record: Mapping[str, Any], as_of: date, pack: str = "kr", *, kind: str = "") -> Triaged:
    """Triage a record of kind complaint: text, operator, received_on, purchased_on, delivered_on (ISO days); others may lack.

    as_of: the day whose law holds, and the day of the message where the record has none. kind: mall or social, where the
    caller knows the record's service as one of that kind and the pack does not name it; then no operator is told.
    """
    shape = KINDS["complaint"]
    row = {
        column.name: None if (value := record.get(column.name)) is None else value for column in shape.schema
    }
    row[shape.key] = row[shape.key] or "1"
    if kind:
        row["operator"] = _one_of(pack, kind)  # names count for nothing in the reading, kinds do
    batch = pa.RecordBatch.from_pylist([row], schema=shape.schema)
    ready, reader = _ready(pack, as_of)
    finding = next(iter(ready.findings(batch)))
    told = predict([finding])
    last, period = told["withdrawal_deadline"], reader.read(_complaint(row, as_of)).period
    return Triaged(
        told["category"],
        finding.score,
        None if kind else told["operator"],
        told["responsible"],
        told["rights"][0],
        date.fromisoformat(last) if last else None,
        told["hazard"],
        finding.provision,
        period.delivered if period else None,
        period.known if period else None,
        tuple(asdict(reason) for reason in finding.reasons if not (kind and reason.field == "operator")),
    )


def _one_of(pack: str, kind: str) -> str:
    """The name of a service of that kind. StopIteration where the pack has none."""
    rows = load_pack(pack).data("helpline/operators.yaml")["services"]
    return str(next(row["name"] for row in rows if row["kind"] == kind))


@lru_cache(maxsize=4)
def _ready(pack: str, as_of: date) -> tuple[Prepared, TriageReader]:
    """The check bound to the pack as of a day, and its reader; it reads no lists."""
    loaded = load_pack(pack)
    context = Context(loaded, LawBook(loaded), ListStore(()), as_of)
    return prepare((CHECK,), context, "complaint"), triage_reader(context)


def _complaint(row: Mapping[str, Any], as_of: date) -> Complaint:
    received, bought, came = (
        date.fromisoformat(row[name][:10]) if row[name] else None
        for name in ("received_on", "purchased_on", "delivered_on")
    )
    return Complaint(row["text"] or "", row["operator"] or "", received or as_of, bought, came)
