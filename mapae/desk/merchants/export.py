"""Reports as records of kind complaint for `mapae screen --kind complaint --measure market_power`: cut texts, no names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mapae.desk.audit.models import record
from mapae.desk.merchants.intake import as_record
from mapae.desk.merchants.models import MerchantReport

__all__ = ["records", "write"]


def records() -> Iterator[dict[str, Any]]:
    """A record a report, in the order of their numbers of row; the text is the one that is listed, already cut."""
    for report in MerchantReport.objects.select_related("operator").order_by("pk").iterator(chunk_size=500):
        yield as_record(report, report.gist)


def write(path: Path) -> int:
    """JSON Lines; how many records. The writing is an entry of the audit log."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for each in records():
            file.write(json.dumps(each, ensure_ascii=False) + "\n")
            count += 1
    record("system", "export_merchants", "merchants", reports=count)
    return count
