"""Record that goods taken down wrongly are on sale again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case, CaseItem, Evidence, ItemCheck
from mapae.workflow import item_after

__all__ = ["verify_restored"]


@action("verify_restored")
def verify_restored(
    user: User | None,
    case: Case | None,
    *,
    item: CaseItem,
    evidence: Evidence | None = None,
    how: str = "officer",
    detail: str = "",
) -> None:
    """The item was seen again; evidence: the page, where it was kept. how: officer, fetch or feed."""
    assert case is not None
    found = CaseItem.objects.select_for_update().get(pk=item.pk, case=case)
    after = item_after(found.state, "restored")
    if after is None:
        raise Refused(_("Nobody was asked to restore this."), where=found.subject_id, mend="")
    ItemCheck.objects.create(
        item=found,
        verdict="restored",
        how=how,
        detail=detail.strip()[:300],
        evidence=evidence,
        at=clock.now(),
    )
    found.state = after
    found.save(update_fields=["state"])
    log(case, "restored", user, item=found, how=how)
