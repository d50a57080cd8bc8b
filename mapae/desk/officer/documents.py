"""Pages of documents: queues by what is to be done, one document with its letter and service, the letter as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from mapae.desk import clock
from mapae.desk.cases import evidence
from mapae.desk.cases.actions import allowed
from mapae.desk.documents.compose import compose
from mapae.desk.documents.lacking import lacking
from mapae.desk.documents.letter import Letter, canonical, from_json
from mapae.desk.documents.models import DOCUMENT_STATES, OUTBOX_STATES, Document
from mapae.desk.documents.queries import QUEUES, kind_of, queue, services_of
from mapae.desk.documents.render import html, pdf
from mapae.desk.documents.service import channels, consent_for, effective_on, under_way
from mapae.desk.documents.wording import form, wording
from mapae.desk.law import book
from mapae.desk.scope import documents_for
from mapae.workflow.clocks import clock_kinds

__all__ = ["letter_json", "letter_of", "letter_pdf", "page", "queues"]

TITLES = {
    "to_approve": _("Waiting for your approval"),
    "mine": _("Your drafts"),
    "to_serve": _("Approved, to be served"),
    "under_way": _("Sent, not yet served"),
    "trouble": _("Sending failed or is in doubt"),
}
_SHOWN = 100


def queues(request: HttpRequest) -> HttpResponse:
    """Documents by what is to be done next."""
    rows = [
        {"title": TITLES[name], "documents": [_line(found) for found in queue(name, request.user)[:_SHOWN]]}
        for name in QUEUES
    ]
    return render(
        request, "desk/officer_documents.html", {"queues": [row for row in rows if row["documents"]]}
    )


def page(request: HttpRequest, code: str) -> HttpResponse:
    """A document: the letter as it is or will be, what may be done now, each attempt to serve."""
    document = get_object_or_404(
        documents_for(request.user).select_related("case__operator", "body"), code=code
    )
    kind, verbs, today = kind_of(document), _verbs(request, document), clock.today()
    clocked = clock_kinds(book())[kind.clock] if kind.clock else None
    given = [row.user for row in document.approval_set.select_related("user").order_by("at")]
    letter = letter_of(document)
    context = {
        "document": document,
        "kind": kind,
        "lacking": lacking(letter) if document.state in ("draft", "returned") else (),
        "contents": wording(document.kind).get("contents", ""),
        "state": DOCUMENT_STATES[document.state],
        "force": form("force")[kind.force],
        "letter": SafeString(html(letter)),
        "approvals": given,
        "still": max(0, kind.approvals - len(given)),
        "verbs": verbs,
        "own": document.drafter_id == request.user.pk,
        "ours": document.body_id == request.user.body_id,
        "clock": clocked,
        "services": [_attempt(*row) for row in services_of(document)],
        "ways": [
            {"key": key, **rule, "to": consent_for(document, key, today) if rule["consent"] else None}
            for key, rule in channels().items()
        ],
        "can_serve": "serve" in verbs and document.state == "approved" and not under_way(document),
        "grounds": wording("service")["public_notice_grounds"],
        "today": today.isoformat(),
    }
    return render(request, "desk/officer_document.html", context)


def letter_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The letter as PDF: the kept file once it is approved, a draft before."""
    document = get_object_or_404(documents_for(request.user), code=code)
    content = evidence.read(document.pdf) if document.pdf else pdf(letter_of(document))
    return _file(content, "application/pdf", f"{document.code}.pdf")


def letter_json(request: HttpRequest, code: str) -> HttpResponse:
    """The letter as the JSON its digest is taken over."""
    document = get_object_or_404(documents_for(request.user), code=code)
    return _file(
        canonical(document.content.get("letter") or letter_of(document)),
        "application/json",
        f"{document.code}.json",
    )


def letter_of(document: Document) -> Letter:
    """The frozen letter, or the draft as it would be today."""
    if frozen := document.content.get("letter"):
        return from_json(frozen)
    return compose(document, clock.today())


def _verbs(request: HttpRequest, document: Document) -> list[str]:
    return allowed(request.user, document.case) if request.user.is_officer else []


def _line(document: Document) -> dict[str, Any]:
    return {"document": document, "kind": kind_of(document), "state": DOCUMENT_STATES[document.state]}


def _attempt(service: Any, row: Any) -> dict[str, Any]:
    """One attempt to serve, with what a person can do about it."""
    takes_effect = None
    if service.channel == "public_notice" and service.sent_at:
        takes_effect = effective_on(timezone.localtime(service.sent_at).date())
    ground = wording("service")["public_notice_grounds"].get(service.detail)
    return {
        "service": service,
        "channel": channels()[service.channel]["title"],
        "row": row,
        "row_state": OUTBOX_STATES[row.state] if row else None,
        "ended": bool(service.served_at or service.failed_at),
        "takes_effect": takes_effect,
        "ground": ground,
    }


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
