"""Close a complaint with its outcome, which its consumer and those joined to it are told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions._act import act, run
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint
from mapae.desk.law import book
from mapae.workflow.complaints import complaint_outcomes

__all__ = ["close", "tell_joined"]

FROM_ABOVE = ("mediated", "mediation_failed")  # what a joined complaint may get from the one it follows


@act("close")
def close(complaint: Complaint, actor: Any, *, outcome: str, text: str = "") -> None:
    """outcome: a key of the pack's; the desk passes on those that follow from law."""
    allowed = {*complaint_outcomes(book(), chosen=True), *(FROM_ABOVE if actor is None else ())}
    if outcome not in allowed:
        raise Refused(_("Choose the outcome."), where=outcome[:40])
    complaint.outcome = outcome
    say(complaint, "closed", actor, text, outcome=outcome)


def tell_joined(complaint: Complaint) -> None:
    """Close what was joined to a complaint that has just ended, with the same outcome: each consumer is told."""
    outcome = complaint.outcome if complaint.outcome in complaint_outcomes(book()) else "not_settled"
    if outcome == "taken_back":
        for each in complaint.duplicates.filter(state="merged"):
            run("split", "consumer", each)  # what one consumer takes back is not over for the others
        return
    for each in complaint.duplicates.filter(state="merged"):
        run("close", None, each, outcome=outcome)
