"""Record that consumer and business agreed in the redress case or during mediation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import needed, say
from mapae.desk.helpline.models import Complaint

__all__ = ["record_agreement"]


@act("record_agreement")
def record_agreement(complaint: Complaint, actor: Any, *, text: str, performs_by: date | None = None) -> None:
    """text: what was agreed; performs_by: until when the business performs."""
    words = needed(text, _("Say what was agreed."))
    ended = "redress_ended" if complaint.state == "redress" else "mediation_ended"
    data = {"performs_by": performs_by.isoformat()} if performs_by else {}
    say(complaint, ended, actor, words, ended="agreement", **data)
