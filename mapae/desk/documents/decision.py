"""Drafts the letter that tells the decision on an objection, from the decision itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions.draft import draft
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document
from mapae.desk.documents.wording import LANGUAGES, wording
from mapae.workflow import ObjectionKind

if TYPE_CHECKING:
    from mapae.desk.answers.models import ObjectionDecision

__all__ = ["draft_decision"]


def draft_decision(user: User, case: Case, decision: ObjectionDecision, kind: ObjectionKind) -> Document:
    """A draft in the language of the letter objected to. Another person approves it before it is served."""
    before = decision.reply.document
    sentences = wording(kind.letter)["verdicts"][decision.verdict]
    language = before.language if before.language in LANGUAGES else "ko"
    return draft(
        user,
        case,
        kind=kind.letter,
        items=list(decision.items.all()),
        language=language,
        about=before.number,
        request=sentences["ko"],
        facts=decision.reasons,
        decision=decision.pk,
        translated={"request": sentences[language]} if language != "ko" else {},
    )  # fmt: skip
