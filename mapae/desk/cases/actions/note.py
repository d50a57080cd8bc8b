"""Write a note: seen by officers of the case only."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case

__all__ = ["note"]


@action("note")
def note(user: User, case: Case, *, text: str) -> None:
    """Keep the text in the timeline; it cannot be changed afterwards."""
    if not text.strip():
        raise Refused(_("The note is empty."), where=case.number)
    log(case, "noted", user, text=text.strip()[:4000])
