"""The agent's complaints: what was agreed to be shown, by when to answer, and the answer itself."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mapae.desk import clock
from mapae.desk.agent.help_figures import figures_of
from mapae.desk.agent.help_rows import SHOWS, answers_of, lines, outcome, shared_rows, table
from mapae.desk.audit.models import record
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions import allowed, run
from mapae.desk.helpline.advice import advice
from mapae.desk.helpline.desk_due import standing
from mapae.desk.helpline.desk_scope import complaints_for
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.proposals import accepted_by
from mapae.desk.helpline.share import readable, shared_files
from mapae.desk.law import book, said
from mapae.desk.money import CURRENCIES
from mapae.desk.numbers import whole
from mapae.desk.scope import operators_for
from mapae.desk.uploads import download
from mapae.errors import MapaeError
from mapae.workflow.complaints import complaint_verbs, who_titles

__all__ = ["complaint_do", "complaint_file", "complaint_of", "complaint_page", "complaints", "complaints_csv"]

PAGE = 50
VERBS = ("tell_progress", "ask", "answer", "record_forwarded", "accept_proposal", "decline_proposal")


@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the next due first."""
    show = request.GET.get("show", "todo")
    show = show if show in SHOWS else "todo"
    start = _number(request.GET.get("from", ""))
    rows = lines(request.user, show, PAGE + 1, start)
    context = {
        "rows": rows[:PAGE],
        "show": show,
        "shows": [("todo", _("To answer")), ("all", _("All open")), ("done", _("Closed complaints"))],
        "next": start + PAGE if len(rows) > PAGE else 0,
        "figures": figures_of(request.user) if show == "todo" and not start else None,
        "operators": list(operators_for(request.user)),
    }
    return render(request, "desk/agent_help_list.html", context)


@require_safe
def complaint_page(request: HttpRequest, number: str) -> HttpResponse:
    """One complaint; reading it is noted in the audit log."""
    found = complaint_of(request, number)
    record(request.user, "read_personal", f"complaint:{found.pk}", fields=len(shared_rows(found)))
    may = [verb for verb in allowed(request.user, found) if verb in VERBS]
    if found.state == "proposed" and "operator" in accepted_by(found):
        may = []  # said already; the other side has to speak
    verbs, status = complaint_verbs(book()), standing(found)
    context = {
        "complaint": found,
        "status": status,
        "who": said(who_titles(book(), to_consumer=False)[status.who]),
        "outcome": outcome(found),
        "fields": [(key, name, readable(key, words)) for key, name, words in shared_rows(found)],
        "files": shared_files(found),
        "answers": answers_of(found),
        "session": found.events.filter(kind="session_set").last() if found.state == "mediation" else None,
        "proposal": found.events.filter(kind="proposal_told").last(),
        "may": [(verb, said(verbs[verb].title)) for verb in may],
        "offers": [(key, said(title)) for key, title in {**advice("remedies"), **advice("offers")}.items()],
        "submits": request.user.role == "agent",
        "lies_with": _lies_with(found.state),
        "currencies": CURRENCIES,
        "today": clock.today(),
    }
    return render(request, "desk/agent_help.html", context)


def _lies_with(state: str) -> str:
    """Why nothing can be done here now, and where a word of the business counts instead; empty where there is no more."""
    words = {
        "answered": _("The consumer chooses whether to accept your answer."),
        "accepted": _("Do what you promised. The consumer then confirms it."),
        "declined": _("The consumer did not accept. They may apply for redress or mediation."),
        "redress": _("The Korea Consumer Agency seeks an agreement. Tell it what you offer."),
        "mediation": _("The Consumer Dispute Settlement Commission decides. Tell it what you offer."),
        "proposed": _("You have accepted. The consumer can still answer until the last day."),
        "collective": _("The consumers go on together. You are told when a collective mediation begins."),
    }
    return words.get(state, "")


@require_POST
def complaint_do(request: HttpRequest, number: str, verb: str) -> HttpResponse:
    """Answer, ask, tell progress, or take a side on a mediation."""
    found = complaint_of(request, number)
    if verb not in VERBS:
        raise Http404
    try:
        run(verb, request.user, found, **_read(verb, request))
        messages.success(request, _("Done: %(verb)s.") % {"verb": said(complaint_verbs(book())[verb].title)})
    except MapaeError as error:
        messages.error(request, f"{error.what} {error.mend}".strip())
    return redirect("agent-complaint", number)


@require_safe
def complaint_file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A file that the consumer agreed to share."""
    found = complaint_of(request, number)
    for kept in shared_files(found):
        if kept.pk == pk:
            record(request.user, "read_personal", f"complaint:{found.pk}", file=pk)
            return download(kept)
    raise Http404


@require_safe
def complaints_csv(request: HttpRequest) -> HttpResponse:
    """All complaints the person may see, shared fields only."""
    rows, out = table(request.user), io.StringIO()
    names = list(rows[0]) if rows else ["number"]
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(rows)
    record(request.user, "read_personal", "complaints", rows=len(rows))
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="complaints.csv"'
    return response


def complaint_of(request: HttpRequest, number: str) -> Complaint:
    """The complaint; 404 where nothing of it is the person's to see."""
    return get_object_or_404(complaints_for(request.user).select_related("operator"), number=number)


def _read(verb: str, request: HttpRequest) -> dict[str, Any]:
    """The form of a verb."""
    post = request.POST
    if verb in ("tell_progress", "ask"):
        return {"text": post.get("text", "")}
    if verb == "decline_proposal":
        return {"text": post.get("text", "")}
    if verb == "answer":
        return {
            "text": post.get("text", ""), "offer": _offer(post.get("offer", "")), "amount": _amount(post.get("amount", "")),
            "currency": _currency(post.get("currency", "KRW")), "performs_by": _day(post.get("performs_by", "")),
        }  # fmt: skip
    return {"on": _day(post.get("on", ""))} if verb == "record_forwarded" else {}


def _offer(key: str) -> str:
    if key not in {**advice("remedies"), **advice("offers")}:
        raise Refused(_("Say what you offer."))
    return key


def _currency(code: str) -> str:
    if code.upper() not in CURRENCIES:
        raise Refused(_("Choose the currency from the list."), where=code[:20])
    return code.upper()


def _amount(text: str) -> Decimal | None:
    plain = text.replace(",", "").strip()
    try:
        value = Decimal(plain) if plain else None
    except InvalidOperation:
        raise Refused(_("Give the sum in digits."), where=text[:20]) from None
    if value is not None and not (value.is_finite() and value < Decimal(10) ** 12):
        raise Refused(_("Give the sum in digits."), where=text[:20])
    return value


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        raise Refused(_("Give a day, such as 2026-11-25."), where=text[:20]) from None


def _number(text: str) -> int:
    return whole(text, 6)
