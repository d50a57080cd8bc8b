"""A finding: what was seen, against which reference and provision, and why (no reason, no finding)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from operator import attrgetter
from typing import Literal

import pyarrow as pa

__all__ = ["FINDING_SCHEMA", "SEVERITIES", "Finding", "Reason", "Severity", "finding_id", "to_batch"]

Severity = Literal["info", "low", "medium", "high", "critical"]
SEVERITIES: tuple[Severity, ...] = ("info", "low", "medium", "high", "critical")

_REASON = pa.struct(
    [
        ("field", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("seen", pa.string()),
        ("matched", pa.string()),
        ("detail", pa.string()),
        ("score", pa.float32()),
    ]
)
FINDING_SCHEMA = pa.schema(
    [
        ("finding_id", pa.string()),
        ("measure", pa.string()),
        ("check", pa.string()),
        ("subject_kind", pa.string()),
        ("subject_id", pa.string()),
        ("operator", pa.string()),
        ("severity", pa.string()),
        ("score", pa.float32()),
        ("reference_id", pa.string()),
        ("provision", pa.string()),
        ("provision_from", pa.date32()),
        ("reasons", pa.list_(_REASON)),
        ("as_of", pa.date32()),
        ("pack_version", pa.string()),
        ("shadow", pa.bool_()),
        ("seller_id", pa.string()),
        ("subject_title", pa.string()),
        ("subject_url", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence.

    field: record column; start, end: code points in that column's original text (0, 0 where the reason is no span);
    seen: exactly that text; matched: what it stands for (term, model, notice); detail: one plain sentence;
    score: 0–1, how much this reason supports the finding (negative reasons are not recorded).
    """

    field: str
    start: int
    end: int
    seen: str
    matched: str
    detail: str = ""
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A record held against a check, with its reasons; `score` 0–1, `reference_id` like `cpsc:26063`."""

    check: str
    measure: str
    subject_kind: str
    subject_id: str
    reference_id: str
    severity: Severity
    score: float
    provision: str
    reasons: tuple[Reason, ...]
    provision_from: date | None = None
    operator: str | None = None
    seller_id: str | None = None
    subject_title: str | None = None
    subject_url: str | None = None
    shadow: bool = False
    extra: dict[str, str] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if not self.reasons:
            raise ValueError(f"a finding of {self.check} on {self.subject_id} has no reason")


def finding_id(finding: Finding) -> str:
    """32 hex digits that depend on check, subject, reference and evidence only: the same input twice is the same id."""
    parts = [
        finding.check,
        finding.subject_kind,
        finding.operator or "",
        finding.subject_id,
        finding.reference_id,
    ]
    for reason in finding.reasons:
        parts += [reason.field, str(reason.start), str(reason.end), reason.seen, reason.matched]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def to_batch(findings: Iterable[Finding], *, as_of: date, pack_version: str) -> pa.RecordBatch:
    """Findings as one Arrow batch of FINDING_SCHEMA, in the order given."""
    rows = list(findings)
    made = {"finding_id", "reasons", "as_of", "pack_version"}
    columns = _columns(rows, [name for name in FINDING_SCHEMA.names if name not in made])
    columns["finding_id"] = [finding_id(row) for row in rows]
    columns["as_of"] = [as_of] * len(rows)
    columns["pack_version"] = [pack_version] * len(rows)
    arrays = [
        _reasons(rows) if item.name == "reasons" else pa.array(columns[item.name], type=item.type)
        for item in FINDING_SCHEMA
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=FINDING_SCHEMA)


def _columns(rows: Sequence[object], names: Sequence[str]) -> dict[str, Sequence[object]]:
    """The attributes of these names, a column each."""
    columns = zip(*map(attrgetter(*names), rows), strict=True) if rows else ((),) * len(names)
    return dict(zip(names, columns, strict=True))


def _reasons(rows: Sequence[Finding]) -> pa.Array:
    """The reasons of all rows as one column a field: several times as quick as a dict a reason."""
    every = [reason for row in rows for reason in row.reasons]
    columns = _columns(every, [item.name for item in _REASON])
    fields = [pa.array(columns[item.name], item.type) for item in _REASON]
    ends = list(accumulate((len(row.reasons) for row in rows), initial=0))
    inside = pa.StructArray.from_arrays(fields, fields=list(_REASON))
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), inside)
