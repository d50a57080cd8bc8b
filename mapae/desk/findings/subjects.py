"""Keeps the records that findings are about, where a run kept its records: title, description and all that spans count in."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mapae.desk.findings.models import Finding, Run, Subject
from mapae.desk.findings.rows import cleaned
from mapae.model.records import KINDS

__all__ = ["import_subjects", "picture_addresses", "record_of", "snapshot"]

_MOST = 20_000  # characters kept of one field
_MOST_OF = {"policy": 2_000_000, "app": 32_000_000}  # kinds whose texts are inspected sentence by sentence
_SNAPSHOT = 4_000  # characters of one field in an item's snapshot
_AT_ONCE = 4_096
_PLATFORMS = 1_000  # of which a run tells how many records it read


def import_subjects(run: Run, folder: Path) -> int:
    """Keep the records of OUT/records.parquet that have findings; how many were kept. 0 where the run kept none. How many
    records of each platform were read stands in the run's manifest then, as `screened`."""
    source, kind = folder / "records.parquet", KINDS.get(str(run.manifest.get("kind")))
    if kind is None or not source.is_file():
        return 0
    found = _found(folder / "findings.parquet")
    kept, screened = 0, Counter[str]()
    for batch in pq.ParquetFile(source).iter_batches(_AT_ONCE):
        screened.update(_platforms(batch))
        table = pa.Table.from_batches([batch]).filter(pc.is_in(batch.column(kind.key), value_set=found))
        rows = [_subject(run, kind.name, kind.key, row) for row in table.to_pylist()]
        Subject.objects.bulk_create(rows, batch_size=1_000, ignore_conflicts=True)
        kept += len(rows)
    run.manifest = {**run.manifest, "screened": cleaned(dict(screened.most_common(_PLATFORMS)))}
    run.save(update_fields=["manifest"])
    return kept


def _platforms(batch: pa.RecordBatch) -> dict[str, int]:
    """Platform, or operator where the kind has none → records; those that name none are left out."""
    name = next((name for name in ("platform", "operator") if name in batch.schema.names), None)
    counted = pc.value_counts(batch.column(name)).to_pylist() if name else []
    return {row["values"]: row["counts"] for row in counted if row["values"]}


def record_of(finding: Finding) -> dict[str, Any]:
    """The record as it was screened; without it, what the finding itself says."""
    kept = Subject.objects.filter(
        run=finding.run_id,
        subject_id=finding.subject_id,
        kind=finding.subject_kind,
        platform=finding.platform,
    ).first()
    if kept is not None:
        return dict(kept.record)
    field = {"advert": "headline", "post": "text"}.get(finding.subject_kind, "title")
    return {field: finding.subject_title} if finding.subject_title else {}


def snapshot(facts: dict[str, Any]) -> dict[str, Any]:
    """What an item of a case keeps of the record."""
    return {
        name: value[:_SNAPSHOT] if isinstance(value, str) else value
        for name, value in facts.items()
        if name != "page_html"
    }


def picture_addresses(record: dict[str, Any]) -> list[str]:
    """The addresses of a record's pictures, as its `image_urls` gives them: a JSON list, or parted by signs."""
    value = record.get("image_urls") or ""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            value = str(value)
    parts = value if isinstance(value, list) else re.split(r"[\s,;|]+", str(value))
    return [str(part) for part in parts if str(part)][:20]


def _found(path: Path) -> pa.Array:
    parts = [pa.array([], pa.string())]
    for batch in pq.ParquetFile(path).iter_batches(65_536, columns=["subject_id"]):
        parts.append(pc.unique(batch.column(0)))
    return pc.unique(pa.concat_arrays(parts))


def _subject(run: Run, kind: str, key: str, row: dict[str, Any]) -> Subject:
    platform = str(row.get("operator") or row.get("platform") or "")
    record = {
        name: cleaned(value[: _MOST_OF.get(kind, _MOST)] if isinstance(value, str) else value)
        for name, value in row.items()
        if value not in (None, "")
    }
    return Subject(
        run=run, kind=kind, platform=cleaned(platform)[:120], subject_id=cleaned(str(row[key]))[:200], record=record
    )  # fmt: skip
