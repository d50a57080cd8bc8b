"""The consumer says that the business did not do what it promised."""

from __future__ import annotations

from typing import Any

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint

__all__ = ["not_performed"]


@act("not_performed")
def not_performed(complaint: Complaint, actor: Any, *, text: str = "") -> None:
    """text: what is missing."""
    say(complaint, "not_performed", actor, text)
