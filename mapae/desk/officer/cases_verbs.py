"""Does a verb from a form of the case page: reads the form, runs the action, says what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mapae.desk.accounts.models import User
from mapae.desk.bodies.models import Body
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.actions.add_evidence import RUNGS
from mapae.desk.cases.models import CaseItem
from mapae.desk.cases.titles import ITEM_KINDS
from mapae.desk.law import book, said
from mapae.desk.numbers import whole
from mapae.desk.officer.cases_page import case_or_404
from mapae.desk.scope import cases_for
from mapae.desk.uploads import keep_upload
from mapae.errors import MapaeError
from mapae.workflow.states import VERBS

__all__ = ["case_verb"]

_Form = Callable[[HttpRequest], dict[str, Any]]


@require_POST
def case_verb(request: HttpRequest, key: str, verb: str) -> HttpResponse:
    """Run a verb on a case the person may see; back to the case, with what happened."""
    case = case_or_404(request.user, key)
    if verb not in _FORMS:
        raise Http404
    try:
        result = run(verb, request.user, case, **_FORMS[verb](request))
        messages.success(request, _said(verb, result))
    except MapaeError as error:
        messages.error(request, f"{error.what} {error.mend}".strip())
    if not cases_for(request.user).filter(pk=case.pk).exists():  # handed to another body, without staying
        return redirect("cases")
    return redirect(reverse("case", args=(case.number,)) + _PLACE.get(verb, ""))


def _said(verb: str, result: object) -> str:
    if verb == "publish_violation" and result is False:
        return _("Proposed. A second person must publish the same text.")
    return _("Done: %(verb)s.") % {"verb": said(VERBS[verb].title)}


def _text(name: str) -> _Form:
    return lambda request: {name: request.POST.get(name, "")}


def _join(request: HttpRequest) -> dict[str, Any]:
    post = request.POST
    kind, subject = post.get("kind", ""), post.get("subject_id", "").strip()
    if kind not in ITEM_KINDS or not subject:
        raise Refused(_("Say what kind it is, and its number."))
    url = post.get("url", "").strip()
    if url and not url.startswith(("http://", "https://")):
        raise Refused(_("An address begins with http:// or https://."), where=url[:80])
    platform, title = post.get("platform", "").strip()[:120], post.get("title", "").strip()[:1000]
    return {
        "kind": kind,
        "subject_id": subject[:200],
        "platform": platform,
        "title": title,
        "url": url[:2000],
        "rung": "stated",  # a number somebody typed; evidence or a confirmation lifts it
    }


def _evidence(request: HttpRequest) -> dict[str, Any]:
    chosen = [int(key) for key in request.POST.getlist("items") if _number(key)]
    upload = request.FILES.get("file")
    rung = request.POST.get("rung", "")
    return {
        "items": list(CaseItem.objects.filter(pk__in=chosen)),
        "rung": rung,
        "text": request.POST.get("text", ""),
        "file": keep_upload(upload, by=request.user, rung=rung) if upload and rung in RUNGS else None,
    }


def _assign(request: HttpRequest) -> dict[str, Any]:
    found = User.objects.filter(pk=_number(request.POST.get("to", ""))).first()
    if found is None:
        raise Refused(_("Choose a person."))
    return {"to": found}


def _transfer(request: HttpRequest) -> dict[str, Any]:
    found = Body.objects.filter(key=request.POST.get("to", "")).first()
    if found is None:
        raise Refused(_("Choose a body."))
    return {"to": found, "reason": request.POST.get("reason", ""), "stay": "stay" in request.POST}


def _clock(way: str) -> _Form:
    """The clock meant, and for a pause or extension its reason: one of the pack's, with words where it is `other`."""

    def read(request: HttpRequest) -> dict[str, Any]:
        data: dict[str, Any] = {"clock": request.POST.get("clock", ""), "ref": request.POST.get("ref", "")}
        if way == "end":
            data["on"], data["reason"] = _day(request.POST.get("on", "")), request.POST.get("reason", "")
        elif way:
            data["reason"] = _reason(
                way, request.POST.get("ground", ""), request.POST.get("reason", "").strip()
            )
        if way == "extend":
            data["days"] = _number(request.POST.get("days", ""))
        return data

    return read


def _reason(way: str, ground: str, words: str) -> str:
    rows = {
        row["key"]: row for row in book().pack.data("workflow.yaml")["clock_reasons"] if way in row["for"]
    }
    if ground not in rows or (ground == "other" and not words):
        raise Refused(_("Give the lawful reason."))
    row = rows[ground]
    law = f" ({row['law']})" if row.get("law") else ""
    title = "" if ground == "other" else f"{row['title']['ko']}{law}"
    return ": ".join(filter(None, (title, words)))


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Refused(_("Give a day, such as 2026-11-25."), where=value[:20]) from None


def _number(value: str) -> int:
    return whole(value, 11)


def _escalate(request: HttpRequest) -> dict[str, Any]:
    return {"to": request.POST.get("to", ""), "reason": request.POST.get("reason", "")}


def _publish(request: HttpRequest) -> dict[str, Any]:
    told = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in ("text", "ground", "opinion")}
    return {**told, "checked": "checked" in request.POST}


def _close(request: HttpRequest) -> dict[str, Any]:
    return {"outcome": request.POST.get("outcome", ""), "text": request.POST.get("text", "")}


_FORMS: dict[str, _Form] = {
    "note": _text("text"),
    "join": _join,
    "add_evidence": _evidence,
    "assign": _assign,
    "hold": _text("reason"),
    "resume": lambda request: {},
    "transfer": _transfer,
    "escalate": _escalate,
    "publish_violation": _publish,
    "correct_publication": _text("text"),
    "close": _close,
    "reopen": _text("reason"),
    "extend": _clock("extend"),
    "pause_clock": _clock("pause"),
    "resume_clock": _clock(""),
    "end_clock": _clock("end"),
}
_PLACE = {
    "note": "#story",
    "join": "#items",
    "add_evidence": "#items",
    **dict.fromkeys(("extend", "pause_clock", "resume_clock", "end_clock"), "#clocks"),
}
