"""Record looks at items: what a fetch, the next feed or an officer saw; when all that was asked is gone, clocks end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.follow import left_over as left_over_in
from mapae.desk.cases.models import Case, CaseItem, Evidence, ItemCheck
from mapae.desk.verification.asked import documents_of, left_over
from mapae.desk.verification.looks import Look
from mapae.workflow import item_after

__all__ = ["UNSEEN", "VERDICTS", "WAYS", "verify"]

VERDICTS = ("removed", "still_up", "changed", "unreachable", "refused_us", "differs")
UNSEEN = ("unreachable", "refused_us", "differs")
WAYS = ("fetch", "feed", "officer")


@action("verify")
def verify(
    user: User | None,
    case: Case | None,
    *,
    looks: Sequence[Look] = (),
    items: Iterable[CaseItem] = (),
    verdict: str = "",
    how: str = "officer",
    detail: str = "",
    evidence: Evidence | None = None,
) -> list[ItemCheck]:
    """looks: what was seen of each item. Or, for an officer's own look: items with one verdict, detail and evidence.

    A contested item stays contested unless it is gone. Items that are not asked about (withdrawn, restored) are left out.
    The case is verified only where nothing is left over (mapae.workflow.outcome).
    """
    assert case is not None
    own = [Look(item.pk, verdict, how, detail, evidence) for item in items]
    found = [check for look in (*looks, *own) if (check := _record(user, case, look)) is not None]
    if not found:
        raise Refused(_("There is no item here that can be checked."), where=case.number, mend="")
    for document in documents_of(case):
        ended = case.events.filter(kind="all_removed", ref=document.code).exists()
        if not ended and not left_over(document):
            log(case, "all_removed", user, ref=document.code)
    _tell_left(user, case)
    return found


def _tell_left(user: User | None, case: Case) -> None:
    """Say on the case how many are left over, each time that number is another one."""
    left = left_over_in(case).count()
    told = case.events.filter(kind="left_over").order_by("-seq").values_list("data", flat=True).first() or {}
    if left != told.get("n", 0):
        log(case, "left_over", user, n=left)


def _record(user: User | None, case: Case, look: Look) -> ItemCheck | None:
    if look.verdict not in VERDICTS or look.how not in WAYS:
        raise Refused(_("Say what was seen, and how."), where=case.number, mend="")
    item = CaseItem.objects.select_for_update().filter(pk=look.item, case=case).first()
    after = _after(item, look.verdict) if item is not None and item.state else None
    if item is None or after is None:
        return None
    now = clock.now()
    check = ItemCheck.objects.create(
        item=item,
        verdict=look.verdict,
        how=look.how,
        detail=look.detail[:300],
        evidence=look.evidence,
        at=now,
    )
    if look.evidence is not None:
        item.evidence.add(look.evidence)
    if item.state != after or item.checks.count() == 1:
        log(case, "checked", user, item=item, verdict=look.verdict, how=look.how, before=item.state)
    item.removed_at = (item.removed_at or now) if after == "removed" else None
    item.state = after
    item.save(update_fields=["state", "removed_at"])
    return check


def _after(item: CaseItem, verdict: str) -> str | None:
    """What was seen to be gone stays removed when a later look sees nothing at all."""
    after = item_after(item.state, "checked", verdict)
    return "removed" if item.state == "removed" and verdict in UNSEEN else after
