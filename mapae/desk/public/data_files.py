"""Open data as files: CSV with a mark that spreadsheets read as UTF-8, and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse

__all__ = ["csv_file", "parquet_file", "queried"]


def csv_file(name: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> HttpResponse:
    """Rows under a head of these columns; what a row has beyond them is left out."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return _file(name, "\ufeff" + out.getvalue(), "text/csv; charset=utf-8")


def parquet_file(name: str, content: bytes) -> HttpResponse:
    """A Parquet file to keep."""
    return _file(name, content, "application/vnd.apache.parquet")


def queried(table: str, name: str, url: str) -> dict[str, str]:
    """What a page says of the file that its query reads: the name of the table, of the file, and where it is."""
    return {"table": table, "name": name, "url": url}


def _file(name: str, content: str | bytes, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
