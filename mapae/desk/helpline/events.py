"""Writes down what happens to a complaint: one place for events, states and their audit entries."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.helpline.models import Complaint, ComplaintEvent

__all__ = ["locked", "log", "move"]


def locked(complaint: Complaint) -> Complaint:
    """The complaint's row, held until the caller's transaction ends."""
    return Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)


def log(
    complaint: Complaint,
    kind: str,
    user: User | None,
    /,
    *,
    role: str = "consumer",
    ref: str = "",
    told: str = "",
    **data: Any,
) -> ComplaintEvent:
    """Append an event to the complaint (which the caller has locked) and to the audit log.

    role: consumer, agent, officer or desk; told: words of a person, sealed; data: codes and days only.
    """
    last = complaint.events.aggregate(last=Max("seq"))["last"] or 0
    made = ComplaintEvent.objects.create(
        complaint=complaint,
        seq=last + 1,
        kind=kind,
        at=clock.now(),
        actor=user,
        ref=ref,
        data=data,
        told=told,
    )
    record(user or role, "complaint_event", f"complaint:{complaint.pk}", event=kind, **data)
    return made


def move(complaint: Complaint, state: str, outcome: str = "") -> None:
    """Put the complaint in that state; a closed one keeps when and with what."""
    complaint.state = state
    if state == "closed":
        complaint.closed_at, complaint.outcome = clock.now(), outcome or complaint.outcome
    complaint.save(update_fields=["state", "closed_at", "outcome"])
