"""Cases: lists as the queues have them, one case, its story, its clocks, the verbs that are open now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from ninja import Query, Router

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.api.access import Token, caller
from mapae.desk.api.pages import AFTER, LIMIT, Text, closed, opened, page
from mapae.desk.api.shapes.cases import CasePage, CaseWhole, Clocks, Timeline, Verbs
from mapae.desk.api.telling import FOR_AGENTS
from mapae.desk.cases.actions._action import reasons
from mapae.desk.cases.clocks import told_clocks
from mapae.desk.cases.models import Case
from mapae.desk.cases.queues import Filters, narrowed, queue, queues_for
from mapae.desk.cases.story import story
from mapae.desk.law import said
from mapae.desk.scope import cases_for, documents_for, items_for
from mapae.workflow.clocks import Clock, Unruled
from mapae.workflow.states import VERBS

__all__ = ["case_of", "router"]

router = Router(tags=["Cases"])
Queue = Literal["", "mine", "body", "overdue", "unassigned", "held", "closed"]


@router.get("/cases", response=CasePage, auth=Token("read"), summary="List cases")
def cases(
    request: HttpRequest,
    queue: Queue = Query("", description="one of the queues of the page of cases; none: all"),
    matter: Text = Query("", max_length=32, description="key of the matter, such as hazardous_goods"),
    operator: Text = Query("", max_length=60, description="key of the operator"),
    state: Text = Query("", max_length=12, description="open, asked, answered, verified or closed"),
    severity: int = Query(0, ge=0, le=4, description="this severity or graver"),
    q: Text = Query("", max_length=200, description="words to look for"),
    after: Text = AFTER,
    limit: int = LIMIT,
) -> Any:
    """Cases that the person may open, the oldest first, so that new ones come at the end."""
    user = caller(request)
    found = _queued(user, queue) if queue else cases_for(user)
    asked = {"matter": matter, "operator": operator, "state": state, "severity": str(severity), "q": q}
    found = narrowed(found, Filters.read(asked)).select_related("operator", "lead")
    return page(found, "cases", after, limit)


@router.get("/cases/{number}", response=CaseWhole, auth=Token("read"), summary="One case")
def case(request: HttpRequest, number: Text) -> Any:
    """A case with the bodies that work on it."""
    user = caller(request)
    found: Any = case_of(user, number)
    found.owner_name = found.owner.name if found.owner and user.role == "officer" else ""
    found.joint_keys = list(found.joint.order_by("key").values_list("key", flat=True))
    return found


@router.get(
    "/cases/{number}/timeline", response=Timeline, auth=Token("read"), summary="What happened in a case"
)
def timeline(request: HttpRequest, number: Text, after: Text = AFTER, limit: int = LIMIT) -> Any:
    """Events, the newest first. Firms see what concerns what they were served; names and free words go to officers only."""
    user = caller(request)
    found = case_of(user, number)
    name = f"timeline.{found.pk}"
    told = story(found, before=int(opened(name, after) or 0), most=limit, notes=user.role == "officer")
    last = told[-1].seq if len(told) == limit and told[-1].seq > 1 else 0
    if user.role in ("agent", "headquarters"):
        mine = _mine(user, found)
        told = [each for each in told if each.seq in mine]
    rows = [replace(each, who=each.who if user.role == "officer" else "") for each in told]
    return {"rows": rows, "next": closed(name, str(last)) if last else None}


@router.get("/cases/{number}/clocks", response=Clocks, auth=Token("read"), summary="Clocks of a case")
def clocks(request: HttpRequest, number: Text) -> Any:
    """Statutory periods and targets, each with how it was counted day by day."""
    user, today = caller(request), clock.today()
    found = case_of(user, number)
    rows, unruled = told_clocks(found, today)
    if user.role in ("agent", "headquarters"):
        codes = set(documents_for(user).filter(case=found).values_list("code", flat=True))
        rows = [each for each in rows if each.ref in codes]
        unruled = [each for each in unruled if each.ref in codes]
    return {"rows": [_clock(each) for each in rows], "unruled": [_unruled(each) for each in unruled]}


@router.get(
    "/cases/{number}/verbs", response=Verbs, auth=Token("read"), summary="What may be done with a case"
)
def verbs(request: HttpRequest, number: Text) -> Any:
    """Every verb, whether the token's person may do it now, and if not why."""
    user = caller(request)
    why = reasons(user, case_of(user, number))
    rows = [
        {"verb": key, "title": said(verb.title), "allowed": not why[key], "why": why[key]}
        for key, verb in VERBS.items()
    ]
    return {"rows": rows}


def case_of(user: User, number: str) -> Case:
    """The case by its number; 404 where it is not the person's to see."""
    found: Case = get_object_or_404(
        cases_for(user).select_related("operator", "lead", "owner"), number=number
    )
    return found


def _queued(user: User, key: str) -> Any:
    """A queue of the person's; one that makes no sense for the role is empty."""
    return queue(user, key) if user.role == "officer" or key in queues_for(user) else Case.objects.none()


def _mine(user: User, case: Case) -> set[int]:
    """Numbers of the events that concern what the firm was served."""
    codes = documents_for(user).filter(case=case).values("code")
    items = items_for(user).filter(case=case).values("pk")
    concerns = (Q(item=None) | Q(item__in=items)) & (Q(ref="") | Q(ref__in=codes))
    found = case.events.filter(concerns, kind__in=FOR_AGENTS)
    return set(found.values_list("seq", flat=True))


def _unruled(found: Unruled) -> dict[str, Any]:
    return {
        "key": found.kind.key,
        "title": said(found.kind.title),
        "about": found.ref,
        "on": found.on,
        "provision": found.provision,
        "since": found.since,
    }


def _clock(found: Clock) -> dict[str, Any]:
    today, language = clock.today(), "ko" if (get_language() or "ko").startswith("ko") else "en"
    return {
        "key": found.kind.key,
        "title": said(found.kind.title),
        "about": found.ref,
        "statutory": found.statutory,
        "whose": found.kind.whose,
        "state": found.state,
        "paused": found.paused,
        "started_on": found.started_on,
        "due": found.due,
        "days_left": found.days_left(today),
        "ended_on": found.ended_on,
        "extended_days": found.extended_days,
        "provision": found.provision,
        "rule": found.deadline.rule,
        "working": [
            {"day": step.day, "counted": step.counted, "text": step.text(language)}
            for step in found.deadline.working
        ],
    }
