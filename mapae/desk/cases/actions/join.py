"""Join something to the case: a finding's listing or advert, a complaint, a parcel, a recall, a seller."""

from __future__ import annotations

from typing import Any

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import action, log
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.findings.models import Finding

__all__ = ["TAKEDOWN_KINDS", "join"]

TAKEDOWN_KINDS = (
    "listing",
    "advert",
    "post",
)  # what can be asked to be taken down; the rest is evidence and context


@action("join")
def join(
    user: User | None,
    case: Case,
    *,
    kind: str,
    subject_id: str,
    finding: Finding | None = None,
    **fields: Any,
) -> CaseItem:
    """The item of that kind and id in the case; joining it twice changes nothing.

    fields: platform, title, url, seller, rung, snapshot. A finding that is joined is accepted and points to the case, which
    is no draft any more.
    """
    platform = fields.pop("platform", "") or (finding.platform if finding else "")
    item, made = CaseItem.objects.get_or_create(
        case=case,
        kind=kind,
        platform=platform,
        subject_id=subject_id,
        defaults={"state": "found" if kind in TAKEDOWN_KINDS else "", "finding": finding, **fields},
    )
    if made:
        log(case, "joined", user, item=item, ref=finding.reference_id[:40] if finding else "", kind=kind)
    if finding is not None:
        Finding.objects.filter(pk=finding.pk).update(case=case, state="accepted")
        case.severity, case.draft = max(case.severity, finding.severity), False
        case.save(update_fields=["severity", "draft"])
    return item
