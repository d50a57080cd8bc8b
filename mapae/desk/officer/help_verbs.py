"""Does a verb from a form of the complaint's page: reads the form, runs the verb, says what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mapae.desk.accounts.models import User
from mapae.desk.bodies.models import Body
from mapae.desk.cases.actions import Refused
from mapae.desk.cases.actions import run as run_case
from mapae.desk.cases.titles import MATTERS
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.advice import advice
from mapae.desk.helpline.desk_scope import complaints_for
from mapae.desk.helpline.models import Complaint
from mapae.desk.law import book, said
from mapae.desk.numbers import whole
from mapae.desk.officer.help_page import complaint_or_404
from mapae.desk.scope import cases_for, operators_for
from mapae.errors import MapaeError
from mapae.workflow.complaints import complaint_verbs

__all__ = ["complaint_do"]

_Form = Callable[[HttpRequest, Complaint], dict[str, Any]]


@require_POST
def complaint_do(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Run a verb; back to the complaint, with what happened."""
    found = complaint_or_404(request.user, number)
    if verb not in _FORMS:
        raise Http404
    try:
        run(verb, request.user, found, **_FORMS[verb](request, found))
        messages.success(request, _("Done: %(verb)s.") % {"verb": said(complaint_verbs(book())[verb].title)})
    except MapaeError as error:
        messages.error(request, f"{error.what} {error.mend}".strip())
    if not complaints_for(request.user).filter(pk=found.pk).exists():
        return redirect("complaints")
    return redirect("complaint", number)


def _text(*names: str) -> _Form:
    return lambda request, found: {name: request.POST.get(name, "").replace("\0", "") for name in names}


def _nothing(request: HttpRequest, found: Complaint) -> dict[str, Any]:
    return {}


def _correct(request: HttpRequest, found: Complaint) -> dict[str, Any]:
    post = request.POST
    changes: dict[str, Any] = {"why": post.get("why", "")}
    for name, section in (("category", "categories"), ("responsible", "responsible"), ("right", "rights")):
        if post.get(name) in advice(section):
            changes[name] = post[name]
    if "operator" in post:
        changes["operator"] = operators_for(request.user).filter(key=post["operator"]).first()
    if "right" in changes:
        changes["hazard"], changes["last_day"] = post.get("hazard") == "yes", _day(post.get("last_day", ""))
    return changes


def _refer(request: HttpRequest, found: Complaint) -> dict[str, Any]:
    body = Body.objects.filter(key=request.POST.get("body", "")).first()
    return {"body": body, "text": request.POST.get("text", "")}


def _merge(request: HttpRequest, found: Complaint) -> dict[str, Any]:
    number = request.POST.get("into", "").strip()
    return {"into": complaints_for(request.user).filter(number=number).first()}


def _attach(request: HttpRequest, found: Complaint) -> dict[str, Any]:
    """A case that is there, or a new one of the matter chosen."""
    number, matter = request.POST.get("case", ""), request.POST.get("matter", "")
    if number != "new":
        return {"case": cases_for(request.user).filter(number=number).first()}
    title = request.POST.get("title", "").strip() or found.product or found.number
    if found.operator is None or matter not in MATTERS:
        raise Refused(_("A new case needs an operator and a matter."))
    return {"case": run_case("open", request.user, operator=found.operator, matter=matter, title=title)}


def _assign(request: HttpRequest, found: Complaint) -> dict[str, Any]:
    return {"to": User.objects.filter(pk=_number(request.POST.get("to", ""))).first()}


def _on(request: HttpRequest, found: Complaint) -> dict[str, Any]:
    return {"on": _day(request.POST.get("on", ""))}


def _propose(request: HttpRequest, found: Complaint) -> dict[str, Any]:
    return {**_on(request, found), **_promise(request, found)}


def _session(request: HttpRequest, found: Complaint) -> dict[str, Any]:
    return {"day": _day(request.POST.get("day", "")), "text": request.POST.get("text", "")}


def _promise(request: HttpRequest, found: Complaint) -> dict[str, Any]:
    return {"text": request.POST.get("text", ""), "performs_by": _day(request.POST.get("performs_by", ""))}


def _extend(request: HttpRequest, found: Complaint) -> dict[str, Any]:
    return {"days": _number(request.POST.get("days", "")), "reason": request.POST.get("reason", "")}


def _answer(request: HttpRequest, found: Complaint) -> dict[str, Any]:
    offer = request.POST.get("offer", "")
    if offer not in {**advice("remedies"), **advice("offers")}:
        raise Refused(_("Say what you offer."))
    return {"offer": offer, **_promise(request, found)}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Refused(_("Give a day, such as 2026-11-25."), where=text[:20]) from None


def _number(text: str) -> int:
    return whole(text, 8)


_FORMS: dict[str, _Form] = {
    "advise": _text("text"),
    "correct": _correct,
    "refer": _refer,
    "hand_over": _nothing,
    "send_to_network": _nothing,
    "record_forwarded": _on,
    "tell_progress": _text("text"),
    "reply": _text("text"),
    "answer": _answer,
    "accept": _nothing,
    "decline": _text("text"),
    "confirm_performed": _nothing,
    "not_performed": _text("text"),
    "apply_redress": _on,
    "extend_redress": _extend,
    "record_agreement": _promise,
    "apply_mediation": _on,
    "extend_mediation": _extend,
    "set_session": _session,
    "propose": _propose,
    "accept_proposal": _text("party"),
    "decline_proposal": _text("party", "text"),
    "leave_collective": _nothing,
    "merge": _merge,
    "split": _nothing,
    "attach": _attach,
    "assign": _assign,
    "note": _text("text"),
    "take_back": _nothing,
    "close": _text("outcome", "text"),
    "reopen": _text("reason"),
}
