"""Due dates over all cases: what is overdue, what comes next; law and targets apart."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mapae.desk import clock
from mapae.desk.cases import due
from mapae.desk.cases.feed import token_of
from mapae.desk.cases.models import Due
from mapae.desk.officer.cases import SOME
from mapae.desk.officer.cases_clocks import due_row
from mapae.desk.scope import cases_for

__all__ = ["dues"]

PAGE = 50
_WEEK = timedelta(days=7)


@require_safe
def dues(request: HttpRequest) -> HttpResponse:
    """Running clocks of live cases by their last day."""
    due.refresh_stale(SOME)
    today = clock.today()
    chosen = {
        name: _one(request.GET.get(name, ""), known)
        for name, known in {
            "when": ("overdue", "week", "all"), "kind": ("", "law", "target"), "whose": ("body", "mine"),
        }.items()
    }  # fmt: skip
    found = _after(_chosen(request, chosen, today), request.GET.get("after", ""))
    rows = list(found.select_related("case__operator", "case__owner").order_by("due", "pk")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    context = {
        "rows": [(each.case, due_row(each, today)) for each in rows[:PAGE]],
        "chosen": chosen,
        "whens": [("overdue", _("Overdue")), ("week", _("Next 7 days")), ("all", _("All"))],
        "kinds": [("", _("Law and targets")), ("law", _("Law only")), ("target", _("Targets only"))],
        "whoses": [("body", _("My body")), ("mine", _("Mine"))],
        "next": "?" + urlencode({**chosen, "after": f"{last.due}.{last.pk}"}) if last else "",
        "feed": _feed(request) if request.user.role == "officer" else "",
    }
    return render(request, "desk/officer_overdue.html", context)


def _chosen(request: HttpRequest, chosen: dict[str, str], today: date) -> QuerySet[Due]:
    cases = cases_for(request.user).exclude(state="closed")
    if chosen["whose"] == "mine":
        cases = cases.filter(owner=request.user)
    found = Due.objects.filter(case__in=cases)
    if chosen["when"] == "overdue":
        found = found.filter(due__lt=today, paused=False).exclude(key__in=due.rights())
    elif chosen["when"] == "week":
        found = found.filter(due__gte=today, due__lte=today + _WEEK, paused=False)
    if chosen["kind"]:
        found = found.filter(statutory=chosen["kind"] == "law")
    return found


def _after(found: QuerySet[Due], key: str) -> QuerySet[Due]:
    day, dot, number = key.partition(".")
    try:
        last, pk = date.fromisoformat(day), int(number)
    except ValueError:
        return found
    return found.filter(Q(due__gt=last) | Q(due=last, pk__gt=pk)) if dot else found


def _feed(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("calendar-feed", args=(token_of(request.user),)))


def _one(value: str, known: tuple[str, ...]) -> str:
    return value if value in known else known[0]
