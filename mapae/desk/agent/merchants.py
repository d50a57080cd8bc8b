"""What merchants let an operator's agent be told, and its reply: the pack's list of fields, by codes that name nobody."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mapae.desk.agent.forms import sent
from mapae.desk.agent.forms import told as telling
from mapae.desk.audit.models import record
from mapae.desk.merchants.replies import LONGEST, replies_of, reply
from mapae.desk.merchants.share import agreed, disclosed_fields, disclosed_file, disclosed_to, told_as
from mapae.desk.scope import operators_for
from mapae.desk.uploads import attachment

__all__ = ["told", "told_file", "told_reply"]


@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """Every report that may be told, whole; the look is noted."""
    rows = [
        {
            **fields,
            "when": _half(fields["half_year"]),
            "open": each.state != "closed",
            "replies": replies_of(request.user, disclosure),
        }
        for each in disclosed_to(operators_for(request.user))
        if (disclosure := agreed(each)) and (fields := disclosed_fields(each))
    ]
    if rows:
        record(request.user, "read_told", f"firm:{request.user.firm_id}", reports=len(rows))
    context = {"rows": rows, "submits": request.user.role == "agent", "longest": LONGEST}
    return render(request, "desk/agent_merchants.html", context)


@require_safe
def told_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A file among them, stripped, under the report's code."""
    report = told_as(operators_for(request.user), code)
    found = disclosed_file(report[0], number) if report else None
    if found is None:
        raise Http404
    return attachment(found[1], found[0])


@require_POST
@telling(lambda code: reverse("agent-merchants"))
def told_reply(request: HttpRequest, code: str) -> HttpResponse:
    """The agent's reply to a report; it goes to the officer."""
    if reply(request.user, code, sent(request, "text", LONGEST)) is None:
        raise Http404
    messages.success(request, _("Your reply went to the officer. The merchant is told that there is one."))
    return redirect("agent-merchants")


def _half(half_year: str) -> str:
    """`2026-H2` in words."""
    year, _sep, half = half_year.partition("-H")
    first, second = _("%(year)s, first half"), _("%(year)s, second half")
    return (first if half == "1" else second) % {"year": year}
