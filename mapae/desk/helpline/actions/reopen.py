"""Take a closed or referred complaint up again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import needed, say
from mapae.desk.helpline.models import Complaint

__all__ = ["reopen"]


@act("reopen")
def reopen(complaint: Complaint, actor: Any, *, reason: str) -> None:
    """reason: the consumer reads it."""
    words = needed(reason, _("Give a reason."))
    complaint.closed_at, complaint.outcome, complaint.body = None, "", None
    complaint.save(update_fields=["closed_at", "outcome", "body"])
    say(complaint, "reopened", actor, words)
