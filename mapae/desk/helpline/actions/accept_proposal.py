"""A party accepts the content of the mediation; with both it is as binding as a settlement in court (CON 67)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions._act import act, role_of
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint

__all__ = ["PARTIES", "accept_proposal", "accepted_by", "party_of"]

PARTIES = ("consumer", "operator")


@act("accept_proposal")
def accept_proposal(complaint: Complaint, actor: Any, *, party: str = "") -> str:
    """party: for whom an officer writes it down; others speak for themselves."""
    own = party_of(actor, party)
    before = accepted_by(complaint)
    if own in before:
        raise Refused(_("This side has accepted already."), where=own)
    say(complaint, "proposal_accepted", actor, party=own)
    if {*before, own} != set(PARTIES):
        return "proposed"
    say(complaint, "proposal_answered", actor, answer="accepted")
    complaint.outcome = "mediated"
    return "closed"


def party_of(actor: Any, party: str) -> str:
    """Whose word it is."""
    own = {"consumer": "consumer", "agent": "operator"}.get(role_of(actor), party)
    if own not in PARTIES:
        raise Refused(_("Say for which side."), where=party)
    return own


def accepted_by(complaint: Complaint) -> set[str]:
    """The sides that have accepted the newest proposal."""
    told = complaint.events.filter(kind="proposal_told").last()
    own = complaint.events.filter(kind="proposal_accepted", seq__gt=told.seq if told else 0)
    return {event.data["party"] for event in own}
