"""Escalate: propose the next stronger step to those who approve."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case
from mapae.desk.law import book
from mapae.workflow.force import document_kinds

__all__ = ["escalate"]


@action("escalate")
def escalate(user: User, case: Case, *, to: str, reason: str) -> None:
    """Note which kind of document is proposed and why. It issues nothing: drafting and approval do.

    A declined guidance or agreement request is no ground: what is voluntary brings no disadvantage (APA 48).
    """
    if to not in document_kinds(book()):
        raise Refused(_("There is no such kind of document."), where=to)
    if not reason.strip():
        raise Refused(_("Give the reason."), where=case.number)
    log(case, "escalated", user, to=to, reason=reason.strip()[:1000])
