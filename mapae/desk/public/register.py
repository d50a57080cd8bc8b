"""The public register of local agents: page, search, history of an operator, CSV and JSON of a snapshot."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mapae.desk.law import said
from mapae.desk.parties.duties import ANSWERS
from mapae.desk.parties.models import RegisterSnapshot
from mapae.desk.parties.register import COLUMNS, current, flat, history_of, matching
from mapae.desk.parties.titles import word

__all__ = ["as_csv", "as_json", "operator", "page"]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Operators with duty and agent; ?q= narrows, ?snapshot= shows the register as it stood."""
    snapshot, asked = _chosen(request), request.GET.get("q", "").strip()[:60]
    rows = matching(snapshot.rows, asked) if asked else snapshot.rows
    context = {
        "snapshot": snapshot,
        "rows": [_row(row) for row in rows],
        "asked": asked,
        "older": RegisterSnapshot.objects.exclude(pk=snapshot.pk)[:20],
    }
    return render(request, "desk/public_register.html", context)


@require_safe
def operator(request: HttpRequest, key: str) -> HttpResponse:
    """One operator in the register, and how its entry changed."""
    current()
    history = [(snapshot, [_row(row) for row in rows]) for snapshot, rows in history_of(key)]
    if not any(rows for _snapshot, rows in history):
        raise Http404
    name = next(rows[0]["name"] for _snapshot, rows in history if rows)
    context = {"name": name, "rows": history[0][1], "snapshot": history[0][0], "history": history[1:]}
    return render(request, "desk/public_register_operator.html", context)


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """The snapshot's rows under the names of the columns."""
    snapshot = _chosen(request)
    body = {
        "snapshot": snapshot.digest,
        "as_of": snapshot.as_of.isoformat(),
        "columns": COLUMNS,
        "rows": snapshot.rows,
    }
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The snapshot as a table; cells that a spreadsheet would run as a formula begin with an apostrophe."""
    snapshot, out = _chosen(request), io.StringIO()
    csv.writer(out).writerows(flat(snapshot))
    answer = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="mapae-register-{snapshot.digest}.csv"'
    return answer


def _chosen(request: HttpRequest) -> RegisterSnapshot:
    digest = request.GET.get("snapshot", "")
    if not digest:
        return current()
    found: RegisterSnapshot | None = RegisterSnapshot.objects.filter(digest=digest).first()
    if found is None:
        raise Http404
    return found


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """The row in the visitor's language."""
    names = {"ko": row["name_ko"], "en": row["name_en"], "zh": row["name_zh"]}
    agent = {"ko": row["agent_ko"], "en": row["agent_en"]}
    return {
        **row,
        "name": said(names),
        "agent": said(agent),
        "law": word("regimes", row["regime"]),
        "duty_word": said(ANSWERS[row["duty"]]) if row["duty"] else "",
        "fit_word": word("words", row["may_be_agent"]) if row["may_be_agent"] else "",
        "page_word": word("words", row["first_page_complete"]) if row["first_page_complete"] else "",
    }
