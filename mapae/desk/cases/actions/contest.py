"""Contest an item: by the agent, by the seller over a signed link, or by word or letter to an officer."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.answer import Answer, faults
from mapae.desk.answers.asked import log_if_all_answered, require_asked
from mapae.desk.answers.kept import keep_answer
from mapae.desk.answers.models import Contest, SellerLink
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case, CaseItem
from mapae.workflow import item_after

__all__ = ["contest"]


@action("contest")
def contest(
    user: User | None,
    case: Case | None,
    *,
    answers: Sequence[Answer],
    link: SellerLink | None = None,
    contact: str = "",
) -> list[Contest]:
    """answers: items (kind `contest`) with ground, text and files; all or none taken. user is None with a seller's link.

    What is contested stays so until a second officer decides, and is not counted as refused meanwhile.
    """
    assert case is not None
    if not answers or (user is None) != (link is not None):
        raise Refused(_("There is nothing to submit."), where=case.number, mend="")
    return [_contest(user, case, answer, link, contact) for answer in answers]


def _contest(user: User | None, case: Case, answer: Answer, link: SellerLink | None, contact: str) -> Contest:
    document = require_asked(user, case, answer.item)
    item = CaseItem.objects.select_for_update().get(pk=answer.item.pk)
    source = "seller" if user is None else ("officer" if user.role == "officer" else "agent")
    after = "contested" if item.state == "contested" else item_after(item.state, "contested")
    if answer.kind != "contest" or after is None:
        raise Refused(_("There is nothing to contest any more."), where=item.subject_id, mend="")
    if wrong := faults(answer, clock.now()):
        raise Refused(" ".join(wrong), where=item.title or item.subject_id, mend="")
    if item.contests.filter(verdict="", source=source).exists() and source == "agent":
        raise Refused(_("You have contested this already; it is being decided."), where=item.subject_id)
    made = Contest.objects.create(
        item=item, source=source, firm=user.firm if user else link.firm if link else None, link=link, by=user,
        ground=answer.ground, text=answer.text, contact=contact.strip()[:300], before=item.state, at=clock.now(),
    )  # fmt: skip
    made.attach(answer.files)
    if user is not None and source == "agent":
        keep_answer(user, answer, document)
    item.state = after
    item.save(update_fields=["state"])
    log(
        case,
        "contested",
        user,
        item=item,
        ref=document.code,
        contest=made.pk,
        ground=answer.ground,
        by=source,
    )
    if user is not None:
        log_if_all_answered(case, user, [document])
    return made
