"""What merchants let an operator's agent be told: the pack's list of fields and nothing else, by codes that name nobody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mapae.desk.audit.models import record
from mapae.desk.merchants.share import disclosed_fields, disclosed_file, disclosed_to
from mapae.desk.scope import operators_for
from mapae.desk.uploads import attachment

__all__ = ["told", "told_file"]


@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """Every report that may be told, whole; the look is noted."""
    rows = [disclosed_fields(each) for each in disclosed_to(operators_for(request.user))]
    if rows:
        record(request.user, "read_told", f"firm:{request.user.firm_id}", reports=len(rows))
    return render(request, "desk/agent_merchants.html", {"rows": rows})


@require_safe
def told_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A file among them, stripped, under the report's code."""
    for each in disclosed_to(operators_for(request.user)):
        if disclosed_fields(each).get("code") == code and (found := disclosed_file(each, number)):
            name, content = found
            return attachment(content, name)
    raise Http404
