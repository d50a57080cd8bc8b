"""The agent objects to a letter as a whole: until when, what was said before, what was decided."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mapae.desk.agent.forms import kept_files, sent
from mapae.desk.answers.objections import may_object, objection_of, until
from mapae.desk.cases.actions import run
from mapae.desk.documents.models import Document
from mapae.desk.law import said
from mapae.desk.officer.objections import objections_shown
from mapae.desk.scope import documents_for
from mapae.desk.uploads import ACCEPT
from mapae.errors import MapaeError

__all__ = ["objection"]


def objection(request: HttpRequest, code: str) -> HttpResponse:
    """Write and submit an objection; earlier ones stand below with what became of them."""
    document = get_object_or_404(documents_for(request.user).select_related("case__operator"), code=code)
    if objection_of(document) is None:
        raise Http404
    if request.method != "POST":
        return _page(request, document, "", 200)
    text = sent(request, "text")
    try:
        run(
            "object",
            request.user,
            document.case,
            document=document,
            reply={"text": text, "files": kept_files(request)},
        )
    except MapaeError as error:
        messages.error(request, f"{error.what} {error.mend}".strip())
        return _page(request, document, text, 422)
    messages.success(request, _("Your objection has arrived. You are told when it is decided."))
    return redirect("agent-objection", code=code)


def _page(request: HttpRequest, document: Document, text: str, status: int) -> HttpResponse:
    kind = objection_of(document)
    assert kind is not None
    context = {
        "document": document,
        "kind": kind,
        "title": said(kind.title),
        "until": until(document),
        "open": may_object(document),
        "objections": objections_shown(document),
        "text": text,
        "submits": request.user.role == "agent",
        "accept": ",".join(ACCEPT),
    }
    return render(request, "desk/agent_objection.html", context, status=status)
