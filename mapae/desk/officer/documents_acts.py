"""What an officer does with a document: approve, send back, withdraw, serve, record service, settle the outbox."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from mapae.desk.cases.actions import run
from mapae.desk.documents import outbox
from mapae.desk.documents.models import Document, Outbox, Service
from mapae.desk.scope import documents_for
from mapae.desk.uploads import keep_upload
from mapae.errors import InputError, MapaeError

__all__ = ["act", "record", "serve", "settle"]


def act(request: HttpRequest, code: str) -> HttpResponse:
    """Approve, send back (with a reason), withdraw, or take a draft up again."""
    document = _document(request, code=code)
    done = {
        "approve": _("Approved."),
        "send_back": _("Sent back to its drafter."),
        "withdraw_draft": _("Withdrawn."),
        "take_up_draft": _("It is a draft again."),
    }
    verb = request.POST.get("verb", "")
    if verb in done:
        more = {"reason": request.POST.get("reason", "")} if verb == "send_back" else {}
        _try(request, lambda: run(verb, request.user, document.case, document=document, **more), done[verb])
    return _back(request, document)


def serve(request: HttpRequest, code: str) -> HttpResponse:
    """Begin service by the channel chosen."""
    document, post = _document(request, code=code), request.POST
    fields = {name: post.get(name, "") for name in ("channel", "address", "because")}
    _try(
        request,
        lambda: run("serve", request.user, document.case, document=document, **fields),
        _("Service has begun."),
    )
    return _back(request, document)


def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what became of a service, with its proof."""
    service = get_object_or_404(Service, pk=pk, document__in=documents_for(request.user))
    _try(request, lambda: _recorded(request, service), _("Recorded."))
    return _back(request, service.document)


def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed hand-over again, or say of one in doubt whether it arrived."""
    row = get_object_or_404(Outbox, pk=pk, service__document__in=documents_for(request.user))
    document, how = row.service.document, request.POST.get("how", "")
    ours = document.body_id == request.user.body_id
    if ours and how == "retry":
        _try(request, lambda: outbox.retry(row, request.user), _("It will be tried again."))
    elif ours and how in ("arrived", "again"):
        _try(request, lambda: outbox.resolve(row, request.user, arrived=how == "arrived"), _("Recorded."))
    return _back(request, document)


def _recorded(request: HttpRequest, service: Service) -> Any:
    post, proof = request.POST, request.FILES.get("proof")
    kept = keep_upload(proof, by=request.user, rung="captured") if proof else None
    return run(
        "record_service", request.user, service.document.case, service=service, outcome=post.get("outcome", ""),
        on=_day(post.get("on", "")), proof=kept, detail=post.get("detail", ""),
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(_("This is no day."), where=text, mend="2026-09-28") from None


def _document(request: HttpRequest, **key: Any) -> Document:
    return get_object_or_404(documents_for(request.user).select_related("case"), **key)


def _try(request: HttpRequest, work: Any, done: str) -> None:
    """Do it if it was posted; what is refused becomes a message."""
    if request.method != "POST":
        return
    try:
        work()
    except MapaeError as error:
        messages.error(request, error.what)
    else:
        messages.success(request, done)


def _back(request: HttpRequest, document: Document) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    return redirect("document", document.code)
