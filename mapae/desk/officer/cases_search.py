"""The page of the one search box; every search leaves an audit entry without its words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from mapae.desk.audit.models import record
from mapae.desk.cases.grams import squeeze, words
from mapae.desk.cases.models import Case
from mapae.desk.cases.search import Hit, search
from mapae.desk.law import said
from mapae.desk.officer.cases_page import link

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
    found = search(request.user, query, most=MOST) if query else {}
    if words(query):
        digest = salted_hmac("mapae.desk.search", squeeze(query)).hexdigest()[:32]
        record(request.user, "searched", "search", digest=digest, hits=sum(map(len, found.values())))
    numbers = dict(Case.objects.filter(pk__in=_cases(found)).values_list("pk", "number"))
    groups = [
        (said(KINDS[kind]), [_row(hit, numbers) for hit in hits], len(hits) == MOST)
        for kind, hits in found.items()
    ]
    context = {"query": query, "groups": groups, "short": bool(query) and not words(query), "most": MOST}
    return render(request, "desk/officer_case_search.html", context)


def _cases(found: dict[str, list[Hit]]) -> set[int]:
    return {hit.case for hits in found.values() for hit in hits if hit.case}


def _row(hit: Hit, numbers: dict[int, str]) -> dict[str, Any]:
    url = reverse("case", args=(numbers[hit.case],)) if hit.case else link(hit.kind, hit.object_id)
    return {"text": hit.text, "marks": hit.marks, "url": url, "number": numbers.get(hit.case or 0, "")}
