"""Stop a clock for a lawful reason."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.clocks import running
from mapae.desk.cases.models import Case

__all__ = ["pause_clock"]


@action("pause_clock")
def pause_clock(user: User, case: Case, *, clock: str, ref: str, reason: str) -> None:
    """From today the days do not count; the reason is shown beside the clock."""
    found = running(case, clock, ref)
    if found is None:
        raise Refused(_("This clock is not running."), where=clock)
    if found.paused:
        raise Refused(_("This clock stands still already."), where=clock)
    if found.kind.fixed:
        raise Refused(_("Law lets nobody change this period."), where=clock)
    if found.state in ("overdue", "lapsed"):
        raise Refused(_("The last day has passed; a pause would change nothing."), where=clock)
    if not reason.strip():
        raise Refused(_("Give the lawful reason."), where=clock)
    log(case, "paused", user, ref=ref, clock=clock, reason=reason.strip()[:300])
