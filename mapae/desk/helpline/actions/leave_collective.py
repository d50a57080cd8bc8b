"""Leave a collective and go on alone."""

from __future__ import annotations

from typing import Any

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint

__all__ = ["leave_collective"]


@act("leave_collective")
def leave_collective(complaint: Complaint, actor: Any) -> None:
    """Redress and mediation are open to it again."""
    left = complaint.collective
    complaint.collective = None
    complaint.save(update_fields=["collective"])
    say(complaint, "collective_left", actor, collective=left.number if left else "")
