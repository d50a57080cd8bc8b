"""Object to a letter as a whole: by the agent, or by word or letter to an officer; the body then has its period to decide."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.answers.models import Reply
from mapae.desk.answers.objections import may_object
from mapae.desk.answers.replies import keep_objection
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document

__all__ = ["object_to"]


@action("object")
def object_to(user: User, case: Case | None, *, document: Document, reply: dict[str, Any]) -> Reply:
    """reply: text (reasons, and what is wished for) and files. A closed case is taken up again, since it is not over."""
    assert case is not None
    found = Document.objects.select_for_update().get(pk=document.pk, case=case)
    if not may_object(found):
        raise Refused(_("An objection to this letter cannot be raised now."), where=found.code, mend="")
    made = keep_objection(user, found, reply)
    if case.state == "closed":
        case.state, case.closed_at, case.outcome = "answered", None, ""
        case.save(update_fields=["state", "closed_at", "outcome"])
        log(case, "taken_up_by_objection", user, ref=document.code)
    log(case, "objection_received", user, ref=document.code, reply=made.pk)
    return made
