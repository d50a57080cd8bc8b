"""Ask the operator to put back what was taken down wrongly."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.answers.withdrawal import was_down
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case, CaseItem
from mapae.workflow import item_after

__all__ = ["request_restoration"]


@action("request_restoration")
def request_restoration(user: User, case: Case | None, *, item: CaseItem) -> None:
    """Refused unless the notice was withdrawn and the goods were taken down because of it."""
    assert case is not None
    found = CaseItem.objects.select_for_update().get(pk=item.pk, case=case)
    after = item_after(found.state, "restoration_requested")
    if after is None:
        raise Refused(_("Withdraw the notice first."), where=found.subject_id, mend="")
    if not was_down(found):
        raise Refused(
            _("It was never taken down; there is nothing to restore."), where=found.subject_id, mend=""
        )
    found.state = after
    found.save(update_fields=["state"])
    log(case, "restoration_requested", user, item=found)
