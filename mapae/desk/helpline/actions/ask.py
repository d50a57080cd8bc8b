"""The agent asks the consumer something; the agent's own periods go on."""

from __future__ import annotations

from typing import Any

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.actions.answer import kept
from mapae.desk.helpline.models import Complaint

__all__ = ["ask"]


@act("ask")
def ask(complaint: Complaint, actor: Any, *, text: str) -> None:
    """text: the question."""
    kept(complaint, actor, "question", text)
    say(complaint, "asked", actor)
