"""Reopen a case that was closed too early or by mistake; what was closed as lawful is no longer settled."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case
from mapae.desk.findings.settled import release

__all__ = ["reopen"]


@action("reopen")
def reopen(user: User, case: Case, *, reason: str) -> None:
    """The case stands again where its letters and items say: asked, answered or still open."""
    if not reason.strip():
        raise Refused(_("Give the reason."), where=case.number)
    lawful = case.outcome == "lawful"
    served = case.documents.filter(served_at__isnull=False).exclude(state="withdrawn")
    answered = case.events.filter(kind__in=("answered", "report_received", "answer_received")).exists()
    case.state = ("answered" if answered else "asked") if served.exists() else "open"
    case.closed_at, case.outcome = None, ""
    case.save(update_fields=["state", "closed_at", "outcome"])
    if lawful:
        _unsettle(case)
    log(case, "reopened_by_hand", user, reason=reason.strip()[:300])


def _unsettle(case: Case) -> None:
    """Findings of the case count as accepted again; others on the same evidence wait to be looked at."""
    keys = set(case.findings.values_list("evidence_key", flat=True))
    case.findings.filter(state="settled").update(state="accepted")
    for key in keys:
        release(key)
