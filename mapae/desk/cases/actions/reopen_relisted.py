"""Reopen a case because what was taken down is for sale again; the desk itself does it when it sees so."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case, CaseItem, ItemCheck
from mapae.desk.verification.looks import Look
from mapae.desk.verification.relist import Relisting, write_down
from mapae.workflow import item_after

__all__ = ["reopen_relisted"]


@action("reopen_relisted")
def reopen_relisted(
    user: User | None, case: Case | None, *, relistings: Sequence[Relisting] = (), looks: Sequence[Look] = ()
) -> list[CaseItem]:
    """relistings: the same goods under another id, seller or platform. looks: goods seen again at their own address."""
    assert case is not None
    made = [write_down(user, case, found) for found in relistings]
    back = [item for look in looks if (item := _back(user, case, look)) is not None]
    if not made and not back:
        raise Refused(_("Nothing was found for sale again."), where=case.number, mend="")
    case.closed_at, case.outcome = None, ""
    case.save(update_fields=["closed_at", "outcome"])
    log(case, "reopened", user, relisted=len(made) + len(back))
    return [*made, *back]


def _back(user: User | None, case: Case, look: Look) -> CaseItem | None:
    item = CaseItem.objects.select_for_update().filter(pk=look.item, case=case).first()
    after = item_after(item.state, "relisted") if item is not None else None
    if item is None or after is None:
        return None
    ItemCheck.objects.create(
        item=item,
        verdict=look.verdict,
        how=look.how,
        detail=look.detail[:300],
        evidence=look.evidence,
        at=clock.now(),
    )
    item.state, item.removed_at = after, None
    item.save(update_fields=["state", "removed_at"])
    log(case, "relisted", user, item=item, how=look.how)
    return item
