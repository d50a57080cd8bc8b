"""Write a note, for officers only."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import needed, say
from mapae.desk.helpline.models import Complaint

__all__ = ["note"]


@act("note")
def note(complaint: Complaint, actor: Any, *, text: str) -> None:
    """text: kept sealed."""
    say(complaint, "noted", actor, needed(text, _("Write the note.")))
