"""Extend a clock, where somebody asked for time or the body grants it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.clocks import running
from mapae.desk.cases.models import Case

__all__ = ["LONGEST", "extend"]

LONGEST = 60  # days in one extension


@action("extend")
def extend(user: User, case: Case, *, clock: str, ref: str, days: int, reason: str) -> None:
    """Add days to a running clock, with the reason; an extension that was not asked for needs one too."""
    found = running(case, clock, ref)
    if found is None:
        raise Refused(_("This clock is not running."), where=clock)
    if found.kind.fixed:
        raise Refused(_("Law lets nobody change this period."), where=clock)
    if not 1 <= days <= LONGEST:
        raise Refused(_("Extend by 1 to %(most)s days.") % {"most": LONGEST}, where=clock)
    if not reason.strip():
        raise Refused(_("Give the reason."), where=clock)
    log(case, "extended", user, ref=ref, clock=clock, days=days, reason=reason.strip()[:300])
