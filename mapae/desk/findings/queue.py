"""Queues of the inbox: filters as the address gives them, pages by place (never by number), counts beside each filter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from mapae.desk.findings.models import FINDING_STATES, Finding
from mapae.desk.findings.tallies import counts
from mapae.desk.parties.models import Operator

__all__ = ["PAGE", "Filters", "Page", "facets", "page"]

PAGE = 25


@dataclass(frozen=True, slots=True)
class Filters:
    """What a queue shows. operator: its key, `none` for findings whose platform is nobody's; trial: findings of checks on
    trial instead of the others; after: the place behind which the page begins, `severity:score:number`."""

    state: str = "new"
    measure: str = ""
    severity: str = ""
    operator: str = ""
    seller: str = ""
    check: str = ""
    shadow: str = ""
    after: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Filters:
        """Filters of an address; what makes no sense is left out."""
        given = {item.name: str(query.get(item.name, ""))[:200] for item in fields(cls)}
        given["state"] = given["state"] if given["state"] in FINDING_STATES else "new"
        given["severity"] = given["severity"] if given["severity"] in "01234" else ""
        given["shadow"] = "1" if given["shadow"] == "1" else ""
        return cls(**given)

    def address(self, **changes: str) -> str:
        """The query string of these filters with some changed; a changed filter begins at the first page."""
        values = replace(self, **{"after": "", **changes})
        pairs = [(item.name, getattr(values, item.name)) for item in fields(values)]
        return urlencode(
            [(name, value) for name, value in pairs if value and (name, value) != ("state", "new")]
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Findings of a page in order, and where the next one begins (empty: this is the last)."""

    rows: tuple[Finding, ...]
    after: str


def page(filters: Filters, size: int = PAGE) -> Page:
    """One page: the gravest first, then by score. Each part of the way behind `after` is one range of an index."""
    found: list[Finding] = []
    base = _chosen(filters).select_related("operator").order_by("-severity", "-score", "id")
    for part in _behind(filters.after):
        found += base.filter(part)[: size + 1 - len(found)]
        if len(found) > size:
            break
    rows = tuple(found[:size])
    last = rows[-1] if len(found) > size else None
    return Page(rows, f"{last.severity}:{last.score!r}:{last.pk}" if last else "")


def facets(filters: Filters) -> dict[str, dict[Any, int]]:
    """Counts beside each filter, under the other filters. Sellers and checks are not counted apart."""
    own = {"state": filters.state, "shadow": bool(filters.shadow)}
    if filters.measure:
        own["measure"] = filters.measure
    if filters.severity:
        own["severity"] = int(filters.severity)
    if filters.operator:
        own["operator"] = _operator(filters.operator) or 0
    return {
        by: counts(by, **{key: value for key, value in own.items() if key != by})
        for by in ("state", "measure", "severity", "operator", "shadow")
    }


def _chosen(filters: Filters) -> QuerySet[Finding]:
    found = Finding.objects.filter(state=filters.state, shadow=bool(filters.shadow))
    if filters.measure:
        found = found.filter(measure=filters.measure)
    if filters.severity:
        found = found.filter(severity=int(filters.severity))
    if filters.operator:
        number = _operator(filters.operator)
        found = found.filter(operator_id=number) if number else found.filter(operator__isnull=True)
    if filters.seller:
        found = found.filter(seller_id=filters.seller)
    return found.filter(check_key=filters.check) if filters.check else found


def _operator(key: str) -> int | None:
    if key == "none":
        return None
    return Operator.objects.filter(key=key).values_list("pk", flat=True).first() or -1


def _behind(after: str) -> list[Q]:
    try:
        severity, score, number = after.split(":")
        place = int(severity), float(score), int(number)
    except ValueError:
        return [Q()]
    return [
        Q(severity=place[0], score=place[1], id__gt=place[2]),
        Q(severity=place[0], score__lt=place[1]),
        Q(severity__lt=place[0]),
    ]
