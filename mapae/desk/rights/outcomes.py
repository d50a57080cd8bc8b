"""What became of each claim, as its holder may know it: read, accepted, asked for, gone, put back, or not and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, QuerySet, Subquery

from mapae.desk.cases.models import CaseItem
from mapae.desk.findings.models import REASONS, Decision, Finding
from mapae.desk.rights.models import Claim, RightsHolder
from mapae.desk.rights.words import OUTCOMES

__all__ = ["Row", "counted", "rows"]

_ITEMS = {
    "": "accepted", "found": "accepted", "removed": "gone", "relisted": "back", "withdrawn": "put_back",
    "restoring": "put_back", "restored": "put_back",
}  # fmt: skip
_VERDICTS = {"new": "reviewing", "rejected": "rejected", "merged": "merged", "settled": "lawful"}


class Row(NamedTuple):
    """A claim with the key of what became of it, its title by language, and, where it was not accepted, why."""

    claim: Claim
    key: str
    title: dict[str, str]
    why: dict[str, str]


def counted(holder: RightsHolder) -> list[tuple[str, dict[str, str], int]]:
    """(key, title, how many) of all claims of the holder, in the order in which they go; none that has none."""
    found: Counter[str] = Counter()
    grouped = _with_ends(holder.claims.order_by()).values_list("state", "verdict", "item")
    for state, verdict, item, n in grouped.annotate(n=Count("pk")):
        found[_key(state, verdict, item)] += n
    return [(key, title, found[key]) for key, title in OUTCOMES.items() if found[key]]


def rows(holder: RightsHolder, most: int | None = None) -> Iterator[Row]:
    """The claims, the newest file first, at most `most`."""
    found = _with_ends(holder.claims.select_related("batch", "right").order_by("-batch", "line"))
    for claim in found[:most] if most else found.iterator(chunk_size=2000):
        key = _key(claim.state, claim.verdict, claim.item)
        yield Row(claim, key, OUTCOMES[key], REASONS.get(claim.why or "", {}) if key == "rejected" else {})


def _with_ends(claims: QuerySet[Claim]) -> Any:
    """Claims with the verdict on their finding, the reason of a rejection that stands, and the state of the case's item."""
    finding = Finding.objects.filter(finding_id=OuterRef("finding_id"))
    rejected = Decision.objects.filter(
        finding__finding_id=OuterRef("finding_id"), verdict="rejected", undone_at__isnull=True
    )
    items = CaseItem.objects.filter(
        case__findings__finding_id=OuterRef("finding_id"), subject_id=OuterRef("listing_id")
    )
    return claims.annotate(
        verdict=Subquery(finding.values("state")[:1]),
        why=Subquery(rejected.order_by("-pk").values("reason")[:1]),
        item=Subquery(items.values("state")[:1]),
    )


def _key(state: str, verdict: str | None, item: str | None) -> str:
    if state != "sent":
        return state
    return _VERDICTS.get(verdict or "new") or _ITEMS.get(item or "", "asked")
