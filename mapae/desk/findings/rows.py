"""Rows of findings.parquet as rows of the findings table: bounded, cleaned, with the key of their evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import orjson
import pyarrow as pa

from mapae.errors import InputError
from mapae.model.finding import SEVERITIES

__all__ = ["COLUMNS", "cleaned", "evidence_key", "table_rows", "wanted_columns"]

COLUMNS = (
    "finding_id", "measure", "check_key", "subject_kind", "subject_id", "subject_title", "subject_url", "platform",
    "operator_id", "seller_id", "severity", "score", "reference_id", "provision", "provision_from", "reasons", "as_of",
    "shadow", "evidence_key", "state",
)  # fmt: skip
_READ = (
    "finding_id", "measure", "check", "subject_kind", "subject_id", "subject_title", "subject_url", "operator",
    "seller_id", "severity", "score", "reference_id", "provision", "provision_from", "reasons", "as_of", "shadow",
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(SEVERITIES)}
_NO_DATE = date(1970, 1, 1)


def wanted_columns(schema: pa.Schema, where: str) -> list[str]:
    """The columns to read. InputError where the file is no file of findings."""
    missing = [name for name in _READ if name not in schema.names]
    if missing:
        raise InputError(
            f"this is no file of findings: {', '.join(missing)} missing",
            where=where,
            mend="import a folder that mapae screen wrote",
        )
    return list(_READ)


def cleaned(value: Any) -> Any:
    """Text without NUL, which no database keeps; U+FFFD stands in its place, so that spans stay true."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd") if "\0" in value else value
    if isinstance(value, Mapping):
        return {key: cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(item) for item in value]
    return value


def evidence_key(
    kind: str, platform: str, subject_id: str, reference_id: str, reasons: Iterable[Mapping[str, Any]]
) -> str:
    """32 hex digits over subject, reference and the words that were seen, in whatever order and place they stood."""
    seen = sorted({f"{r['field']}\x1f{r['seen']}\x1f{r['matched']}" for r in reasons})
    text = "\x1e".join((kind, platform, subject_id, reference_id, *seen))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def table_rows(
    batch: pa.RecordBatch, operator_of: Callable[[str], int | None], settled: frozenset[str] | set[str]
) -> Iterator[Sequence[Any]]:
    """Rows in the order of COLUMNS; `reasons` as JSON text. operator_of: row number of a platform's operator."""
    columns = (batch.column(batch.schema.get_field_index(name)).to_pylist() for name in _READ)
    for row in zip(*columns, strict=True):
        yield _row(row, operator_of, settled)


def _row(
    row: tuple[Any, ...], operator_of: Callable[[str], int | None], settled: frozenset[str] | set[str]
) -> Sequence[Any]:
    (
        finding_id, measure, check, kind, subject, title, url, operator, seller, severity, score, reference, provision,
        provision_from, reasons, as_of, shadow,
    ) = row  # fmt: skip
    text = orjson.dumps(reasons)
    if b"\\u0000" in text:
        reasons = cleaned(reasons)
        text = orjson.dumps(reasons)
    platform, subject = _text(operator, 120), _text(subject, 200)
    key = evidence_key(kind, platform, subject, reference, reasons)
    return (
        finding_id, measure, check, kind, subject, _text(title, 4000), _text(url, 4000), platform, operator_of(platform),
        _text(seller, 200), _RANK[severity], score, _text(reference, 120), provision, provision_from, text.decode(),
        as_of or _NO_DATE, bool(shadow), key, "settled" if key in settled else "new",
    )  # fmt: skip


def _text(value: str | None, most: int) -> str:
    return cleaned(value)[:most] if value else ""
