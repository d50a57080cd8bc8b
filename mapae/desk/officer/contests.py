"""Officers hear what operators and sellers say: objections to decide, requests for time, goods to be put back."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mapae.desk.agent.answering import why_of
from mapae.desk.agent.forms import fields_for, sent
from mapae.desk.answers.models import Contest, ItemAnswer, Reply
from mapae.desk.answers.objections import objection_of, undecided
from mapae.desk.answers.replies import REPLIES
from mapae.desk.audit.models import record
from mapae.desk.cases.actions import run
from mapae.desk.cases.actions._action import why_not
from mapae.desk.cases.actions.decide_contest import why_not_decide
from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.models import CaseEvent, CaseItem
from mapae.desk.officer.contests_replies import replies_for
from mapae.desk.scope import cases_for
from mapae.desk.uploads import attached_or_404, download
from mapae.errors import MapaeError

__all__ = ["contest_file", "contest_page", "contests", "contests_for"]

_SHOWN = 100
_SHOW = ("open", "letters", "time", "restoring", "replies", "decided")


def contests_for(user: Any) -> Any:
    """Contests of cases the officer may see."""
    found = Contest.objects.filter(item__case__in=cases_for(user))
    return found.select_related("item__case__operator", "item__finding", "decided_by", "firm")


def contests(request: HttpRequest) -> HttpResponse:
    """Queues: objections to decide (the oldest first), time asked for, goods to be put back, what was decided."""
    show = request.GET.get("show", "open")
    show = show if show in _SHOW else "open"
    found, items = contests_for(request.user), CaseItem.objects.filter(case__in=cases_for(request.user))
    asked = items.filter(pk__in=_undecided(items).values("item"))
    letters = undecided(request.user)
    waiting = asked if show == "time" else items.filter(state="restoring")
    context = {
        "show": show,
        "counts": {
            "open": found.filter(verdict="").count(),
            "time": asked.count(),
            "restoring": items.filter(state="restoring").count(),
            "letters": letters.count(),
        },
        "letters": [(each, objection_of(each.document), _decide_by(each)) for each in letters[:_SHOWN]]
        if show == "letters"
        else [],
        "contests": found.filter(verdict="").order_by("at", "pk")[:_SHOWN]
        if show == "open"
        else found.exclude(verdict="").order_by("-decided_at", "-pk")[:_SHOWN],
        "items": waiting.select_related("case__operator").prefetch_related("answers").order_by("pk")[:_SHOWN],
        "replies": replies_for(request.user).exclude(kind="objection").order_by("-at", "-pk")[:_SHOWN],
        "kinds_of_reply": REPLIES,
        "grounds": fields_for()["grounds"],
    }
    return render(request, "desk/officer_contests.html", context)


def _decide_by(reply: Reply) -> date | None:
    """The last day on which law has the objection decided."""
    kind = objection_of(reply.document)
    found = [each for each in clocks_of(reply.document.case) if kind and each.kind.key == kind.clock]
    return next((each.due for each in found if each.ref == reply.document.code), None)


def _undecided(items: QuerySet[CaseItem]) -> QuerySet[ItemAnswer]:
    """Requests for time after which nothing was extended for their document."""
    granted = CaseEvent.objects.filter(
        kind="extended", case=OuterRef("item__case"), ref=OuterRef("ref"), at__gte=OuterRef("at")
    )
    asks = ItemAnswer.objects.filter(kind="time", item__state="time_asked", item__in=items)
    return asks.filter(~Exists(granted)).order_by()


def contest_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection with its files; the decision, where this officer may take it."""
    contest = get_object_or_404(contests_for(request.user), pk=pk)
    values: dict[str, str] = {}
    if request.method == "POST":
        values = {name: sent(request, name) for name in ("verdict", "reasons")}
        try:
            run("decide_contest", request.user, contest.item.case, contest=contest, **values)
        except MapaeError as error:
            messages.error(request, error.what)
        else:
            messages.success(
                request, _("The objection is decided. Operator and seller see the outcome and its reasons.")
            )
            return redirect("contest", pk=pk)
    if contest.source == "seller":
        record(request.user, "read_personal", f"contest:{contest.pk}")
    return render(
        request, "desk/officer_contest.html", _shown(request, contest, values), status=422 if values else 200
    )


def contest_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file of an objection, as a download that no browser runs."""
    contest = get_object_or_404(contests_for(request.user), pk=pk)
    kept = attached_or_404(contest, file)
    record(request.user, "read_personal", f"contest:{contest.pk}", file=kept.pk)
    return download(kept)


def _shown(request: HttpRequest, contest: Contest, values: dict[str, str]) -> dict[str, Any]:
    item, user = contest.item, request.user
    closed = why_not("decide_contest", user, item.case)
    reason = {"approver": _("Only a person who approves may decide.")}.get(
        closed or "", _("You cannot decide this case.")
    )
    return {
        "contest": contest,
        "item": item,
        "closed": (reason if closed else why_not_decide(user, contest)) if not contest.verdict else "",
        "others": item.contests.exclude(pk=contest.pk),
        "answers": item.answers.select_related("by"),
        "files": contest.attached,
        "entered": values,
        **why_of(item, request.LANGUAGE_CODE),
        **fields_for(),
    }
