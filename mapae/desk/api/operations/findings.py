"""Findings: the queues of the inbox, one finding with its evidence, and decisions by the actions of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Query, Router

from mapae.desk.accounts.models import User
from mapae.desk.api.access import Token, caller
from mapae.desk.api.once import once
from mapae.desk.api.pages import AFTER, LIMIT, Number, Text, closed, opened
from mapae.desk.api.shapes.findings import (
    AcceptIn,
    Decided,
    FindingPage,
    FindingWhole,
    MergeIn,
    RejectIn,
    State,
)
from mapae.desk.cases.actions import Refused
from mapae.desk.findings.accept import accept
from mapae.desk.findings.decide import merge, reject, undo
from mapae.desk.findings.models import Finding
from mapae.desk.findings.queue import Filters, facets, page
from mapae.desk.findings.show import PERSONAL
from mapae.desk.findings.subjects import record_of
from mapae.desk.scope import cases_for

__all__ = ["router"]

router = Router(tags=["Findings"])
_READ, _DECIDE = Token("read", "officer", "auditor"), Token("decide", "officer")
_LIST = "findings"
_HIDDEN = PERSONAL | {"extra", "page_html"}  # what may name a person


@router.get("/findings", response=FindingPage, auth=_READ, summary="List findings")
def findings(
    request: HttpRequest,
    state: State = Query("new", description="state of the findings"),
    measure: Text = Query("", max_length=32, description="key of the measure, such as counterfeits"),
    severity: int | None = Query(None, ge=0, le=4, description="this severity"),
    operator: Text = Query("", max_length=60, description="key of the operator; none: platforms of nobody"),
    seller: Text = Query("", max_length=200, description="the platform's number of the seller"),
    check: Text = Query("", max_length=64, description="key of the check"),
    shadow: bool = Query(False, description="findings of checks on trial instead of the others"),
    after: Text = AFTER,
    limit: int = LIMIT,
) -> Any:
    """A queue of the inbox, the gravest first, then by score."""
    filters = Filters.read(
        {
            "state": state, "measure": measure, "severity": "" if severity is None else str(severity),
            "operator": operator, "seller": seller, "check": check, "shadow": "1" if shadow else "",
            "after": opened(_LIST, after),
        }
    )  # fmt: skip
    found = page(filters, limit)
    exact = not (seller or check)
    return {
        "rows": _rows(caller(request), found.rows),
        "next": closed(_LIST, found.after) if found.after else None,
        "total": facets(filters)["state"].get(state, 0) if exact else None,
    }


@router.get("/findings/{finding}", response=FindingWhole, auth=_READ, summary="One finding")
def finding(request: HttpRequest, finding: Number) -> Any:
    """A finding with its reasons, the record as screened, and what was decided of it."""
    user, found = caller(request), _finding(finding)
    officer = user.role == "officer"
    record = record_of(found)
    return {
        **_rows(user, [found])[0],
        "reasons": [{**each, "score": each.get("score") or 0.0} for each in found.reasons],
        "record": record if officer else {key: value for key, value in record.items() if key not in _HIDDEN},
        "decisions": [
            {
                "verdict": each.verdict, "reason": each.reason, "note": each.note if officer else "",
                "by": each.by.name if officer else "", "at": each.at, "undone_at": each.undone_at,
            }
            for each in found.decisions.select_related("by")
        ],
    }  # fmt: skip


@router.post("/findings/{finding}/accept", response=Decided, auth=_DECIDE, summary="Accept a finding")
def accept_finding(request: HttpRequest, finding: Number, given: AcceptIn) -> HttpResponse:
    """Into a case: a named one, a new one, or the newest open one of its operator and matter."""
    user, found = caller(request), _finding(finding)
    wanted = given.case.replace("\0", "").strip()

    def work() -> Any:
        case = get_object_or_404(cases_for(user), number=wanted) if wanted not in ("", "new") else None
        accept(user, [found], case=case, new=wanted == "new", title=given.title.replace("\0", "").strip())
        return _decided(user, found)

    return once(request, Decided, work)


@router.post("/findings/{finding}/reject", response=Decided, auth=_DECIDE, summary="Reject a finding")
def reject_finding(request: HttpRequest, finding: Number, given: RejectIn) -> HttpResponse:
    """With a reason; lawful keeps the same evidence from being raised again."""
    user, found = caller(request), _finding(finding)

    def work() -> Any:
        reject(user, [found], given.reason, given.note.replace("\0", ""))
        return _decided(user, found)

    return once(request, Decided, work)


@router.post("/findings/{finding}/merge", response=Decided, auth=_DECIDE, summary="Merge findings into one")
def merge_findings(request: HttpRequest, finding: Number, given: MergeIn) -> HttpResponse:
    """Let this finding stand for others on the same subject or seller."""
    user, found = caller(request), _finding(finding)

    def work() -> Any:
        numbers = {number for number in given.others if 1 <= number < 2**62}
        others = list(Finding.objects.filter(pk__in=numbers))
        if len(others) != len(set(given.others)):
            raise Http404
        merge(user, found, others)
        return _decided(user, found)

    return once(request, Decided, work)


@router.post("/findings/{finding}/undo", response=Decided, auth=_DECIDE, summary="Undo a decision")
def undo_decision(request: HttpRequest, finding: Number) -> HttpResponse:
    """Take the standing decision back; an acceptance only while nothing was sent about the item."""
    user, found = caller(request), _finding(finding)

    def work() -> Any:
        standing = found.decisions.filter(undone_at__isnull=True).first()
        if standing is None:
            raise Refused(_("There is no decision to undo."), where=str(found))
        undo(user, standing)
        return _decided(user, found)

    return once(request, Decided, work)


def _finding(number: int) -> Finding:
    found: Finding = get_object_or_404(Finding.objects.select_related("operator", "case"), pk=number)
    return found


def _decided(user: User, found: Finding) -> dict[str, Any]:
    found.refresh_from_db()
    return {"id": found.pk, "state": found.state, "case": _rows(user, [found])[0]["case"]}


def _rows(user: User, found: Sequence[Finding]) -> list[dict[str, Any]]:
    """Lines of the answer; a case is named where the person may open it: one query for all."""
    numbers = {each.case_id for each in found if each.case_id}
    cases = dict(cases_for(user).filter(pk__in=numbers).values_list("pk", "number")) if numbers else {}
    return [
        {
            "id": each.pk, "finding_id": each.finding_id, "measure": each.measure, "check": each.check_key,
            "subject_kind": each.subject_kind, "subject_id": each.subject_id, "title": each.subject_title,
            "url": each.subject_url, "platform": each.platform,
            "operator": each.operator.key if each.operator else None, "seller_id": each.seller_id,
            "severity": each.severity, "score": each.score, "reference_id": each.reference_id,
            "provision": each.provision, "provision_from": each.provision_from, "as_of": each.as_of,
            "shadow": each.shadow, "state": each.state, "case": cases.get(each.case_id),
        }
        for each in found
    ]  # fmt: skip
