"""Takes a relisting into its case: reopened where it was verified or closed, joined where it is still at work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import run
from mapae.desk.cases.actions._action import log
from mapae.desk.cases.actions.join import join
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.findings.models import Finding
from mapae.desk.findings.subjects import record_of
from mapae.desk.parties.models import Seller
from mapae.desk.verification.looks import Look
from mapae.detect.relisting import Likeness
from mapae.workflow import item_after

__all__ = ["Relisting", "record_looks", "take_in", "write_down"]


@dataclass(frozen=True, slots=True)
class Relisting:
    """A finding that is the product of an item that was taken down."""

    item: CaseItem
    finding: Finding
    like: Likeness


def take_in(found: Relisting) -> Case:
    """Write the relisting into the item's case, as the desk itself; and into the live case of the other operator, where
    the goods are sold by another platform now. Returns the item's case."""
    case = Case.objects.get(pk=found.item.case_id)
    with transaction.atomic():
        if case.state in ("verified", "closed"):
            run("reopen_relisted", None, case, relistings=[found])
        else:
            locked = Case.objects.select_for_update().get(pk=case.pk)
            write_down(None, locked, found)
        if found.finding.operator_id not in (None, case.operator_id):
            _other(case, found)
    return case


def write_down(user: Any, case: Case, found: Relisting) -> CaseItem:
    """In the (locked) case: the old item is relisted, the new one stands beside it. Of another operator it stands as
    context only, without a state, since this case asks nothing of that operator."""
    own = found.finding.operator_id == case.operator_id
    fields = _fields(found, case if own else None)
    made = join(
        user,
        case,
        kind=found.finding.subject_kind,
        subject_id=found.finding.subject_id,
        finding=found.finding if own else None,
        state="found" if own else "",
        **fields,
    )
    old = CaseItem.objects.select_for_update().get(pk=found.item.pk)
    if after := item_after(old.state, "relisted"):
        old.state = after
        old.save(update_fields=["state"])
    why = [f"{reason.detail}: {reason.seen or reason.matched}"[:160] for reason in found.like.reasons]
    log(case, "relisted", user, item=made, old=old.pk, score=found.like.score, why=why)
    return made


def record_looks(user: User | None, case: Case, looks: Sequence[Look]) -> None:
    """Record looks by the verbs that fit. Where a case is verified or closed, goods that are shown again at their own
    address reopen it; on a closed case nothing else counts. Refused where none of the looks can be recorded."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        back = _back_again(case, looks)
        others = [look for look in looks if look not in back]
        if others and case.state != "closed":
            run("verify", user, case, looks=others)
        if back:
            run("reopen_relisted", None, case, looks=back)


def _back_again(case: Case, looks: Sequence[Look]) -> list[Look]:
    """Looks that saw for sale what was seen to be gone before, in a case that was done with."""
    if case.state not in ("verified", "closed"):
        return []
    gone = set(case.items.filter(state="removed").values_list("pk", flat=True))
    return [look for look in looks if look.verdict == "still_up" and look.item in gone]


def _other(case: Case, found: Relisting) -> None:
    """The live case of the other operator on the same matter, if it has one, gets the finding; else it waits in the inbox."""
    live = Case.objects.filter(operator_id=found.finding.operator_id, matter=case.matter).exclude(
        state="closed"
    )
    target = live.order_by("-opened_at").first()
    if target is not None:
        run(
            "join", None, target, kind=found.finding.subject_kind, subject_id=found.finding.subject_id,
            finding=found.finding, **_fields(found, target),
        )  # fmt: skip


def _fields(found: Relisting, case: Case | None) -> dict[str, Any]:
    finding = found.finding
    seller = None
    if case is not None and finding.seller_id:
        seller = Seller.objects.get_or_create(operator=case.operator, seller_id=finding.seller_id[:120])[0]
    return {
        "platform": finding.platform,
        "title": finding.subject_title,
        "url": finding.subject_url,
        "seller": seller,
        "snapshot": record_of(finding),
        "relisted_from": found.item,
    }
