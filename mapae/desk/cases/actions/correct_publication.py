"""Correct what was published about a violation: at the same place, for as long, beside the text it corrects."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case

__all__ = ["correct_publication"]


@action("correct_publication")
def correct_publication(user: User, case: Case, *, text: str) -> None:
    """Set a correction beside the newest text published of this case. One approver is enough: no person waits for a second.

    Refused where nothing was published, the text is empty, or it says what already stands.
    """
    text = text.strip()
    published = case.events.filter(kind="published").last()
    if published is None:
        raise Refused(_("Nothing of this case was published."), where=case.number)
    if not text:
        raise Refused(_("The text is empty."), where=case.number)
    corrections = case.events.filter(kind="publication_corrected")
    if any(event.data == {"of": published.seq, "text": text} for event in corrections):
        raise Refused(_("This text is public already."), where=case.number)
    log(case, "publication_corrected", user, of=published.seq, text=text)
