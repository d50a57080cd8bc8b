"""Send a draft back to its drafter, with the reason."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.actions.approve import waiting_for
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document

__all__ = ["send_back"]


@action("send_back")
def send_back(user: User, case: Case | None, *, document: Document, reason: str) -> Document:
    """The draft goes back; approvals given so far no longer count."""
    assert case is not None
    found = waiting_for(user, case, document)
    if not reason.strip():
        raise Refused(_("Say why it is sent back."), where=found.code, mend="")
    found.state, found.returned_because = "returned", reason.strip()
    found.save(update_fields=["state", "returned_because"])
    found.approval_set.all().delete()
    log(case, "sent_back", user, ref=found.code)
    return found
