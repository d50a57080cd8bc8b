"""Let a stopped clock run on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.clocks import running
from mapae.desk.cases.models import Case

__all__ = ["resume_clock"]


@action("resume_clock")
def resume_clock(user: User, case: Case, *, clock: str, ref: str) -> None:
    """The clock runs again from the day after today."""
    found = running(case, clock, ref)
    if found is None or not found.paused:
        raise Refused(_("This clock does not stand still."), where=clock)
    log(case, "resumed", user, ref=ref, clock=clock)
