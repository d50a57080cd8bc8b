"""The list of cases by queue, and opening a case by hand."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mapae.desk import clock
from mapae.desk.cases import due, queues
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.models import Case
from mapae.desk.cases.titles import MATTERS, SEVERITY, matter, severity
from mapae.desk.law import said
from mapae.desk.officer.cases_clocks import due_row
from mapae.desk.parties.models import Operator
from mapae.desk.scope import operators_for
from mapae.workflow.states import CASE_STATES

__all__ = ["cases", "new_case"]

SOME = 200  # cases that a page counts anew before it reads due dates; the worker does all


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """A queue, narrowed by filters, one page of it."""
    due.refresh_stale(SOME)
    known = queues.queues_for(request.user)
    chosen = request.GET.get("queue", "")
    chosen = chosen if chosen in known else known[0]
    filters = queues.Filters.read(request.GET)
    found = queues.page(
        queues.narrowed(queues.queue(request.user, chosen), filters), request.GET.get("after", "")
    )
    counts = queues.counts(request.user)
    context = {
        "queues": [(key, said(queues.QUEUES[key]), counts.get(key, "")) for key in known],
        "chosen": chosen,
        "title": said(queues.QUEUES[chosen]),
        "filters": filters,
        "narrowed": filters != queues.Filters(),
        "rows": _rows(found.cases),
        "next": _with(request, after=found.after) if found.after else "",
        "first": _with(request, after="") if request.GET.get("after") else "",
        "may_open": request.user.role == "officer",
    }
    return render(request, "desk/officer_cases.html", context | _choices(request))


@require_http_methods(["GET", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """Open a case by hand, where there is no finding to accept."""
    if request.method == "POST":
        try:
            return redirect("case", _open(request).number)
        except Refused as error:
            messages.error(request, error.what)
    return render(request, "desk/officer_case_new.html", _choices(request) | {"given": request.POST})


def _open(request: HttpRequest) -> Case:
    operator = operators_for(request.user).filter(key=request.POST.get("operator", "")).first()
    title, chosen = request.POST.get("title", "").strip(), request.POST.get("matter", "")
    if operator is None or chosen not in MATTERS or not title:
        raise Refused(_("Choose an operator and a matter, and give the case a title."))
    made: Case = run("open", request.user, operator=operator, matter=chosen, title=title)
    return made


def _rows(found: list[Case]) -> list[dict[str, object]]:
    """What a line of the list shows of each case."""
    dues, today = queues.dues_of(found), clock.today()
    rows = []
    for case in found:
        own = [due_row(each, today) for each in dues.get(case.pk, ())]
        rows.append(
            {
                "case": case,
                "matter": matter(case.matter),
                "severity": severity(case.severity),
                "law": next((each for each in own if each["statutory"]), None),
                "target": next((each for each in own if not each["statutory"]), None),
            }
        )
    return rows


def _choices(request: HttpRequest) -> dict[str, object]:
    operators: list[Operator] = list(operators_for(request.user))
    return {
        "operators": operators,
        "matters": [(key, said(title)) for key, title in MATTERS.items()],
        "states": [(key, said(title)) for key, title in CASE_STATES.items()],
        "severities": [(place, said(title)) for place, title in enumerate(SEVERITY) if place],
    }


def _with(request: HttpRequest, **changed: str) -> str:
    """The page's query with some parts changed."""
    query = {**request.GET.dict(), **changed}
    return "?" + urlencode({key: value for key, value in query.items() if value})
