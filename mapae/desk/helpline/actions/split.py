"""Split a joined complaint off again: it is about something else."""

from __future__ import annotations

from typing import Any

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint

__all__ = ["split"]


@act("split")
def split(complaint: Complaint, actor: Any) -> None:
    """It goes on alone."""
    complaint.duplicate_of = None
    complaint.save(update_fields=["duplicate_of"])
    say(complaint, "split", actor)
