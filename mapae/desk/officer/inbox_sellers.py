"""Sellers in the inbox: those with the most open findings, and one seller everywhere."""

from __future__ import annotations

from collections import Counter

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mapae.desk.cases.models import CaseItem
from mapae.desk.cases.titles import matter
from mapae.desk.findings.models import FINDING_STATES, Finding, SellerRank
from mapae.desk.findings.show import rows
from mapae.desk.law import said
from mapae.desk.parties.models import Seller
from mapae.desk.scope import cases_for, items_for

__all__ = ["seller_page", "sellers"]

_SHOWN = 50
_COUNTED = 5_000  # findings of a seller that are counted by kind
_MOST = 1_000  # open findings of a seller that are counted for the ranking's page
_OPEN = """(SELECT COUNT(*) FROM (
  SELECT 1 AS one FROM findings_finding f WHERE f.seller_id = findings_sellerrank.seller_id
  AND (f.operator_id = findings_sellerrank.operator_id OR (f.operator_id IS NULL AND findings_sellerrank.operator_id IS NULL))
  AND f.state = 'new' AND NOT f.shadow LIMIT %s) few)"""


@require_safe
def sellers(request: HttpRequest) -> HttpResponse:
    """The ranking of the last import, with what is open now."""
    ranked = list(
        SellerRank.objects.select_related("operator").annotate(open=RawSQL(_OPEN, [_MOST + 1]))[:_SHOWN]
    )
    names = _names([row.seller_id for row in ranked]) if request.user.is_officer else {}
    context = {
        "rows": [
            {
                "rank": row,
                "n": f"{row.open:,}" if row.open <= _MOST else f"> {_MOST:,}",
                "name": names.get((row.operator_id, row.seller_id), ""),
            }
            for row in ranked
        ],
        "counted_at": ranked[0].counted_at if ranked else None,
    }
    return render(request, "desk/officer_inbox_sellers.html", context)


@require_safe
def seller_page(request: HttpRequest) -> HttpResponse:
    """Everything of one seller: findings on every platform under its number or name, and its items in cases."""
    number, operator = request.GET.get("id", "")[:200], request.GET.get("operator", "")
    same = _same(number, operator)
    found = Finding.objects.filter(same).select_related("operator")
    if not number or not found.exists():
        raise Http404
    kinds = found.values_list("platform", "measure", "state").order_by()[:_COUNTED]
    counted = Counter(kinds)
    officer = request.user.is_officer
    items = items_for(request.user).filter(seller__in=_sellers(number, operator)).select_related("case")
    context = {
        "number": number,
        "names": sorted({seller.name for seller in _sellers(number, operator) if seller.name})
        if officer
        else [],
        "counted": [
            {"platform": platform, "matter": matter(measure), "state": said(FINDING_STATES[state]), "n": n}
            for (platform, measure, state), n in sorted(counted.items())
        ],
        "more": sum(counted.values()) >= _COUNTED,
        "rows": rows(list(found.order_by("-severity", "-score", "id")[:_SHOWN]), request.user),
        "items": _items(items),
        "cases": cases_for(request.user).filter(items__in=items).distinct().count(),
        "may_decide": False,
    }
    return render(request, "desk/officer_inbox_seller.html", context)


def _same(number: str, operator: str) -> Q:
    """Findings under this number anywhere, and under other numbers of a seller with the same name."""
    same = Q(seller_id=number)
    for seller in _sellers(number, operator):
        if seller.name:
            for twin in Seller.objects.filter(name=seller.name).exclude(pk=seller.pk)[:20]:
                same |= Q(seller_id=twin.seller_id, operator_id=twin.operator_id)
    return same


def _sellers(number: str, operator: str) -> QuerySet[Seller]:
    found = Seller.objects.filter(seller_id=number)
    return found.filter(operator__key=operator) if operator else found


def _names(numbers: list[str]) -> dict[tuple[int, str], str]:
    rows_of = Seller.objects.filter(seller_id__in=numbers).values_list("operator_id", "seller_id", "name")
    return {(operator, number): name for operator, number, name in rows_of}


def _items(items: QuerySet[CaseItem]) -> list[CaseItem]:
    return list(items.order_by("-pk")[:_SHOWN])
