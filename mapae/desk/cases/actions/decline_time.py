"""Decline the time that was asked for; the clock has run on meanwhile and simply goes on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.answers.tidings import tell_of_time
from mapae.desk.answers.times import settle_time
from mapae.desk.cases.actions._action import Refused, action
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document

__all__ = ["decline_time"]


@action("decline_time")
def decline_time(user: User, case: Case | None, *, document: Document, reason: str) -> None:
    """Every item of the document for which time was asked is asked about as before; the reason is told to the agent."""
    assert case is not None
    if not reason.strip():
        raise Refused(_("Say why, in words the person can follow."), where=document.code, mend="")
    items = settle_time(user, case, document.code, "time_declined", reason=reason.strip()[:300])
    if not items:
        raise Refused(_("Nobody asks for time."), where=document.code, mend="")
    tell_of_time(case, document, items, granted=False, reason=reason.strip()[:300])
