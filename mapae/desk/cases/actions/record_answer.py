"""Record what the operator says: items taken down, or a reply to a document as a whole, which may stop its clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.answer import Answer
from mapae.desk.answers.asked import log_if_all_answered, require_asked
from mapae.desk.answers.kept import keep_answer
from mapae.desk.answers.models import Reply
from mapae.desk.answers.replies import keep_reply
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.models import Document
from mapae.workflow import item_after

__all__ = ["record_answer"]


@action("record_answer")
def record_answer(
    user: User,
    case: Case | None,
    *,
    answers: Sequence[Answer] = (),
    document: Document | None = None,
    reply: dict[str, Any] | None = None,
) -> Reply | None:
    """answers: items said to be removed (kind `removed`), all or none taken. document, reply: a reply to the document.

    A contested item stays contested until that is decided, whatever is said of it; what was said is kept.
    """
    assert case is not None
    if not answers and (document is None or reply is None):
        raise Refused(_("There is nothing to submit."), where=case.number, mend="")
    asking = [_removed(user, case, answer) for answer in answers]
    log_if_all_answered(case, user, asking)
    return keep_reply(user, case, document, reply) if document is not None and reply is not None else None


def _removed(user: User, case: Case, answer: Answer) -> Document:
    document = require_asked(user, case, answer.item)
    item = CaseItem.objects.select_for_update().get(pk=answer.item.pk)
    after = item_after(item.state, "claimed_removed")
    if answer.kind != "removed" or after is None:
        raise Refused(_("This item does not wait for an answer."), where=item.subject_id, mend="")
    keep_answer(user, answer, document)
    item.said_removed_at = answer.removed_at
    item.state = "contested" if item.contests.filter(verdict="").exists() else after
    item.save(update_fields=["said_removed_at", "state"])
    log(case, "claimed_removed", user, item=item, ref=document.code, at=_iso(answer))
    return document


def _iso(answer: Answer) -> str:
    assert answer.removed_at is not None
    return answer.removed_at.astimezone(clock.now().tzinfo).isoformat(timespec="minutes")
