"""Tell the consumer who is responsible and what their rights are."""

from __future__ import annotations

from typing import Any

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint

__all__ = ["advise"]


@act("advise")
def advise(complaint: Complaint, actor: Any, *, text: str = "") -> None:
    """The triage holds; text: what the officer adds."""
    say(complaint, "advised", actor, text, right=complaint.right)
