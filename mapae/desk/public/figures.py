"""The public figures: bars with a table beside each, the query behind each, and all of it as open data."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mapae.desk.law import said
from mapae.desk.public.figures_chart import bars
from mapae.desk.verification.figures import code_of, current, definitions
from mapae.desk.verification.models import FigureSnapshot
from mapae.desk.verification.suppress import LEAST

__all__ = ["as_csv", "as_json", "page", "query"]

_COLUMNS = ("snapshot", "as_of", "figure", "operator", "name_en", "name_ko", "group", "n", "k", "value")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All figures of the newest snapshot."""
    snapshot = current()
    figures = [_figure(snapshot, each) for each in definitions()]
    context = {
        "snapshot": snapshot,
        "figures": figures,
        "least": LEAST,
        "any": any(each["rows"] for each in figures),
    }
    return render(request, "desk/public_figures.html", context)


@require_safe
def query(request: HttpRequest, digest: str, key: str) -> HttpResponse:
    """How one figure of one snapshot was counted: its definition, its code, its rows; the address stays."""
    snapshot = get_object_or_404(FigureSnapshot, digest=digest)
    found = next((each for each in definitions() if each["key"] == key), None)
    if found is None:
        raise Http404
    context = {
        "snapshot": snapshot,
        "figure": _figure(snapshot, found),
        "definition": found,
        "code": code_of(key),
        "least": LEAST,
    }
    return render(request, "desk/public_figures_query.html", context)


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """Definitions and rows."""
    snapshot = _chosen(request)
    return JsonResponse(
        {
            "snapshot": snapshot.digest,
            "as_of": snapshot.as_of.isoformat(),
            "suppressed_below": LEAST,
            "definitions": definitions(),
            "rows": snapshot.rows,
        },
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Rows, one a platform or group and figure; empty cells are suppressed."""
    snapshot, out = _chosen(request), io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for row in snapshot.rows:
        names = row["names"]
        writer.writerow(
            [
                snapshot.digest, snapshot.as_of.isoformat(), row["figure"], row["operator"], names.get("en", ""),
                names.get("ko", ""), row["group"], row["n"], row["k"], row["value"],
            ]
        )  # fmt: skip
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="mapae-figures-{snapshot.digest}.csv"'
    return answer


def _chosen(request: HttpRequest) -> FigureSnapshot:
    digest = request.GET.get("snapshot", "")
    return get_object_or_404(FigureSnapshot, digest=digest) if digest else current()


def _figure(snapshot: FigureSnapshot, definition: dict[str, Any]) -> dict[str, Any]:
    rows = [_row(row, definition) for row in snapshot.rows if row["figure"] == definition["key"]]
    title = said(definition["title"])
    return {
        "key": definition["key"],
        "kind": definition["kind"],
        "title": title,
        "definition": definition,
        "rows": rows,
        "chart": bars(rows, title, definition["key"], share=definition["kind"] == "share"),
    }


def _row(row: dict[str, Any], definition: dict[str, Any]) -> dict[str, Any]:
    """The row in the visitor's language."""
    name = said(row["names"]) if row["operator"] else ""
    group = _("Overseas") if row["group"] == "overseas" else _("Domestic")
    return {
        **row,
        "name": name or (_("All overseas") if row["group"] == "overseas" else _("All domestic")),
        "group_name": group,
        "shown": _shown(row["value"], definition["kind"]),
        "whole": not row["operator"],
    }


def _shown(value: float | None, kind: str) -> str:
    if value is None:
        return ""
    return f"{100 * value:.1f} %" if kind == "share" else _("%(days)s days") % {"days": f"{value:g}"}
