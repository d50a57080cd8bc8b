"""Findings as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from mapae.report.safe import safe_cell

__all__ = ["COLUMNS", "write_csv"]

COLUMNS = (
    "finding_id measure check severity score subject_kind subject_id subject_title operator seller_id subject_url "
    "reference_id provision provision_from seen matched why as_of shadow"
).split()


def write_csv(findings: Path, path: Path) -> int:
    """Write findings.parquet as UTF-8 CSV with a byte order mark; returns the rows. A cell never begins a formula."""
    rows = 0
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for batch in pq.ParquetFile(findings).iter_batches(4096):
            for row in batch.to_pylist():
                writer.writerow([safe_cell(_cell(row, name)) for name in COLUMNS])
                rows += 1
    draft.replace(path)
    return rows


def _cell(row: Mapping[str, Any], name: str) -> str:
    """One cell; `seen`, `matched` and `why` gather all reasons."""
    reasons = row["reasons"]
    if name == "seen":
        return " | ".join(f"{item['field']}: {item['seen']}" for item in reasons if item["seen"])
    if name == "matched":
        return " | ".join(dict.fromkeys(item["matched"] for item in reasons if item["matched"]))
    if name == "why":
        return " ".join(item["detail"] for item in reasons if item["detail"])
    value = row[name]
    if isinstance(value, float):
        return f"{value:.4g}"
    return "" if value is None else str(value)
