"""Ask for more time; an officer grants it by extending the clock, and until then it runs on."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.answers.answer import Answer
from mapae.desk.answers.asked import require_asked
from mapae.desk.answers.kept import keep_answer
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case, CaseItem
from mapae.workflow import item_after

__all__ = ["ask_time"]


@action("ask_time")
def ask_time(user: User, case: Case | None, *, answers: Sequence[Answer]) -> None:
    """answers: items (kind `time`) with the reason and, where it is known, the day asked for; all or none taken."""
    assert case is not None
    if not answers:
        raise Refused(_("There is nothing to submit."), where=case.number, mend="")
    for answer in answers:
        document = require_asked(user, case, answer.item)
        item = CaseItem.objects.select_for_update().get(pk=answer.item.pk)
        after = item_after(item.state, "time_asked")
        if answer.kind != "time" or after is None:
            raise Refused(_("No more time can be asked for now."), where=item.subject_id, mend="")
        keep_answer(user, answer, document)
        item.state = after
        item.save(update_fields=["state"])
        until = answer.until.isoformat() if answer.until else ""
        log(case, "time_asked", user, item=item, ref=document.code, reason=answer.text[:300], until=until)
