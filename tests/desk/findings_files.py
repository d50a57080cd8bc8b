"""Makes OUT folders for the inbox's tests: findings and records of invented listings, written as a screening writes them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from mapae.model.finding import FINDING_SCHEMA, Finding, Reason, to_batch
from mapae.model.records import KINDS

__all__ = ["finding", "listing", "write_run"]


def finding(number: int = 1, **changes: Any) -> Finding:
    """A finding of the recall check on listing L-<number>; `seen` changes its evidence."""
    seen = changes.pop("seen", "BabySoft T-100")
    fields: dict[str, Any] = {
        "check": "hazardous_goods.recalls",
        "measure": "hazardous_goods",
        "subject_kind": "listing",
        "subject_id": f"L-{number}",
        "reference_id": "cpsc:26063",
        "severity": "high",
        "score": 0.9,
        "provision": "PSF 10-2",
        "provision_from": date(2026, 6, 3),
        "operator": "Lumibay",
        "seller_id": "S-77",
        "subject_title": f"{seen} 치발기 {number}",
        "subject_url": f"https://lumibay.example/i/{number}",
        "reasons": (Reason("title", 0, len(seen), seen, "T-100", "the recalled model", 0.9),),
    }
    return Finding(**{**fields, **changes})


def listing(number: int = 1, **changes: Any) -> dict[str, Any]:
    """The record that `finding(number)` is about."""
    fields = {
        "listing_id": f"L-{number}",
        "platform": "Lumibay",
        "seller_id": "S-77",
        "seller_name": "반짝상회(예시)",
        "title": f"BabySoft T-100 치발기 {number}",
        "description": "말랑한 실리콘 치발기 T-100 <script>alert(1)</script>",
        "price": 9900.0,
        "currency": "KRW",
    }
    return {**fields, **changes}


def write_run(
    folder: Path,
    findings: list[Finding],
    records: list[dict[str, Any]] | None = None,
    *,
    kind: str = "listing",
    group: int = 1000,
) -> Path:
    """Write findings.parquet, records.parquet and the manifest into `folder`. group: rows a row group."""
    folder.mkdir(parents=True, exist_ok=True)
    batch = to_batch(findings, as_of=date(2026, 11, 25), pack_version="test")
    table = pa.Table.from_batches([batch], FINDING_SCHEMA)
    pq.write_table(table, folder / "findings.parquet", row_group_size=group)
    if records is not None:
        pq.write_table(pa.Table.from_pylist(records, KINDS[kind].schema), folder / "records.parquet")
    manifest = {"kind": kind, "findings": len(findings), "as_of": "2026-11-25"}
    (folder / "manifest.json").write_bytes(orjson.dumps(manifest))
    return folder
