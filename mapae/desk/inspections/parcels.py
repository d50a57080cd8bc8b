"""Whose parcel it is: cases of the seller that sent it, found by number or name; equal keys join it without a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import run
from mapae.desk.cases.actions._action import log
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.findings.models import Finding
from mapae.desk.findings.subjects import record_of, snapshot
from mapae.desk.parties.models import Seller
from mapae.text.names.aliases import name_key

__all__ = ["KIND", "Match", "join_known", "leave", "matches", "why"]

KIND = "consignment"  # of the findings that are about parcels
_MOST = 10
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Match:
    """A live case of the parcel's sender. by: number, name, or both; item: a thing of the seller's in the case."""

    case: Case
    item: CaseItem
    by: str


def matches(finding: Finding, facts: dict[str, Any] | None = None) -> list[Match]:
    """Live cases with something of the same seller, newest first, those by number before those by name.

    A seller is the same by its number; by its name (case and spaces aside) where the parcel tells one.
    """
    if finding.subject_kind != KIND:
        return []
    told = str((record_of(finding) if facts is None else facts).get("seller") or "").strip()
    same = Q(seller_id=finding.seller_id) if finding.seller_id else Q(pk__in=())
    if told:
        same |= Q(name__iexact=told)
    sellers = {seller.pk: seller for seller in Seller.objects.filter(same)[:100]}
    items = CaseItem.objects.filter(seller__in=sellers).exclude(kind="parcel").exclude(case__state="closed")
    found: dict[int, Match] = {}
    for item in items.select_related("case__operator", "seller").order_by("-case_id", "pk")[:500]:
        by = _by(finding, told, sellers[item.seller_id])
        if item.case_id not in found or len(by) < len(found[item.case_id].by):
            found[item.case_id] = Match(item.case, item, by)
    return sorted(found.values(), key=lambda match: match.by == "name")[:_MOST]


def why(match: Match) -> str:
    """The reason of a match as a sentence."""
    said = {
        "both": _("same sender number and name as %(item)s"),
        "number": _("same sender number as %(item)s"),
        "name": _("same sender name as %(item)s; the numbers differ or are not known"),
    }
    return said[match.by] % {"item": match.item.title or match.item.subject_id}


def join_known(seller_ids: Iterable[str] | None = None) -> int:
    """Join undecided parcels to the one live case of the seller with their sender's number; how many were joined.

    seller_ids: of these sellers, else of all that live cases are about. Only where the numbers are equal, the names do not
    speak against it, and no second case fits; the findings stay for an officer to decide.
    """
    sellers = Seller.objects.filter(items__case__in=Case.objects.exclude(state="closed"))
    if seller_ids is not None:
        sellers = sellers.filter(seller_id__in=[number for number in seller_ids if number])
    numbers = list(sellers.order_by("seller_id").values_list("seller_id", flat=True).distinct())
    joined = 0
    for at in range(0, len(numbers), _AT_ONCE):
        waiting = Finding.objects.filter(
            seller_id__in=numbers[at : at + _AT_ONCE], state="new", shadow=False, subject_kind=KIND
        ).exclude(items__kind="parcel")
        joined += sum(_joined(finding) for finding in list(waiting.order_by("pk")))
    return joined


def leave(user: User, findings: Sequence[Finding]) -> None:
    """Take parcels that were joined without a person out of their cases, since their findings were rejected."""
    items = CaseItem.objects.filter(finding__in=[each.pk for each in findings], kind="parcel").exclude(
        state="withdrawn"
    )
    for item in items.select_related("case"):
        CaseItem.objects.filter(pk=item.pk).update(state="withdrawn")
        log(item.case, "left", user, item=item)


def _by(finding: Finding, told: str, seller: Seller) -> str:
    number = bool(finding.seller_id) and seller.seller_id == finding.seller_id
    if not number:
        return "name"
    return "both" if told and name_key(told) == name_key(seller.name) else "number"


def _joined(finding: Finding) -> bool:
    """Whether this one was joined now."""
    facts = record_of(finding)
    found = [match for match in matches(finding, facts) if match.by != "name" and not match.case.held]
    told = str(facts.get("seller") or "").strip()
    if len(found) != 1 or (found[0].by == "number" and told and found[0].item.seller.name):
        return False
    match = found[0]
    with transaction.atomic():
        item = run(
            "join", None, match.case, kind="parcel", subject_id=finding.subject_id, title=finding.subject_title,
            seller=match.item.seller, rung="seen", snapshot=snapshot(facts),
        )  # fmt: skip
        CaseItem.objects.filter(pk=item.pk).update(finding=finding)
    return True
