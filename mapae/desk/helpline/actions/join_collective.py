"""Take a complaint into a collective of consumers with the same harm."""

from __future__ import annotations

from typing import Any

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Collective, Complaint

__all__ = ["join_collective"]


@act("join_collective")
def join_collective(complaint: Complaint, actor: Any, *, collective: Collective) -> None:
    """From now the collective's course is the complaint's."""
    complaint.collective = collective
    complaint.save(update_fields=["collective"])
    say(complaint, "collective_joined", actor, collective=collective.number)
