"""Complaints: filed by a body's system, followed by who holds the link, read and answered by firms in the shared fields."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.agent.help_rows import outcome, shared_rows
from mapae.desk.api.access import Token, anyone, caller
from mapae.desk.api.once import once
from mapae.desk.api.pages import AFTER, LIMIT, Text, page
from mapae.desk.api.problems import Problem
from mapae.desk.api.shapes.complaints import (
    AnsweredComplaint,
    ComplaintAnswerIn,
    ComplaintIn,
    ComplaintPage,
    ComplaintWhole,
    Filed,
    Followed,
)
from mapae.desk.audit.models import record
from mapae.desk.cases import evidence
from mapae.desk.helpline import telling
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.consumer.opened import make_pin
from mapae.desk.helpline.consumer.story import standing as told_standing
from mapae.desk.helpline.consumer.withdraw import MAIL
from mapae.desk.helpline.desk_due import standing
from mapae.desk.helpline.desk_scope import FIRM, UNREAD, complaints_for, runs_helpline
from mapae.desk.helpline.intake import receive
from mapae.desk.helpline.links import address, find
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.sms import plain_number
from mapae.desk.law import book, said
from mapae.desk.uploads import inspect
from mapae.errors import InputError
from mapae.workflow.complaints import complaint_states

__all__ = ["router"]

router = Router(tags=["Complaints"])


@router.post("/complaints", response={201: Filed}, auth=Token("file", "officer"), summary="File a complaint")
def file_complaint(request: HttpRequest, given: ComplaintIn) -> HttpResponse:
    """Take a complaint in, as the form does: numbered, triaged, its consumer told the address to follow it."""
    user = caller(request)
    if not runs_helpline(user):
        raise Problem("not-allowed", "the body of the token's person does not run the helpline")
    files, wrong = _files(given)
    if wrong := [*_faults(given), *wrong]:
        raise Problem("invalid", errors=wrong)
    return once(request, Filed, lambda: _filed(user, given, files), status=201)


@router.get("/complaints", response=ComplaintPage, auth=Token("read"), summary="List complaints")
def complaints(
    request: HttpRequest,
    state: Text = Query("", max_length=16, description="a state, such as handed_over or answered"),
    operator: Text = Query("", max_length=60, description="key of the operator"),
    after: Text = AFTER,
    limit: int = LIMIT,
) -> Any:
    """Complaints that the person may open; firms see those handed to their operators with the consumer's agreement."""
    user = caller(request)
    found = complaints_for(user).select_related("operator", "next_due").defer(*UNREAD)
    found = (
        found.filter(state=state) if state in complaint_states(book()) else found.none() if state else found
    )
    found = found.filter(operator__key=operator) if operator else found
    rows = page(found, "complaints", after, limit)
    return {**rows, "rows": [_line(user, each) for each in rows["rows"]]}


@router.get("/complaints/{complaint}", response=ComplaintWhole, auth=Token("read"), summary="One complaint")
def complaint(request: HttpRequest, complaint: Text) -> Any:
    """A complaint with the shared fields and what the agent said; the reading is an entry of the audit log."""
    user = caller(request)
    found = _of(user, complaint)
    if user.role == "auditor":
        return {**_line(user, found), "shared": [], "said": []}
    shared = [{"field": key, "title": name, "words": str(words)} for key, name, words in shared_rows(found)]
    record(user, "read_personal", f"complaint:{found.pk}", fields=len(shared))
    return {**_line(user, found), "shared": shared, "said": list(found.answers.all())}


@router.post(
    "/complaints/{complaint}/answers", response=AnsweredComplaint, auth=Token("answer", "agent"),
    summary="Answer a complaint",
)  # fmt: skip
def answer_complaint(request: HttpRequest, complaint: Text, given: ComplaintAnswerIn) -> HttpResponse:
    """Tell progress, ask the consumer, or give the result."""
    user = caller(request)
    found = _of(user, complaint)
    return once(request, AnsweredComplaint, lambda: _answered(user, found, given))


@router.get(
    "/followed/{link}", response=Followed, auth=anyone, tags=["Public"], summary="Where a complaint stands"
)
def follow_complaint(request: HttpRequest, link: Text) -> Any:
    """The status for who holds the consumer's link; nothing in it names anybody."""
    found = find(link)
    if found is None:
        raise Http404
    now = told_standing(found)
    return {
        "number": found.number, "state": now.state, "title": said(now.title), "happened": said(now.happened),
        "who": said(now.who_title), "due": now.by, "by_law": now.by_law, "late": now.late, "if_not": said(now.if_not),
        "outcome": outcome(found),
    }  # fmt: skip


def _of(user: User, number: str) -> Complaint:
    found: Complaint = get_object_or_404(
        complaints_for(user).select_related("operator", "next_due"), number=number
    )
    return found


def _faults(given: ComplaintIn) -> list[str]:
    """What the form would refuse too, one sentence a field."""
    today, bought, came = clock.today(), given.purchased_on, given.delivered_on
    days = {"purchased_on": bought, "delivered_on": came}
    wrong = [f"{name}: the day is still to come" for name, each in days.items() if each and each > today]
    if bought and came and came < bought:
        wrong.append("delivered_on: it cannot arrive before it was bought")
    if given.listing_url and not given.listing_url.lower().startswith(("https://", "http://")):
        wrong.append("listing_url: no address of a page")
    if given.email and not MAIL.fullmatch(given.email):
        wrong.append("email: no e-mail address")
    if given.phone and not plain_number(given.phone):
        wrong.append("phone: no telephone number")
    return wrong


def _files(given: ComplaintIn) -> tuple[list[tuple[str, bytes, str]], list[str]]:
    """(name, content, media type) of the files as they are kept, and what is wrong with the others."""
    found, wrong = [], []
    for place, each in enumerate(given.files):
        name = each.name.replace("\0", "").replace("\\", "/").rpartition("/")[2] or "file"
        try:
            content, media_type = inspect(b64decode(each.content, validate=True), name)
        except ValueError:
            wrong.append(f"files.{place}.content: no Base64")
        except InputError as error:
            wrong.append(f"files.{place} ({name}): {error.what}")
        else:
            found.append((name, content, media_type))
    return found, wrong


def _filed(user: User, given: ComplaintIn, files: list[tuple[str, bytes, str]]) -> dict[str, Any]:
    told = {
        key: value.replace("\0", "") if isinstance(value, str) else value
        for key, value in given.dict(exclude={"files"}).items()
    }
    text, language, shop = told.pop("text"), told.pop("language"), told.pop("operator")
    if told["anonymous"]:
        told |= {"name": "", "email": "", "phone": "", "order_number": ""}
    kept = [evidence.keep(content, kind, name=name, rung="stated") for name, content, kind in files]
    made = receive("api", text, language=language, operator_told=shop, files=kept, **told)
    pin = "" if telling.reachable(made) else make_pin(made)
    telling.tell(made, "received")
    record(user, "complaint_filed", f"complaint:{made.pk}")
    names = ("number", "state", "category", "confidence", "responsible", "right", "last_day", "hazard")
    return {**{name: getattr(made, name) for name in names}, "follow": address(made), "pin": pin}


def _answered(user: User, found: Complaint, given: ComplaintAnswerIn) -> dict[str, Any]:
    text = given.text.replace("\0", "")
    if given.kind == "result":
        if not given.offer:
            raise Problem("invalid", errors=["offer: a result says what is offered, or refused"])
        more = {
            "offer": given.offer,
            "amount": given.amount,
            "currency": given.currency,
            "performs_by": given.performs_by,
        }
        run("answer", user, found, text=text, **more)
    else:
        run({"progress": "tell_progress", "question": "ask"}[given.kind], user, found, text=text)
    now = standing(found)
    return {"number": found.number, "state": found.state, "who": now.who, "due": now.by}


def _line(user: User, found: Complaint) -> dict[str, Any]:
    due = getattr(found, "next_due", None)
    day = due.due if due is not None else None
    return {
        "id": found.pk, "number": found.number, "operator": found.operator.key if found.operator else "",
        "state": found.state, "category": "" if user.role in FIRM else found.category,
        "who": due.who if due is not None else "nobody", "due": day, "statutory": bool(due and due.statutory),
        "late": day is not None and day < clock.today(),
    }  # fmt: skip
