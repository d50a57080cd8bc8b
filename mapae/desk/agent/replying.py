"""The reply to a document as a whole: report on the measures taken, acceptance, opinion, information."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mapae.desk.agent.forms import kept_files, sent
from mapae.desk.answers.asked import open_items
from mapae.desk.answers.replies import missing, reply_kind
from mapae.desk.cases.actions import run
from mapae.desk.documents.models import Document
from mapae.desk.law import said
from mapae.desk.scope import documents_for
from mapae.desk.uploads import ACCEPT
from mapae.errors import MapaeError
from mapae.workflow import item_after

__all__ = ["cells_of", "reply"]

_PARTS = ("recommendation", "measures", "reasons", "prevention", "text")


def reply(request: HttpRequest, code: str) -> HttpResponse:
    """Write and submit a reply; earlier ones are shown above it."""
    document = get_object_or_404(documents_for(request.user).select_related("case__operator"), code=code)
    if reply_kind(document) is None:
        raise Http404
    if request.method != "POST":
        return _page(request, document, _first(document), 200)
    values = cells_of(request)
    try:
        filled = {**values, "files": kept_files(request)}
        run("record_answer", request.user, document.case, document=document, reply=filled)
    except MapaeError as error:
        messages.error(request, f"{error.what} {error.mend}".strip())
        return _page(request, document, values, 422)
    messages.success(request, _("Your reply has been submitted."))
    return redirect("agent-case", number=document.case.number)


def cells_of(request: HttpRequest) -> dict[str, Any]:
    """The parts of a reply as they were sent."""
    accepts = {"yes": True, "no": False}.get(request.POST.get("accepts", ""))
    return {**{name: sent(request, name) for name in _PARTS}, "accepts": accepts}


def _page(request: HttpRequest, document: Document, values: dict[str, Any], status: int) -> HttpResponse:
    kind = reply_kind(document)
    assert kind is not None
    context = {
        "document": document,
        "kind": kind,
        "title": said(kind.title),
        "values": values,
        "missing": missing(kind, values) if status == 422 else [],
        "earlier": document.replies.exclude(kind="objection").select_related("by"),
        "waiting": open_items(document),
        "submits": request.user.role == "agent",
        "accept": ",".join(ACCEPT),
    }
    return render(request, "desk/agent_reply.html", context, status=status)


def _first(document: Document) -> dict[str, Any]:
    """What can be said already: the recommendation as it was, and what was answered for each item."""
    subject = document.content.get("letter", {}).get("subject", "")
    lines = [
        f"{item.title or item.subject_id} ({item.subject_id})"
        for item in document.items.order_by("id")
        if item.said_removed_at and item_after(item.state, "contested")
    ]
    head = _("Taken off sale:")
    measures = "\n".join([head, *(f"- {line}" for line in lines)]) if lines else ""
    return {"recommendation": f"{subject} ({document.number})" if subject else "", "measures": measures}
