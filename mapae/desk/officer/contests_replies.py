"""Officers read replies to a document (reports, acceptances, opinions, information) and write down what came by post."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mapae.desk.agent.forms import fields_for, kept_files
from mapae.desk.agent.replying import cells_of
from mapae.desk.answers.asked import open_items
from mapae.desk.answers.models import Reply
from mapae.desk.answers.objections import may_object, objection_of
from mapae.desk.answers.replies import REPLIES, missing, reply_kind
from mapae.desk.cases.actions import run
from mapae.desk.cases.actions._action import why_not
from mapae.desk.documents.models import Document
from mapae.desk.law import book, said
from mapae.desk.officer.objections import objections_shown
from mapae.desk.scope import cases_for, documents_for
from mapae.desk.uploads import attached_or_404, download
from mapae.errors import MapaeError
from mapae.workflow import document_kinds

__all__ = ["replies", "replies_for", "reply_file"]


def replies_for(user: Any) -> Any:
    """Replies to documents of cases the officer may see."""
    found = Reply.objects.filter(document__case__in=cases_for(user))
    return found.select_related("document__case__operator", "by", "firm")


def replies(request: HttpRequest, code: str) -> HttpResponse:
    """The replies to one document, and a form for one that came another way."""
    mine = documents_for(request.user).filter(served_at__isnull=False)
    document = get_object_or_404(mine.select_related("case__operator"), code=code)
    values: dict[str, Any] = {}
    if request.method == "POST":
        values = cells_of(request)
        try:
            filled = {**values, "files": kept_files(request)}
            run("record_answer", request.user, document.case, document=document, reply=filled)
        except MapaeError as error:
            messages.error(request, f"{error.what} {error.mend}".strip())
        else:
            messages.success(request, _("Done."))
            return redirect("document-replies", code=code)
    context = _shown(request, document, values)
    return render(request, "desk/officer_contest_replies.html", context, status=422 if values else 200)


def reply_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file of a reply, as a download."""
    reply = get_object_or_404(replies_for(request.user), pk=pk)
    return download(attached_or_404(reply, file))


def _shown(request: HttpRequest, document: Document, values: dict[str, Any]) -> dict[str, Any]:
    kind = reply_kind(document)
    closed = why_not("record_answer", request.user, document.case)
    return {
        "document": document,
        "title": said(document_kinds(book())[document.kind].title),
        "kind": kind,
        "earlier": document.replies.exclude(kind="objection")
        .select_related("by", "firm")
        .prefetch_related("files"),
        "objections": objections_shown(document),
        "objection": objection_of(document),
        "may_object": may_object(document) and why_not("object", request.user, document.case) is None,
        "kinds_of_reply": REPLIES,
        "may_write": kind is not None and closed is None and document.state != "withdrawn",
        "waiting": open_items(document),
        "values": values,
        "missing": missing(kind, values) if kind and values else [],
        "accept": fields_for()["accept"],
    }
