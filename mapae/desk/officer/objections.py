"""Officers decide objections to letters as a whole, and write down those that came by post."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mapae.desk.agent.forms import kept_files, sent, told
from mapae.desk.answers.models import ObjectionDecision, Reply
from mapae.desk.answers.objections import came_late, objection_of, sentence, until, why_not_decide
from mapae.desk.cases.actions import run
from mapae.desk.cases.actions._action import why_not
from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.models import CaseItem
from mapae.desk.documents.models import Document
from mapae.desk.law import book, said
from mapae.desk.scope import cases_for, documents_for
from mapae.errors import MapaeError
from mapae.workflow import document_kinds
from mapae.workflow.clocks import Clock

__all__ = ["objection", "objection_written", "objections_shown"]


def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection with its files, by when it is to be decided, and the decision where this officer may take it."""
    found = Reply.objects.filter(kind="objection", document__case__in=cases_for(request.user))
    reply = get_object_or_404(
        found.select_related("document__case__operator", "document__body", "by", "firm"), pk=pk
    )
    entered: dict[str, str] = {}
    if request.method == "POST":
        entered = {name: sent(request, name) for name in ("verdict", "reasons")}
        chosen = [
            int(value) for value in request.POST.getlist("items") if value.isascii() and value.isdigit()
        ]
        items = list(CaseItem.objects.filter(pk__in=chosen))
        try:
            made = run(
                "decide_objection", request.user, reply.document.case, reply=reply, items=items, **entered
            )
        except MapaeError as error:
            messages.error(request, error.what)
        else:
            _say(request, made)
            return redirect("objection", pk=pk)
    context = _shown(request, reply, entered)
    return render(request, "desk/officer_objection.html", context, status=422 if entered else 200)


@require_POST
@told(lambda code: reverse("document-replies", args=[code]))
def objection_written(request: HttpRequest, code: str) -> HttpResponse:
    """Write down an objection that came by post or otherwise."""
    document = get_object_or_404(documents_for(request.user).filter(served_at__isnull=False), code=code)
    reply = {"text": sent(request, "text"), "files": kept_files(request)}
    made = run("object", request.user, document.case, document=document, reply=reply)
    messages.success(request, _("Done."))
    return redirect("objection", pk=made.pk)


def objections_shown(document: Document) -> list[dict[str, Any]]:
    """The objections to a letter, the newest first, each with what became of it."""
    found = document.replies.filter(kind="objection").select_related("by", "firm").prefetch_related("files")
    return [
        {
            "reply": each,
            "decision": decision,
            "sentence": sentence(decision) if decision else "",
            "late": came_late(each),
        }
        for each in found.order_by("-at", "-pk")
        for decision in [ObjectionDecision.objects.filter(reply=each).select_related("letter").first()]
    ]


def _say(request: HttpRequest, decision: ObjectionDecision) -> None:
    if decision.letter is not None:
        messages.success(request, _("It is decided. The letter with the decision waits for approval."))
    else:
        messages.success(request, _("Done."))


def _shown(request: HttpRequest, reply: Reply, entered: dict[str, str]) -> dict[str, Any]:
    document, kind = reply.document, objection_of(reply.document)
    assert kind is not None
    decision = ObjectionDecision.objects.filter(reply=reply).select_related("letter", "decided_by").first()
    closed = why_not("decide_objection", request.user, document.case)
    verdicts = book().pack.data("workflow.yaml")["verdicts"]
    return {
        "reply": reply,
        "document": document,
        "kind": kind,
        "title": said(kind.title),
        "document_title": said(document_kinds(book())[document.kind].title),
        "until": until(document),
        "late": came_late(reply),
        "decision": decision,
        "sentence": sentence(decision) if decision else "",
        "settled": decision is not None and bool(decision.verdict),
        "to_court": kind.decides == "court" and (decision is None or decision.court_told_at is None),
        "by": _clock(document, kind.clock),
        "closed": _reason(closed) if closed else why_not_decide(request.user, reply),
        "verdicts": [(key, said(words)) for key, words in verdicts.items()],
        "items": document.items.order_by("id"),
        "entered": entered,
    }  # fmt: skip


def _clock(document: Document, key: str) -> Clock | None:
    """The clock of the decision, whether it runs or has ended."""
    found = (each for each in clocks_of(document.case) if each.kind.key == key)
    return next((each for each in found if each.ref == document.code), None)


def _reason(closed: str) -> str:
    if closed == "approver":
        return _("Only a person who approves may decide.")
    return _("You cannot decide this case.")
