"""Withdraw a document that has not gone out yet."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document

__all__ = ["withdraw_draft"]


@action("withdraw_draft")
def withdraw_draft(user: User, case: Case | None, *, document: Document) -> Document:
    """By its drafter, or by a person of the same body who approves; what was sent is not withdrawn here."""
    assert case is not None
    found = Document.objects.select_for_update().get(pk=document.pk, case=case)
    if found.drafter_id != user.pk and not (user.approves and found.body_id == user.body_id):
        raise Refused(_("Only its drafter or an approver withdraws it."), where=found.code, mend="")
    if found.state not in ("draft", "returned", "approved"):
        raise Refused(
            _("What has been sent is not withdrawn here; withdraw the notice instead."),
            where=found.code,
            mend="",
        )
    found.state = "withdrawn"
    found.save(update_fields=["state"])
    log(case, "document_withdrawn", user, ref=found.code)
    return found
