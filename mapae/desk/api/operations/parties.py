"""Operators with their duties and mandates for whoever deals with them; the register and the figures for everybody."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.api.access import Token, anyone, caller
from mapae.desk.api.pages import Text
from mapae.desk.api.shapes.parties import Duties, Figures, Mandates, OperatorOut, Operators, Register
from mapae.desk.parties.duties import latest
from mapae.desk.parties.fitness import eligible
from mapae.desk.parties.models import Mandate, Operator, RegisterSnapshot
from mapae.desk.parties.register import current, matching
from mapae.desk.publication.cells import least
from mapae.desk.scope import operators_for
from mapae.desk.verification import figures as counted
from mapae.desk.verification.models import FigureSnapshot

__all__ = ["router"]

router = Router(tags=["Operators"])


@router.get("/operators", response=Operators, auth=Token("read"), summary="List operators")
def operators(
    request: HttpRequest, q: Text = Query("", max_length=60, description="part of a name or key")
) -> Any:
    """Operators that the person deals with: all for authorities, those of a live mandate for firms."""
    asked = q.casefold()
    rows = operators_for(caller(request))
    return {"rows": [each for each in rows if asked in " ".join(_names(each)).casefold()]}


@router.get("/operators/{key}", response=OperatorOut, auth=Token("read"), summary="One operator")
def operator(request: HttpRequest, key: Text) -> Any:
    """Names, platforms and domains of an operator."""
    return _operator(caller(request), key)


@router.get("/operators/{key}/duties", response=Duties, auth=Token("read"), summary="Duties of an operator")
def duties(request: HttpRequest, key: Text) -> Any:
    """Whether the operator must have a local agent, law by law, as last decided."""
    user = caller(request)
    found = _operator(user, key)
    rows = list(latest(found).values())
    if user.role not in ("officer", "auditor"):
        for each in rows:
            each.limbs = []
    return {"operator": found.key, "rows": rows}


@router.get(
    "/operators/{key}/mandates", response=Mandates, auth=Token("read"), summary="Agents of an operator"
)
def mandates(request: HttpRequest, key: Text) -> Any:
    """Mandates, ended ones too; a firm sees its own."""
    user, today = caller(request), clock.today()
    found = _operator(user, key)
    rows = found.mandates.select_related("firm", "operator")
    if user.role in ("agent", "headquarters"):
        rows = rows.filter(firm_id=user.firm_id)
    return {"operator": found.key, "rows": [_mandate(each, today) for each in rows]}


@router.get(
    "/register", response=Register, auth=anyone, tags=["Public"], summary="The register of local agents"
)
def register(
    request: HttpRequest,
    q: Text = Query("", max_length=60, description="part of a name of operator or agent"),
    snapshot: Text = Query("", max_length=16, description="the register as it stood in that snapshot"),
) -> Any:
    """Operators, their duties and their agents in Korea."""
    found = get_object_or_404(RegisterSnapshot, digest=snapshot) if snapshot else current()
    rows = matching(found.rows, q) if q else found.rows
    return {"snapshot": found.digest, "as_of": found.as_of, "rows": rows}


@router.get("/figures", response=Figures, auth=anyone, tags=["Public"], summary="The public figures")
def figures(
    request: HttpRequest,
    snapshot: Text = Query("", max_length=16, description="the figures as counted in that snapshot"),
) -> Any:
    """Removal within 2 and 5 business days, relisting, declared against observed, wrongful notices, by platform and group."""
    found = get_object_or_404(FigureSnapshot, digest=snapshot) if snapshot else counted.current()
    return {
        "snapshot": found.digest,
        "as_of": found.as_of,
        "suppressed_below": least(),
        "definitions": counted.definitions(),
        "rows": found.rows,
    }


def _operator(user: User, key: str) -> Operator:
    found: Operator = get_object_or_404(operators_for(user), key=key)
    return found


def _names(found: Operator) -> tuple[str, ...]:
    return found.key, found.name_ko, found.name_en, found.name_zh


def _mandate(found: Mandate, today: Any) -> Any:
    row: Any = found
    row.live, row.may_be_agent = found.live(today), eligible(found, today)[0]
    return row
