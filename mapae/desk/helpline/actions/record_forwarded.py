"""Record that the network passed the redress application on; redress runs from that day."""

from __future__ import annotations

from datetime import date
from typing import Any

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import day, say
from mapae.desk.helpline.models import Complaint

__all__ = ["record_forwarded"]


@act("record_forwarded")
def record_forwarded(complaint: Complaint, actor: Any, *, on: date | None = None) -> None:
    """on: the day it reached the mediation body; today where none is given."""
    sent = complaint.events.filter(kind="sent_to_network").last()
    when = day(on, since=sent.on if sent else None).isoformat()
    say(complaint, "forwarded", actor, on=when)
    say(complaint, "redress_applied", actor, on=when)
