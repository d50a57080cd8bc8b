"""Take up a draft again that was withdrawn, while it had no number yet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document

__all__ = ["take_up_draft"]


@action("take_up_draft")
def take_up_draft(user: User, case: Case | None, *, document: Document) -> Document:
    """By its drafter. It is a draft as before; approvals given then no longer count."""
    assert case is not None
    found = Document.objects.select_for_update().get(pk=document.pk, case=case)
    if found.drafter_id != user.pk:
        raise Refused(_("Only its drafter changes a draft."), where=found.code, mend="")
    if found.state != "withdrawn" or found.number:
        raise Refused(
            _("What had its number already is not taken up again; draft anew."), where=found.code, mend=""
        )
    found.state = "draft"
    found.save(update_fields=["state"])
    found.approval_set.all().delete()
    log(case, "draft_taken_up", user, ref=found.code)
    return found
