"""Monthly figures for everybody: the newest release, older ones by snapshot, each figure's query, all as files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mapae.desk import clock
from mapae.desk.public.data_files import csv_file, parquet_file, queried
from mapae.desk.publication.cells import CELLS, FIGURES, as_parquet, said_in
from mapae.desk.publication.models import Release
from mapae.desk.publication.releases import calendar, latest, published
from mapae.desk.publication.shown import figure_of, figures_of

__all__ = [
    "as_csv",
    "as_json",
    "as_parquet_file",
    "cells_csv",
    "figures_parquet",
    "newest",
    "query",
    "release",
]


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The newest release, or when the first comes."""
    return _page(request, latest(clock.today()))


@require_safe
def release(request: HttpRequest, digest: str) -> HttpResponse:
    """One release by its snapshot; the address stays when a revision follows."""
    return _page(request, _found(digest))


@require_safe
def query(request: HttpRequest, digest: str, key: str) -> HttpResponse:
    """One figure: what it counts, the query that gives it, every row it gave."""
    found = _found(digest)
    figure = figure_of(found, key)
    if figure is None:
        raise Http404
    place = reverse("release-parquet", args=[digest])
    file = queried("cells", f"mapae-cells-{found.month}-{digest}.parquet", place)
    context = {"release": found, "figure": figure, "calendar": said_in()["calendar"], "file": file}
    return render(request, "desk/public_release_query.html", context)


@require_safe
def as_json(request: HttpRequest, digest: str) -> HttpResponse:
    """The release with its metadata: definitions, queries, figures, comments, revisions."""
    found = _found(digest)
    return JsonResponse(
        {
            "snapshot": found.digest, "month": found.month, "revision": found.revision, "why": found.why,
            "made_at": found.made_at.isoformat(), "published_on": found.publish_on.isoformat(),
            "suppressed_below": said_in()["calendar"]["least"], "engine": "duckdb",
            "cells": {"columns": CELLS.names, "rows": found.cells},
            "definitions": [{**each, "query": found.queries.get(each["key"], "")} for each in said_in()["figures"]],
            "figures": found.figures,
            "comments": [
                {"operator": each.operator.key, "language": each.language, "text": each.text} for each in _comments(found)
            ],
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )  # fmt: skip


@require_safe
def as_csv(request: HttpRequest, digest: str) -> HttpResponse:
    """Every figure of the release, a line each; empty cells are kept out."""
    found = _found(digest)
    return csv_file(f"mapae-figures-{found.month}-{digest}.csv", FIGURES.names, found.figures)


@require_safe
def figures_parquet(request: HttpRequest, digest: str) -> HttpResponse:
    """The same figures as Parquet."""
    found = _found(digest)
    return parquet_file(f"mapae-figures-{found.month}-{digest}.parquet", as_parquet(found.figures, FIGURES))


@require_safe
def cells_csv(request: HttpRequest, digest: str) -> HttpResponse:
    """The cells that the queries read."""
    found = _found(digest)
    return csv_file(f"mapae-cells-{found.month}-{digest}.csv", tuple(CELLS.names), found.cells)


@require_safe
def as_parquet_file(request: HttpRequest, digest: str) -> HttpResponse:
    """The same cells as Parquet."""
    found = _found(digest)
    return parquet_file(f"mapae-cells-{found.month}-{digest}.parquet", as_parquet(found.cells))


def _found(digest: str) -> Release:
    """A release that is public; others do not exist for anybody who is not shown them ahead."""
    found = Release.objects.filter(digest=digest).first()
    if found is None or not found.is_public(clock.today()):
        raise Http404
    return found


def _page(request: HttpRequest, found: Release | None) -> HttpResponse:
    today = clock.today()
    every = list(published(today))
    newer = [each for each in every if found and each.month == found.month and each.revision > found.revision]
    context: dict[str, Any] = {
        "release": found,
        "calendar": calendar(today),
        "rules": said_in()["calendar"],
        "every": every,
        "newer": newer[0] if newer else None,
    }  # fmt: skip
    if found is not None:
        context |= {"figures": figures_of(found), "comments": _comments(found)}
    return render(request, "desk/public_release.html", context)


def _comments(found: Release) -> list[Any]:
    return list(found.comments.select_related("operator"))
