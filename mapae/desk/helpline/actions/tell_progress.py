"""The agent tells how it stands, due within three business days (ECD 25-2)."""

from __future__ import annotations

from typing import Any

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.actions.answer import kept
from mapae.desk.helpline.models import Complaint

__all__ = ["tell_progress"]


@act("tell_progress")
def tell_progress(complaint: Complaint, actor: Any, *, text: str) -> None:
    """text: for the consumer."""
    kept(complaint, actor, "progress", text)
    say(complaint, "progress_told", actor)
