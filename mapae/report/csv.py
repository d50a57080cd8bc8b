"""Findings and campaigns as CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from mapae.report.safe import safe_cell

__all__ = ["CAMPAIGN_COLUMNS", "COLUMNS", "write_campaigns_csv", "write_csv"]

COLUMNS = (
    "finding_id measure check severity score subject_kind subject_id subject_title operator seller_id subject_url "
    "reference_id provision provision_from seen matched why as_of shadow"
).split()
CAMPAIGN_COLUMNS = (
    "campaign_id record_id flagged records_in_campaign flagged_in_campaign advertiser title links detail"
).split()


def write_csv(findings: Path, path: Path) -> int:
    """Write findings.parquet as UTF-8 CSV with a byte order mark; returns the rows. A cell never begins a formula."""
    return _write(findings, path, COLUMNS, _cell)


def write_campaigns_csv(campaigns: Path, path: Path) -> int:
    """The same of campaigns.parquet: a row a record, with what ties it to the others of its campaign."""
    return _write(campaigns, path, CAMPAIGN_COLUMNS, _campaign_cell)


def _write(
    source: Path, path: Path, columns: Sequence[str], cell: Callable[[Mapping[str, Any], str], str]
) -> int:
    rows = 0
    draft = path.with_suffix(".draft")
    with draft.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        for batch in pq.ParquetFile(source).iter_batches(4096):
            for row in batch.to_pylist():
                writer.writerow([safe_cell(cell(row, name)) for name in columns])
                rows += 1
    draft.replace(path)
    return rows


def _campaign_cell(row: Mapping[str, Any], name: str) -> str:
    if name == "links":
        return " | ".join(f"{link['kind']}: {link['value']}" for link in row["links"])
    return "" if row[name] is None else str(row[name])


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
