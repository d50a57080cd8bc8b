"""Items: what a case asks about, answers to it by the agent, looks at it, and what came back."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.answer import read_answer
from mapae.desk.answers.drafts import submit
from mapae.desk.answers.models import ItemAnswer
from mapae.desk.api.access import Token, caller
from mapae.desk.api.once import once
from mapae.desk.api.operations.cases import case_of
from mapae.desk.api.pages import AFTER, LIMIT, Number, Text, page
from mapae.desk.api.problems import Problem
from mapae.desk.api.shapes.items import (
    AnswersIn,
    CheckPage,
    ItemPage,
    ItemWhole,
    RelistingPage,
    Submitted,
)
from mapae.desk.cases.models import Case, CaseItem, ItemCheck
from mapae.desk.scope import cases_for, documents_for, items_for

__all__ = ["router"]

router = Router(tags=["Items"])
_CELLS = ("kind", "removed_at", "ground", "text", "until")


@router.get("/cases/{number}/items", response=ItemPage, auth=Token("read"), summary="Items of a case")
def items(request: HttpRequest, number: Text, after: Text = AFTER, limit: int = LIMIT) -> Any:
    """Items of a case; firms see those that a served document asks about."""
    user = caller(request)
    found = items_for(user).filter(case=case_of(user, number)).select_related("case")
    return page(found, "items", after, limit)


@router.get("/items/{item}", response=ItemWhole, auth=Token("read"), summary="One item")
def item(request: HttpRequest, item: Number) -> Any:
    """An item with the documents that ask about it and the answers to it; a firm sees its own answers."""
    user = caller(request)
    found: Any = get_object_or_404(items_for(user).select_related("case"), pk=item)
    codes = documents_for(user).filter(items=found).order_by("pk").values_list("code", flat=True)
    return {
        **{
            name: getattr(found, name)
            for name in ("id", "kind", "platform", "subject_id", "title", "url", "state")
        },
        "case.number": found.case.number,
        "said_removed_at": found.said_removed_at,
        "removed_at": found.removed_at,
        "relisted_from": found.relisted_from_id if _authority(user) else None,
        "documents": list(codes),
        "answers": _answers(user, found),
    }


@router.post("/cases/{number}/answers", response=Submitted, auth=Token("answer"), summary="Answer items")
def answers(request: HttpRequest, number: Text, given: AnswersIn) -> HttpResponse:
    """Submit answers to up to 500 items of a case, all or none."""
    user = caller(request)
    case = case_of(user, number)
    return once(request, Submitted, lambda: {"submitted": _submit(user, case, given)})


@router.get(
    "/cases/{number}/checks", response=CheckPage, auth=Token("read", "officer", "auditor"),
    summary="Verification results of a case",
)  # fmt: skip
def checks(request: HttpRequest, number: Text, after: Text = AFTER, limit: int = LIMIT) -> Any:
    """Every look at an item of the case, the oldest first."""
    case = case_of(caller(request), number)
    found = ItemCheck.objects.filter(item__case=case).select_related("item")
    return page(found.annotate(sha256=F("evidence__sha256")), "checks", after, limit)


@router.get(
    "/relistings", response=RelistingPage, auth=Token("read", "officer", "auditor"), summary="What came back"
)
def relistings(request: HttpRequest, after: Text = AFTER, limit: int = LIMIT) -> Any:
    """Items found to be the goods of an item that was taken down, under another number, seller or platform."""
    found = CaseItem.objects.filter(case__in=cases_for(caller(request)), relisted_from__isnull=False)
    return page(found.select_related("case"), "relistings", after, limit)


def _submit(user: User, case: Case, given: AnswersIn) -> int:
    known = items_for(user).filter(case=case).in_bulk([row.item for row in given.answers])
    if missing := [row.item for row in given.answers if row.item not in known]:
        raise Problem("unknown-items", errors=[str(each) for each in missing])
    rows = [(row.item, read_answer(known[row.item], _cells(row), clock.now())) for row in given.answers]
    if wrong := [f"{item}: {sentence}" for item, (_answer, faults) in rows for sentence in faults]:
        raise Problem("wrong-answers", errors=wrong)
    return submit(user, case, [answer for _item, (answer, _faults) in rows])


def _cells(row: Any) -> dict[str, str]:
    return {name: getattr(row, name).replace("\0", "") for name in _CELLS}


def _answers(user: User, item: CaseItem) -> list[ItemAnswer]:
    """A firm's own answers; of others' all, to auditors without what people wrote."""
    found = item.answers.order_by("at", "id")
    rows = list(found if _authority(user) else found.filter(firm_id=user.firm_id))
    for row in rows if user.role == "auditor" else ():
        row.text = ""
    return rows


def _authority(user: User) -> bool:
    return user.role in ("officer", "auditor")
