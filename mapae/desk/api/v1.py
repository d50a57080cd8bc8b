"""The API, version 1: what a person's pages show and do, by the same scope and the same actions."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import NinjaAPI, Query
from ninja.errors import AuthenticationError, HttpError, ValidationError

from mapae.desk import clock
from mapae.desk.answers.answer import read_answer
from mapae.desk.answers.drafts import submit
from mapae.desk.api.access import Token, caller, problem
from mapae.desk.api.shapes import AnswersIn, CasePage, DocumentPage, ItemPage, Submitted
from mapae.desk.officer.documents import letter_json
from mapae.desk.scope import cases_for, documents_for, items_for
from mapae.errors import MapaeError

__all__ = ["api"]

api = NinjaAPI(title="Mapae", version="1", docs_url=None, urls_namespace="api-v1", auth=Token("read"))
_AFTER = Query(0, ge=0, le=2**62, description="the `next` of the page before")
_LIMIT = Query(50, ge=1, le=200)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, str(error))


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(401, "no token, or one that opens nothing")


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, "there is no such thing, or it is not yours to see")


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    said = [f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors]
    return problem(422, "the request is not as described", detail=said)


@api.exception_handler(MapaeError)
def _refused(request: HttpRequest, error: MapaeError) -> HttpResponse:
    return problem(409, error.what)


def _page(found: QuerySet[Any], after: int, limit: int) -> dict[str, Any]:
    """Rows after a row number, in its order; what is added meanwhile comes later and shifts nothing."""
    rows = list(found.filter(pk__gt=after).order_by("pk")[: limit + 1])
    return {"rows": rows[:limit], "next": rows[limit - 1].pk if len(rows) > limit else None}


@api.get("/cases", response=CasePage)
def cases(request: HttpRequest, after: int = _AFTER, limit: int = _LIMIT) -> Any:
    """Cases that the person may open."""
    return _page(cases_for(caller(request)).select_related("operator", "lead"), after, limit)


@api.get("/cases/{number}/items", response=ItemPage)
def items(request: HttpRequest, number: str, after: int = _AFTER, limit: int = _LIMIT) -> Any:
    """Items of a case."""
    case = get_object_or_404(cases_for(caller(request)), number=_text(number))
    return _page(items_for(caller(request)).filter(case=case).select_related("case"), after, limit)


@api.get("/cases/{number}/documents", response=DocumentPage)
def documents(request: HttpRequest, number: str, after: int = _AFTER, limit: int = _LIMIT) -> Any:
    """Documents of a case."""
    case = get_object_or_404(cases_for(caller(request)), number=_text(number))
    return _page(documents_for(caller(request)).filter(case=case).select_related("case"), after, limit)


@api.get("/documents/{code}/letter")
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """The letter as the JSON its digest is taken over."""
    request.user = caller(request)
    return letter_json(request, _text(code))


@api.post("/cases/{number}/answers", response=Submitted, auth=Token("answer"))
def answers(request: HttpRequest, number: str, given: AnswersIn) -> Any:
    """Submit answers to items, all or none; 422 says what is wrong with which."""
    user = caller(request)
    case = get_object_or_404(cases_for(user), number=_text(number))
    known = items_for(user).filter(case=case).in_bulk([row.item for row in given.answers])
    if missing := [row.item for row in given.answers if row.item not in known]:
        return problem(422, "items that are not asked about", detail=[str(each) for each in missing])
    rows = [(row.item, read_answer(known[row.item], _cells(row), clock.now())) for row in given.answers]
    if wrong := [f"{item}: {sentence}" for item, (_answer, faults) in rows for sentence in faults]:
        return problem(422, "answers that cannot be taken", detail=wrong)
    return {"submitted": submit(user, case, [answer for _item, (answer, _faults) in rows])}


def _cells(row: Any) -> dict[str, str]:
    return {name: _text(getattr(row, name)) for name in ("kind", "removed_at", "ground", "text", "until")}


def _text(value: str) -> str:
    """Without NUL, which PostgreSQL does not store."""
    return value.replace("\0", "")
