"""The consumer declines the agent's answer."""

from __future__ import annotations

from typing import Any

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.actions.accept import judge
from mapae.desk.helpline.models import Complaint

__all__ = ["decline"]


@act("decline")
def decline(complaint: Complaint, actor: Any, *, text: str = "") -> None:
    """text: why; it may stay empty."""
    judge(complaint, "declined")
    say(complaint, "consumer_chose", actor, text, choice="declined")
