"""A party declines the content of the mediation: it has failed, and the way to court is open."""

from __future__ import annotations

from typing import Any

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.actions.accept_proposal import unspoken
from mapae.desk.helpline.models import Complaint

__all__ = ["decline_proposal"]


@act("decline_proposal")
def decline_proposal(complaint: Complaint, actor: Any, *, party: str = "", text: str = "") -> None:
    """party: for whom an officer writes it down; Refused for a side that has accepted."""
    own = unspoken(complaint, actor, party)
    say(complaint, "proposal_declined", actor, text, party=own)
    say(complaint, "proposal_answered", actor, answer="declined")
    complaint.outcome = "mediation_failed"
