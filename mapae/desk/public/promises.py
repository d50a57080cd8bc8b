"""What platforms promised and must do, in figures: for everybody, as open data too."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mapae.app.agreements import score_json
from mapae.desk.agreements.kept import CELLS, current, figure_key, published
from mapae.desk.agreements.models import PromiseSnapshot
from mapae.desk.agreements.scores import agreements
from mapae.desk.agreements.show import KINDS, shown
from mapae.desk.law import said
from mapae.desk.parties.models import Operator
from mapae.desk.public.data_files import csv_file, parquet_file, queried
from mapae.desk.publication.cells import FIGURES, as_parquet, least
from mapae.measures.agreements.score import Score

__all__ = [
    "cells_csv",
    "cells_parquet",
    "promise_query",
    "promises_data",
    "promises_page",
    "values_csv",
    "values_parquet",
]

_VALUES = pa.schema([each for each in FIGURES if each.name not in ("side", "month")])
_OPEN = (
    *("agreement", "commitment", "metric", "within", "against", "provision"),
    *("value", "low", "high", "n", "kept", "text_seen", "declared"),
)


@require_safe
def promises_page(request: HttpRequest) -> HttpResponse:
    """Each agreement with the operators that signed it: values with intervals; what rests on few is not shown."""
    snapshot = current()
    by = published(snapshot)
    groups = []
    for agreement in agreements():
        rows = [
            {"operator": operator, "figure": figure_key(agreement, score.commitment), **shown(score)}
            for operator, found in by.items()
            for score in found
            if score.agreement.key == agreement.key
        ]
        groups.append(
            {
                "agreement": agreement, "title": said(agreement.title), "kind": said(KINDS[agreement.kind]), "rows": rows,
                "commitments": [{"title": said(one.title), "says": said(one.says)} for one in agreement.commitments],
                "announced": [{**row, "said": said(row["says"])} for row in agreement.announced],
            }
        )  # fmt: skip
    context = {"groups": groups, "least": least(), "snapshot": snapshot}
    return render(request, "desk/public_promises.html", context)


@require_safe
def promise_query(request: HttpRequest, digest: str, key: str) -> HttpResponse:
    """One commitment: the query behind its values, and what it gave."""
    snapshot = get_object_or_404(PromiseSnapshot, digest=digest)
    rows = [
        (operator, shown(score))
        for operator, found in published(snapshot).items()
        for score in found
        if figure_key(score.agreement, score.commitment) == key
    ]
    if not rows:
        raise Http404
    file = queried("cells", f"mapae-promises-{digest}.parquet", reverse("promises-parquet", args=[digest]))
    context = {"snapshot": snapshot, "rows": rows, "query": snapshot.queries[key], "file": file}
    return render(request, "desk/public_promise_query.html", context)


@require_safe
def promises_data(request: HttpRequest) -> HttpResponse:
    """The same as data, without names of units."""
    snapshot = current()
    rows = [_row(operator, score) for operator, found in published(snapshot).items() for score in found]
    body = {
        "snapshot": snapshot.digest, "as_of": snapshot.as_of.isoformat(), "suppressed_below": least(), "rows": rows,
        "engine": "duckdb", "queries": snapshot.queries, "cells": {"columns": CELLS.names, "rows": snapshot.cells},
    }  # fmt: skip
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def values_csv(request: HttpRequest, digest: str) -> HttpResponse:
    """Every value of a snapshot, a line each."""
    snapshot = get_object_or_404(PromiseSnapshot, digest=digest)
    return csv_file(f"mapae-promises-{digest}-values.csv", _VALUES.names, snapshot.rows)


@require_safe
def values_parquet(request: HttpRequest, digest: str) -> HttpResponse:
    """The same values as Parquet."""
    snapshot = get_object_or_404(PromiseSnapshot, digest=digest)
    return parquet_file(f"mapae-promises-{digest}-values.parquet", as_parquet(snapshot.rows, _VALUES))


@require_safe
def cells_csv(request: HttpRequest, digest: str) -> HttpResponse:
    """The cells that the queries read."""
    snapshot = get_object_or_404(PromiseSnapshot, digest=digest)
    return csv_file(f"mapae-promises-{digest}.csv", CELLS.names, snapshot.cells)


@require_safe
def cells_parquet(request: HttpRequest, digest: str) -> HttpResponse:
    """The same cells as Parquet."""
    snapshot = get_object_or_404(PromiseSnapshot, digest=digest)
    return parquet_file(f"mapae-promises-{digest}.parquet", as_parquet(snapshot.cells, CELLS))


def _row(operator: Operator, score: Score) -> dict[str, Any]:
    told = score_json(score)
    return {"operator": operator.key, **{name: told[name] for name in _OPEN}}
