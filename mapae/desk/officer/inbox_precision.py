"""How often each check is right by officers' decisions, and what it may do: as a page and as JSON."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mapae.app.live_precision import BULK_DECISIONS, BULK_PRECISION, RIGHTS
from mapae.desk.cases.titles import matter
from mapae.desk.findings.models import REASONS
from mapae.desk.findings.precision import precision_of_checks
from mapae.desk.law import said

__all__ = ["precision_data", "precision_page"]

_WITHDRAWN = {"ko": "통지 철회됨", "en": "Notice withdrawn", "zh": "通知已撤回"}


@require_safe
def precision_page(request: HttpRequest) -> HttpResponse:
    """A line a check."""
    lines = [
        {
            "row": row,
            "matter": matter(row.measure),
            "right": said(RIGHTS[row.right]),
            "share": None if row.value is None else f"{row.value:.1%}",
            "range": f"{row.low:.1%}–{row.high:.1%}",
            "wrong": [(said(REASONS.get(key, _WITHDRAWN)), n) for key, n in row.wrong.items()],
        }
        for row in precision_of_checks()
    ]
    context = {"lines": lines, "least": f"{BULK_PRECISION:.0%}", "decisions": BULK_DECISIONS}
    return render(request, "desk/officer_inbox_precision.html", context)


@require_safe
def precision_data(request: HttpRequest) -> HttpResponse:
    """The same as JSON."""
    return JsonResponse({"checks": [row.plain() for row in precision_of_checks()]})
