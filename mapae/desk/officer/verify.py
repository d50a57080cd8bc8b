"""The page where an officer has a case's items looked at: by fetching, by a feed, or with one's own eyes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.actions._action import reasons
from mapae.desk.cases.actions.join import TAKEDOWN_KINDS
from mapae.desk.cases.actions.verify import VERDICTS
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.findings.models import Run
from mapae.desk.law import said
from mapae.desk.numbers import whole, wholes
from mapae.desk.scope import cases_for
from mapae.desk.uploads import ACCEPT, keep_upload
from mapae.desk.verification.asked import SETTLED
from mapae.desk.verification.feed import looks_from, runs_with_records
from mapae.desk.verification.looks import WHY
from mapae.desk.verification.models import ROUNDS, Round
from mapae.desk.verification.relist import record_looks
from mapae.desk.verification.rounds import ask_for
from mapae.errors import MapaeError
from mapae.workflow.items import ITEM_STATES

__all__ = ["act", "page", "rounds"]

_SHOWN = 200


@require_safe
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Items with all looks so far, and the three ways to look again."""
    case = _case(request, number)
    waiting = case.rounds.filter(done_at__isnull=True)
    context = {
        "case": case,
        "rows": [_row(item) for item in _items(case)[:_SHOWN]],
        "verdicts": [(key, said(ITEM_STATES[key])) for key in VERDICTS],
        "closed": reasons(request.user, case)["verify"],
        "runs": runs_with_records(),
        "rounds": [_round(each) for each in waiting.order_by("due_at")],
        "accept": ACCEPT,
        "looking": waiting.filter(kind="asked").exists(),
    }
    name = "desk/officer_verify_rounds.html" if request.htmx else "desk/officer_verify.html"
    return render(request, name, context)


@require_POST
def act(request: HttpRequest, number: str) -> HttpResponse:
    """Do one of the three for the ticked items."""
    case = _case(request, number)
    items = list(_items(case).filter(pk__in=wholes(request.POST.getlist("items"))))
    try:
        if not items:
            raise Refused(_("Tick at least one item."), where=case.number, mend="")
        if refused := reasons(request.user, case)["verify"]:
            raise Refused(refused, where=case.number, mend="")
        messages.success(request, _ways()[request.POST.get("way", "")](request, case, items))
    except KeyError:
        messages.error(request, _("Say what was seen, and how."))
    except MapaeError as error:
        messages.error(request, error.what)
    return redirect("case-verify", number=case.number)


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Rounds that are due or to come in the person's cases, the next first."""
    found = Round.objects.filter(case__in=cases_for(request.user), done_at__isnull=True)
    rows = found.select_related("case__operator", "document").order_by("due_at", "id")[:_SHOWN]
    return render(request, "desk/officer_verify_due.html", {"rounds": [_round(each) for each in rows]})


def _ways() -> dict[str, Any]:
    return {"fetch": _by_fetch, "feed": _by_feed, "officer": _by_eye}


def _by_fetch(request: HttpRequest, case: Case, items: list[CaseItem]) -> str:
    ask_for(request.user, case, items)
    return _("The pages will be fetched in a moment; this page shows what came of it.")


def _by_feed(request: HttpRequest, case: Case, items: list[CaseItem]) -> str:
    chosen = request.POST.get("run", "")
    found = get_object_or_404(Run, pk=whole(chosen))
    looks = list(looks_from(items, found, whole=request.POST.get("whole") == "1"))
    if not looks:
        raise Refused(_("This feed says nothing about these items."), where=case.number, mend="")
    record_looks(request.user, case, looks)
    return _("%(n)s items checked by the feed.") % {"n": len(looks)}


def _by_eye(request: HttpRequest, case: Case, items: list[CaseItem]) -> str:
    note = request.POST.get("detail", "").strip()
    if not note:
        raise Refused(_("Write down what you saw, when and how."), where=case.number, mend="")
    file = request.FILES.get("file")
    kept = keep_upload(file, by=request.user, rung="captured") if file else None
    run(
        "verify", request.user, case, items=items, verdict=request.POST.get("verdict", ""), how="officer", detail=note,
        evidence=kept,
    )  # fmt: skip
    return _("%(n)s items recorded.") % {"n": len(items)}


def _case(request: HttpRequest, number: str) -> Case:
    return get_object_or_404(cases_for(request.user).select_related("operator"), number=number)


def _items(case: Case) -> Any:
    return case.items.filter(kind__in=TAKEDOWN_KINDS).exclude(state="").order_by("pk")


def _row(item: CaseItem) -> dict[str, Any]:
    looks = item.checks.select_related("evidence")[:6]
    return {"item": item, "open": item.state not in SETTLED, "looks": [_look(check) for check in looks]}


def _look(check: Any) -> dict[str, Any]:
    why, _colon, seen = check.detail.partition(": ")
    words = WHY.get(why)
    return {
        "at": check.at,
        "verdict": check.verdict,
        "how": check.how,
        "why": words or "",
        "seen": (seen if words else check.detail) if why != "same" else "",
        "evidence": check.evidence,
    }


def _round(each: Round) -> dict[str, Any]:
    return {"round": each, "title": said(ROUNDS[each.kind]), "done": len(each.looked)}
