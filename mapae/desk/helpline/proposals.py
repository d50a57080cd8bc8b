"""Which sides have accepted the content of a mediation."""

from __future__ import annotations

from mapae.desk.helpline.models import Complaint

__all__ = ["PARTIES", "accepted_by"]

PARTIES = ("consumer", "operator")


def accepted_by(complaint: Complaint) -> set[str]:
    """The sides that have accepted the newest proposal."""
    told = complaint.events.filter(kind="proposal_told").last()
    own = complaint.events.filter(kind="proposal_accepted", seq__gt=told.seq if told else 0)
    return {event.data["party"] for event in own}
