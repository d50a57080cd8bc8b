"""The page of the one search box; every search leaves an audit entry without its words."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases.grams import squeeze, words
from mapae.desk.cases.models import Case
from mapae.desk.cases.search import Hit, search
from mapae.desk.documents.models import Document
from mapae.desk.helpline.desk_scope import FIRM, complaints_for
from mapae.desk.law import said
from mapae.desk.merchants.scope import reports_for
from mapae.desk.officer.cases_links import link
from mapae.desk.parties.models import Operator
from mapae.desk.rights.models import RightsHolder

__all__ = ["search_page"]

KINDS = {
    "case": {"ko": "사건", "en": "Cases", "zh": "案件"},
    "item": {"ko": "게시물·물품", "en": "Items", "zh": "项目"},
    "document": {"ko": "문서", "en": "Documents", "zh": "文书"},
    "note": {"ko": "메모", "en": "Notes", "zh": "备注"},
    "operator": {"ko": "사업자", "en": "Operators", "zh": "经营者"},
    "seller": {"ko": "판매자", "en": "Sellers", "zh": "卖家"},
}
MOST = 20


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """What the person may see that has the words of `q`."""
    query = request.GET.get("q", "").strip()[:200]
    if place := _complaint(request.user, query) or _merchant_or_holder(request.user, query):
        return redirect(place)
    found = search(request.user, query, most=MOST) if query else {}
    if words(query):
        digest = salted_hmac("mapae.desk.search", squeeze(query)).hexdigest()[:32]
        record(request.user, "searched", "search", digest=digest, hits=sum(map(len, found.values())))
    names = _names(found)
    groups = [
        (said(KINDS[kind]), [_row(hit, names, request.user.role) for hit in hits], len(hits) == MOST)
        for kind, hits in found.items()
    ]
    context = {"query": query, "groups": groups, "short": bool(query) and not words(query), "most": MOST}
    return render(request, "desk/officer_case_search.html", context)


def _complaint(user: User, query: str) -> str:
    """Where the complaint of that number is, if the person may open it."""
    number = query.upper()
    if (
        not re.fullmatch(r"\d{4}-H-\d{6,9}", number)
        or not complaints_for(user).filter(number=number).exists()
    ):
        return ""
    return link("agent-complaint" if user.role in FIRM else "complaint", number)


def _merchant_or_holder(user: User, query: str) -> str:
    """Where the merchant's report or the rights holder of that number is, if the person may open it."""
    number = query.upper()
    if re.fullmatch(r"\d{4}-M-\d{6,9}", number) and reports_for(user).filter(number=number).exists():
        return link("merchant-report", number)
    if user.role in ("officer", "auditor") and RightsHolder.objects.filter(number=number).exists():
        return link("rights-holder", number)
    return ""


def _names(found: dict[str, list[Hit]]) -> dict[tuple[str, int], str]:
    """Numbers of cases, codes of documents and keys of operators found, as addresses use them."""
    cases = {hit.case for hits in found.values() for hit in hits if hit.case}
    documents = [hit.object_id for hit in found.get("document", ())]
    numbers = Case.objects.filter(pk__in=cases).values_list("pk", "number")
    codes = Document.objects.filter(pk__in=documents).values_list("pk", "code")
    operators = [hit.object_id for hit in found.get("operator", ())]
    keys = Operator.objects.filter(pk__in=operators).values_list("pk", "key")
    return (
        {("case", pk): number for pk, number in numbers}
        | {("document", pk): code for pk, code in codes}
        | {("operator", pk): key for pk, key in keys}
    )


def _row(hit: Hit, names: dict[tuple[str, int], str], role: str) -> dict[str, Any]:
    """A hit with its address: at officers' pages or at the agent's."""
    agent = role in ("agent", "headquarters")
    number = names.get(("case", hit.case or 0), "")
    if hit.kind == "document":
        url = link("agent-letter" if agent else "document", names[hit.kind, hit.object_id])
    elif number:
        url = link("agent-case" if agent else "case", number)
    else:
        key = names.get((hit.kind, hit.object_id))
        url = (link(hit.kind, key) if key else "") or link(hit.kind, hit.object_id)
    return {"text": hit.text, "marks": hit.marks, "url": url, "number": number}
