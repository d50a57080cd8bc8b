"""The consumer replies to the agent's question."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import needed, say
from mapae.desk.helpline.models import Complaint

__all__ = ["reply"]


@act("reply")
def reply(complaint: Complaint, actor: Any, *, text: str) -> str:
    """text: for the agent. The complaint goes back to where it was when the question came."""
    words = needed(text, _("Write your reply."))
    question = complaint.answers.filter(kind="question").last()
    if question is not None:
        question.reply = words
        question.save(update_fields=["reply"])
    say(complaint, "replied", actor, words)
    handed = complaint.events.filter(kind="complaint_handed_over").last()
    told = complaint.events.filter(kind="progress_told", seq__gt=handed.seq if handed else 0)
    return "progress" if told.exists() else "handed_over"
