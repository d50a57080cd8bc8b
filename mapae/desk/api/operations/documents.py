"""Documents: lists, one with its service, and its letter as JSON, HTML and PDF."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router

from mapae.desk.accounts.models import User
from mapae.desk.api.access import Token, anyone, caller
from mapae.desk.api.operations.cases import case_of
from mapae.desk.api.pages import AFTER, LIMIT, Text, page
from mapae.desk.api.shapes.documents import DocumentPage, DocumentWhole, LetterFacts
from mapae.desk.documents.models import Document, Service
from mapae.desk.documents.queries import kind_of, public_facts
from mapae.desk.documents.render import html
from mapae.desk.law import said
from mapae.desk.officer.documents import letter_json, letter_of, letter_pdf
from mapae.desk.scope import documents_for, items_for

__all__ = ["router"]

router = Router(tags=["Documents"])
_FILE = {
    media: {"responses": {200: {"content": {media: {"schema": {"type": kind}}}}}}
    for media, kind in (
        ("application/json", "object"),
        ("text/html", "string"),
        ("application/pdf", "string"),
    )
}


@router.get(
    "/cases/{number}/documents", response=DocumentPage, auth=Token("read"), summary="Documents of a case"
)
def documents(request: HttpRequest, number: Text, after: Text = AFTER, limit: int = LIMIT) -> Any:
    """Documents of a case; firms see those that were served."""
    user = caller(request)
    found = documents_for(user).filter(case=case_of(user, number)).select_related("case")
    return page(found, "documents", after, limit)


@router.get("/documents/{code}", response=DocumentWhole, auth=Token("read"), summary="One document")
def document(request: HttpRequest, code: Text) -> Any:
    """A document with its force by law, and each attempt to serve it."""
    user = caller(request)
    found: Any = _document(user, code)
    kind = kind_of(found)
    seen = items_for(user).filter(documents=found).order_by("pk")
    return {
        **{name: getattr(found, name) for name in _PLAIN},
        "case.number": found.case.number,
        "title": said(kind.title),
        "force": kind.force,
        "binding": kind.binding,
        "provision": kind.provision,
        "consequence": said(kind.consequence),
        "remedy": said(kind.remedy),
        "items": list(seen.values_list("pk", flat=True)),
        "services": list(found.services.all()),
    }


_PLAIN = ("id", "code", "number", "kind", "state", "language", "served_at", "digest")


@router.get(
    "/documents/{code}/letter", auth=Token("read"), openapi_extra=_FILE["application/json"], summary="The letter as JSON"
)  # fmt: skip
def letter(request: HttpRequest, code: Text) -> HttpResponse:
    """The letter as the JSON its digest is taken over."""
    request.user = caller(request)
    return letter_json(request, code)


@router.get(
    "/documents/{code}/letter.html", auth=Token("read"), openapi_extra=_FILE["text/html"], summary="The letter as HTML"
)  # fmt: skip
def letter_page(request: HttpRequest, code: Text) -> HttpResponse:
    """The letter as a fragment of HTML without scripts."""
    found = _document(caller(request), code)
    answer = HttpResponse(html(letter_of(found)), content_type="text/html; charset=utf-8")
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src data:"
    return answer


@router.get(
    "/documents/{code}/letter.pdf", auth=Token("read"), openapi_extra=_FILE["application/pdf"], summary="The letter as PDF"
)  # fmt: skip
def letter_file(request: HttpRequest, code: Text) -> HttpResponse:
    """The letter as PDF: the kept file once it is approved, a draft before."""
    request.user = caller(request)
    return letter_pdf(request, code)


@router.get("/letters/{code}", response=LetterFacts, auth=anyone, tags=["Public"], summary="Verify a letter")
def facts(request: HttpRequest, code: Text) -> Any:
    """What anyone may know of an issued letter by its code; no person is named."""
    found = public_facts(code)
    if found is None:
        raise Http404
    return found


def _document(user: User, code: str) -> Document:
    services = Prefetch("services", Service.objects.order_by("pk"))
    found: Document = get_object_or_404(
        documents_for(user).select_related("case__operator", "body").prefetch_related(services), code=code
    )
    return found
