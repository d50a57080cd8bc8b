"""How the firm answers, operator by operator: a page, and the same as JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from mapae.desk import clock
from mapae.desk.answers.figures import Share
from mapae.desk.answers.statistics import Statistics, statistics_of
from mapae.desk.scope import live_mandates

__all__ = ["figures", "figures_json"]


def figures(request: HttpRequest) -> HttpResponse:
    """The page."""
    return render(request, "desk/agent_figures.html", {"rows": _rows(request), "as_of": clock.today()})


def figures_json(request: HttpRequest) -> JsonResponse:
    """The same figures as data; a share is null where there is nothing to count."""
    rows = [_plain(row) for row in _rows(request)]
    return JsonResponse({"as_of": clock.today().isoformat(), "operators": rows})


def _rows(request: HttpRequest) -> list[Statistics]:
    found = live_mandates(request.user).select_related("operator", "firm")
    seen: dict[int, Statistics] = {}
    for mandate in found.order_by("operator", "starts_on"):
        if mandate.operator_id not in seen:
            seen[mandate.operator_id] = statistics_of(mandate, clock.today())
    return list(seen.values())


def _plain(row: Statistics) -> dict[str, Any]:
    return {
        "operator": row.operator.key,
        "documents": row.documents,
        "statutory_in_time": _share(row.in_time),
        "targets_in_time": _share(row.targets),
        "items_answered": _share(row.items),
        "median_days_to_answer": row.days,
        "contests_accepted": _share(row.contests),
    }


def _share(share: Share) -> dict[str, Any]:
    return {"part": share.part, "whole": share.whole, "share": share.share}
