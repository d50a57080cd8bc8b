"""The consumer takes the complaint back; what was agreed to be shared is withdrawn with it."""

from __future__ import annotations

from typing import Any

from mapae.desk import clock
from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint

__all__ = ["take_back"]


@act("take_back")
def take_back(complaint: Complaint, actor: Any) -> None:
    """Nothing more is done with it."""
    complaint.shares.filter(agreed_at__isnull=False, withdrawn_at=None).update(withdrawn_at=clock.now())
    complaint.outcome = "taken_back"
    say(complaint, "taken_back", actor)
