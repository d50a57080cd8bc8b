"""The public figures: bars with a table beside each, the query behind each, and all of it as open data."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mapae.desk.law import said
from mapae.desk.public.data_files import csv_file, parquet_file, queried
from mapae.desk.public.figures_chart import bars
from mapae.desk.publication.cells import CELLS, FIGURES, as_parquet, least, said_in
from mapae.desk.publication.shown import absent, row_of
from mapae.desk.verification.figures import current, definitions
from mapae.desk.verification.models import FigureSnapshot

__all__ = ["as_csv", "as_json", "cells_csv", "cells_parquet", "figures_parquet", "page", "query"]

_COLUMNS = (
    "snapshot", "as_of", "figure", "operator", "name_en", "name_ko", "side", "n", "k", "value", "low", "high",
)  # fmt: skip


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All figures of the newest snapshot."""
    snapshot = current()
    figures = [_figure(snapshot, each) for each in definitions()]
    any_rows = any(each["rows"] for each in figures)
    context = {"snapshot": snapshot, "figures": figures, "least": least(), "any": any_rows}
    return render(request, "desk/public_figures.html", context)


@require_safe
def query(request: HttpRequest, digest: str, key: str) -> HttpResponse:
    """How one figure of one snapshot was counted: its definition, its query, its rows; the address stays."""
    snapshot = get_object_or_404(FigureSnapshot, digest=digest)
    found = next((each for each in definitions() if each["key"] == key), None)
    if found is None:
        raise Http404
    file = queried("cells", f"mapae-cells-{digest}.parquet", reverse("figures-parquet", args=[digest]))
    figure = _figure(snapshot, found)
    context = {"snapshot": snapshot, "figure": figure, "definition": found, "least": least(), "file": file}
    return render(request, "desk/public_figures_query.html", context)


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """Definitions with their queries, cells and rows."""
    snapshot = _chosen(request)
    body = {
        "snapshot": snapshot.digest, "as_of": snapshot.as_of.isoformat(), "suppressed_below": least(), "engine": "duckdb",
        "cells": {"columns": CELLS.names, "rows": snapshot.cells},
        "definitions": [{**each, "query": snapshot.queries.get(each["key"], "")} for each in definitions()],
        "rows": snapshot.rows,
    }  # fmt: skip
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Rows, one a platform or side and figure; empty cells are suppressed."""
    snapshot = _chosen(request)
    about = {"snapshot": snapshot.digest, "as_of": snapshot.as_of.isoformat()}
    rows = [
        {**row, **about, "name_en": row["names"].get("en", ""), "name_ko": row["names"].get("ko", "")}
        for row in snapshot.rows
    ]
    return csv_file(f"mapae-figures-{snapshot.digest}.csv", _COLUMNS, rows)


@require_safe
def figures_parquet(request: HttpRequest) -> HttpResponse:
    """The same rows as Parquet."""
    snapshot = _chosen(request)
    columns = [each for each in FIGURES if each.name != "month"]
    return parquet_file(
        f"mapae-figures-{snapshot.digest}.parquet", as_parquet(snapshot.rows, pa.schema(columns))
    )


@require_safe
def cells_csv(request: HttpRequest, digest: str) -> HttpResponse:
    """The cells that the queries read."""
    snapshot = get_object_or_404(FigureSnapshot, digest=digest)
    return csv_file(f"mapae-cells-{digest}.csv", CELLS.names, snapshot.cells)


@require_safe
def cells_parquet(request: HttpRequest, digest: str) -> HttpResponse:
    """The same cells as Parquet."""
    snapshot = get_object_or_404(FigureSnapshot, digest=digest)
    return parquet_file(f"mapae-cells-{digest}.parquet", as_parquet(snapshot.cells))


def _chosen(request: HttpRequest) -> FigureSnapshot:
    digest = request.GET.get("snapshot", "")
    return get_object_or_404(FigureSnapshot, digest=digest) if digest else current()


def _figure(snapshot: FigureSnapshot, definition: dict[str, Any]) -> dict[str, Any]:
    key, kind = definition["key"], definition["kind"]
    names = {row["operator"]: said(row["names"]) for row in snapshot.rows if row["operator"]}
    rows = [row_of(row, kind, names) for row in snapshot.rows if row["figure"] == key]
    rows.sort(key=lambda row: (not row["whole"], row["side"] == "domestic", row["operator"]))
    title = said(definition["title"])
    return {
        "key": key,
        "kind": kind,
        "title": title,
        "definition": definition,
        "interval": said_in()["intervals"][kind],
        "query": snapshot.queries.get(key, ""),
        "rows": rows,
        "absent": absent(rows),
        "chart": bars(rows, title, key, share=kind == "share"),
    }
