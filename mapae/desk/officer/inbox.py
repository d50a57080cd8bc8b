"""The inbox: a queue of findings with filters in the address, and decisions on several at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mapae.desk.cases.titles import SEVERITY, matter, severity
from mapae.desk.findings.accept import accept
from mapae.desk.findings.decide import reject
from mapae.desk.findings.models import FINDING_STATES, REASONS, Finding
from mapae.desk.findings.queue import Filters, facets, page
from mapae.desk.findings.show import rows
from mapae.desk.law import said
from mapae.desk.numbers import wholes
from mapae.desk.parties.models import Operator
from mapae.errors import MapaeError

__all__ = ["back_to", "came_from", "inbox", "inbox_bulk", "why"]


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """One page of a queue, the gravest first."""
    filters = Filters.read(request.GET)
    found, counted = page(filters), facets(filters)
    narrowed = any((filters.measure, filters.severity, filters.operator, filters.seller, filters.check))
    exact = not (filters.seller or filters.check)
    context = {
        "filters": filters,
        "narrowed": narrowed,
        "rows": rows(found.rows, request.user),
        "total": counted["state"].get(filters.state, 0) if exact else None,
        "states": _states(filters, counted["state"]),
        "choices": _choices(filters, counted),
        "trial": counted["shadow"].get(True, 0),
        "trial_address": filters.address(shadow="" if filters.shadow else "1"),
        "next": filters.address(after=found.after) if found.after else "",
        "address": filters.address(),
        "here": filters.address(after=filters.after),
        "may_decide": request.user.is_officer,
        "tick": request.user.is_officer and filters.state == "new",
        "why": why(),
    }
    return render(request, "desk/officer_inbox.html", context)


@require_POST
def inbox_bulk(request: HttpRequest) -> HttpResponse:
    """Accept or reject what was ticked."""
    numbers = wholes(request.POST.getlist("ids"))[:100]
    chosen = list(Finding.objects.filter(pk__in=numbers).order_by("pk"))
    doing, _sep, reason = request.POST.get("do", "").partition(":")
    try:
        if doing == "accept":
            cases = accept(request.user, chosen)
            numbers_of = ", ".join(case.number for case in cases)
            text = _("Findings accepted: %(number)s, into %(cases)s.")
            messages.success(request, text % {"number": len(chosen), "cases": numbers_of})
        else:
            reject(request.user, chosen, request.POST.get("reason", reason), request.POST.get("note", ""))
            messages.success(request, _("Findings rejected: %(number)s.") % {"number": len(chosen)})
    except MapaeError as error:
        messages.error(request, f"{error.what} {error.mend}".strip())
    return back_to(request)


def back_to(request: HttpRequest) -> HttpResponse:
    """To the queue the person came from; only its filters are taken from the form."""
    filters = came_from(request)
    return redirect(f"{reverse('inbox')}?{filters.address(after=filters.after)}".rstrip("?"))


def came_from(request: HttpRequest) -> Filters:
    """The filters of that queue."""
    return Filters.read(QueryDict(request.POST.get("back", "")).dict())


def _states(filters: Filters, counted: dict[str, int]) -> list[dict[str, object]]:
    return [
        {"key": key, "title": said(title), "n": counted.get(key, 0), "address": filters.address(state=key)}
        for key, title in FINDING_STATES.items()
    ]


def _choices(filters: Filters, counted: dict[str, dict[object, int]]) -> list[dict[str, object]]:
    """The selects of the filter form: (value, words, count)."""
    operators = {operator.pk: operator for operator in Operator.objects.all()}
    owners = [
        (operators[pk].key, str(operators[pk]), n) for pk, n in counted["operator"].items() if pk in operators
    ]
    if counted["operator"].get(0) or filters.operator == "none":
        owners.append(("none", _("Operator unknown"), counted["operator"].get(0, 0)))
    measures = [(key, matter(str(key)), n) for key, n in counted["measure"].items()]
    grave = [
        (str(place), severity(place), counted["severity"].get(place, 0))
        for place in reversed(range(len(SEVERITY)))
    ]
    return [
        _select("measure", _("Matter"), filters.measure, measures),
        _select("severity", _("Severity"), filters.severity, grave),
        _select("operator", _("Operator"), filters.operator, sorted(owners, key=lambda row: -row[2])),
    ]


def _select(name: str, label: str, chosen: str, options: list[tuple[object, str, int]]) -> dict[str, object]:
    return {"name": name, "label": label, "chosen": chosen, "options": options}


def why() -> list[dict[str, object]]:
    """Reasons of rejection with their keys on the keyboard; `other` wants a note and is chosen on the finding's page."""
    keys = [key for key in REASONS if key != "other"]
    return [{"key": key, "title": said(REASONS[key]), "press": place} for place, key in enumerate(keys, 1)]
