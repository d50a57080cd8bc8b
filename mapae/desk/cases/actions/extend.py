"""Extend a clock, where somebody asked for time or the body grants it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.answers.tidings import tell_of_time
from mapae.desk.answers.times import settle_time
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.clocks import running
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document
from mapae.desk.law import book
from mapae.workflow.clocks import Clock

__all__ = ["LONGEST", "extend"]

LONGEST = 60  # days in one extension


@action("extend")
def extend(user: User, case: Case, *, clock: str, ref: str, days: int, reason: str) -> None:
    """Add days to a running clock, with the reason; an extension that was not asked for needs one too.

    Requests for time about the clock's document are granted by it, and the agent is told.
    """
    found = running(case, clock, ref)
    if found is None:
        raise Refused(_("This clock is not running."), where=clock)
    if found.kind.fixed:
        raise Refused(_("Law lets nobody change this period."), where=clock)
    if not 1 <= days <= LONGEST:
        raise Refused(_("Extend by 1 to %(most)s days.") % {"most": LONGEST}, where=clock)
    if not reason.strip():
        raise Refused(_("Give the reason."), where=clock)
    if found.kind.extension and days > (most := _left(found)):
        raise Refused(_("Law allows %(most)s more days here, once.") % {"most": most}, where=clock)
    log(case, "extended", user, ref=ref, clock=clock, days=days, reason=reason.strip()[:300])
    items = settle_time(user, case, ref, "time_granted", days=days)
    if items:
        tell_of_time(case, Document.objects.get(code=ref), items, granted=True, days=days)


def _left(found: Clock) -> int:
    """Days by which law still lets the clock be extended: one extension, so none after the first."""
    if found.extended_days:
        return 0
    return int(book().value(found.kind.extension, found.started_on) or 0)
