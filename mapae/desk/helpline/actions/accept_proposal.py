"""A party accepts the content of the mediation; with both it is as binding as a settlement in court (CON 67)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions._act import act, role_of
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.proposals import PARTIES, accepted_by

__all__ = ["accept_proposal", "unspoken"]


@act("accept_proposal")
def accept_proposal(complaint: Complaint, actor: Any, *, party: str = "") -> str:
    """party: for whom an officer writes it down; others speak for themselves."""
    own = unspoken(complaint, actor, party)
    say(complaint, "proposal_accepted", actor, party=own)
    if accepted_by(complaint) != set(PARTIES):
        return "proposed"
    say(complaint, "proposal_answered", actor, answer="accepted")
    complaint.outcome = "mediated"
    return "closed"


def unspoken(complaint: Complaint, actor: Any, party: str) -> str:
    """Whose word it is; Refused for a side that has accepted already."""
    own = _party_of(actor, party)
    if own in accepted_by(complaint):
        raise Refused(_("This side has accepted already."), where=own)
    return own


def _party_of(actor: Any, party: str) -> str:
    own = {"consumer": "consumer", "agent": "operator"}.get(role_of(actor), party)
    if own not in PARTIES:
        raise Refused(_("Say for which side."), where=party)
    return own
