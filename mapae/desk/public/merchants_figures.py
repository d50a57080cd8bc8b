"""How many merchants reported, by platform, matter and month: ended months, small cells kept out, also as CSV, Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mapae.desk.merchants.counts import shown
from mapae.desk.merchants.matters import choices, least
from mapae.desk.parties.models import Operator
from mapae.desk.public.data_files import csv_file, parquet_file
from mapae.desk.publication.cells import as_parquet as parquet_of
from mapae.report.safe import safe_cell

__all__ = ["as_csv", "as_parquet", "page"]

_COLUMNS = pa.schema(
    [
        ("month", pa.string()), ("operator", pa.string()), ("matter", pa.string()), ("n", pa.int64()),
        ("kept_out", pa.int64()),
    ]
)  # fmt: skip
_ON_PAGE = 24  # months; the files have all


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The newest months, the newest first."""
    frozen = shown()
    months = [{"month": each.month, "lines": _lines(each.rows)} for each in frozen[:_ON_PAGE]]
    matters = [title for _key, title in choices("matters")]
    context = {"months": months, "matters": matters, "least": least(), "older": len(frozen) > _ON_PAGE}
    return render(request, "desk/public_merchants_figures.html", context)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Every cell of every month; `kept_out` is 1 where the count is below the least or would betray one that is."""
    rows = [{name: safe_cell(value) for name, value in row.items()} for row in _cells()]
    return csv_file("mapae-merchants.csv", _COLUMNS.names, rows)


@require_safe
def as_parquet(request: HttpRequest) -> HttpResponse:
    """The same cells as Parquet."""
    return parquet_file("mapae-merchants.parquet", parquet_of(list(_cells()), _COLUMNS))


def _cells() -> Iterator[dict[str, Any]]:
    for each in shown():
        for row in each.rows:
            key, matter, n = row["operator"] or "all", row["matter"] or "all", row["n"]
            yield {"month": each.month, "operator": key, "matter": matter, "n": n, "kept_out": int(n is None)}


def _lines(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A line a platform and one for all: its cells by matter, then the whole."""
    names = {each.key: str(each) for each in Operator.objects.all()}
    cells = {(row["operator"], row["matter"]): row["n"] for row in rows}
    keys = list(dict.fromkeys(row["operator"] for row in rows))
    order = [*(key for key, _title in choices("matters")), ""]
    return [
        {
            "name": names.get(key, key) or _("All platforms"),
            "cells": [cells.get((key, matter)) for matter in order],
        }
        for key in sorted(keys, key=lambda key: (not key, key))
    ]
