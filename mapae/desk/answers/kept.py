"""Keeps an answer that is submitted, and clears its draft."""

from __future__ import annotations

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.answer import Answer, faults
from mapae.desk.answers.models import DraftAnswer, ItemAnswer
from mapae.desk.cases.actions import Refused
from mapae.desk.documents.models import Document

__all__ = ["keep_answer"]


def keep_answer(user: User, answer: Answer, document: Document) -> ItemAnswer:
    """The answer's row; Refused with all that is wrong with it."""
    now = clock.now()
    if wrong := faults(answer, now):
        raise Refused(" ".join(wrong), where=answer.item.title or answer.item.subject_id, mend="")
    made = ItemAnswer.objects.create(
        item=answer.item, firm=user.firm, ref=document.code, by=user, at=now, kind=answer.kind,
        removed_at=answer.removed_at, ground=answer.ground, text=answer.text, until=answer.until,
    )  # fmt: skip
    made.attach(answer.files)
    DraftAnswer.objects.filter(item=answer.item).delete()
    return made
