"""Mass complaints: kinds that many consumers have, gathered into a collective, led to its end, all told."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline import collective_proposal
from mapae.desk.helpline import collectives as kept
from mapae.desk.helpline.advice import title
from mapae.desk.helpline.desk_due import standing
from mapae.desk.helpline.desk_models import ComplaintDue
from mapae.desk.helpline.desk_scope import complaints_for
from mapae.desk.helpline.models import Collective
from mapae.desk.law import book, said
from mapae.desk.scope import operators_for
from mapae.errors import MapaeError
from mapae.workflow.complaints import complaint_outcomes, who_titles

__all__ = ["collective", "collective_do", "collectives"]

_OUTCOMES = ("mediated", "mediation_failed", "settled", "not_settled")


@require_http_methods(["GET", "POST"])
def collectives(request: HttpRequest) -> HttpResponse:
    """What is many, and what was gathered; POST gathers one."""
    if request.method == "POST":
        return _gather(request)
    context = {
        "masses": [(row, title("categories", row.category)) for row in kept.masses(request.user)],
        "least": kept.least(),
        "today": clock.today(),
        "rows": [(each, said(kept.STATES[each.state])) for each in _seen(request.user)],
        "officer": request.user.role == "officer",
    }
    return render(request, "desk/officer_help_collectives.html", context)


@require_safe
def collective(request: HttpRequest, number: str) -> HttpResponse:
    """One collective: its complaints, where it stands, what may be done."""
    found = _found(request.user, number)
    members = found.complaints.order_by("pk")
    titles = complaint_outcomes(book())
    context = {
        "collective": found,
        "state": said(kept.STATES[found.state]),
        "category": title("categories", found.category),
        "count": members.count(),
        "members": members[:200],
        "leads": request.user.role == "officer" and found.lead_id == request.user.body_id,
        "outcomes": [(key, said(titles[key])) for key in _OUTCOMES],
        "unsaid": len(collective_proposal.unsaid(found)) if found.state == "proposed" else 0,
        "tally": _tally(found) if found.state in ("proposed", "closed") else [],
        "outcome": said(titles[found.outcome]) if found.outcome in titles else "",
        "today": clock.today(),
        **_standing(found, words=request.user.role == "officer"),
    }
    return render(request, "desk/officer_help_collective.html", context)


@require_POST
def collective_do(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Apply, start, propose, the operator's word, or the end."""
    found = _found(request.user, number)
    if verb not in _VERBS:
        raise Http404
    try:
        _VERBS[verb](request.user, found, request.POST)
        messages.success(request, _("Done. Everybody in it is told."))
    except MapaeError as error:
        messages.error(request, f"{error.what} {error.mend}".strip())
    return redirect("collective", number)


def _apply(user: User, found: Collective, post: QueryDict) -> None:
    kept.apply(user, found, _day(post.get("on", "")))


def _start(user: User, found: Collective, post: QueryDict) -> None:
    until = _day(post.get("until", ""))
    if until is None:
        raise Refused(_("Give a day, such as 2026-11-25."))
    kept.start(user, found, _day(post.get("on", "")), until)


def _propose(user: User, found: Collective, post: QueryDict) -> None:
    days = (_day(post.get(name, "")) for name in ("on", "performs_by"))
    collective_proposal.propose(user, found, post.get("text", ""), *days)


def _operator(user: User, found: Collective, post: QueryDict) -> None:
    if post.get("says") not in ("accepts", "declines"):
        raise Refused(_("Say whether the operator accepts."))
    collective_proposal.operator_says(user, found, accepts=post["says"] == "accepts")


def _finish(user: User, found: Collective, post: QueryDict) -> None:
    kept.finish(user, found, post.get("outcome", ""), post.get("text", ""))


_VERBS = {"apply": _apply, "start": _start, "propose": _propose, "operator": _operator, "finish": _finish}


def _gather(request: HttpRequest) -> HttpResponse:
    operator = operators_for(request.user).filter(key=request.POST.get("operator", "")).first()
    try:
        if operator is None:
            raise Refused(_("Choose an operator."))
        made = kept.gather(
            request.user, operator, request.POST.get("category", ""), request.POST.get("title", "")
        )
    except MapaeError as error:
        messages.error(request, f"{error.what} {error.mend}".strip())
        return redirect("collectives")
    return redirect("collective", made.number)


def _standing(found: Collective, *, words: bool) -> dict[str, Any]:
    """Where it stands, as the first that is still open in it does; what was proposed to everybody, empty before.

    words: whether the person may read what was written.
    """
    first = found.complaints.exclude(state="closed").order_by("pk").first()
    if first is None:
        return {}
    status = standing(first)
    told = first.events.filter(kind="proposal_told").last()
    return {
        "status": status,
        "who": said(who_titles(book(), to_consumer=False)[status.who]),
        "proposal": told.told if words and told and found.state == "proposed" else "",
    }


def _tally(found: Collective) -> list[tuple[str, int]]:
    """How many consumers each outcome has."""
    titles = {**complaint_outcomes(book()), "": {}}
    return [
        (said(titles[key]) or _("still to answer"), n)
        for key, n in collective_proposal.tally(found)
        if key in titles
    ]


def _seen(user: User) -> Any:
    """Collectives with a complaint that the person may open, each with how many those are and the day that ends first."""
    days = ComplaintDue.objects.filter(complaint__collective=OuterRef("pk"), due__isnull=False)
    rows = Collective.objects.filter(complaints__in=complaints_for(user)).select_related("operator")
    rows = rows.annotate(
        consumers=Count("complaints", distinct=True), due=Subquery(days.order_by("due").values("due")[:1])
    )
    return rows.distinct()[:100]


def _found(user: User, number: str) -> Collective:
    rows = Collective.objects.filter(complaints__in=complaints_for(user)).select_related("operator", "lead")
    return get_object_or_404(rows.distinct(), number=number)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Refused(_("Give a day, such as 2026-11-25."), where=text[:20]) from None
