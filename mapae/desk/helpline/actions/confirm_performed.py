"""The consumer confirms that the business did what it promised."""

from __future__ import annotations

from typing import Any

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint

__all__ = ["confirm_performed"]


@act("confirm_performed")
def confirm_performed(complaint: Complaint, actor: Any) -> None:
    """The complaint is settled."""
    complaint.outcome = "settled"
    say(complaint, "performed", actor)
