"""Record what ended a clock where no page does: a report on paper, a suit, the commission's review, a consumer told."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from mapae.desk import clock as desk_clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.clocks import running
from mapae.desk.cases.models import Case

__all__ = ["end_clock"]


@action("end_clock")
def end_clock(user: User, case: Case, *, clock: str, ref: str, on: date, reason: str) -> None:
    """The event the clock waits for happened on that day, with how it is known. Targets of removal end by checks only."""
    found = running(case, clock, ref)
    if found is None:
        raise Refused(_("This clock is not running."), where=clock)
    if not found.statutory:
        raise Refused(_("A target ends when every item was seen to be removed."), where=clock)
    if not found.started_on <= on <= desk_clock.today():
        raise Refused(_("The day must lie between the start of the clock and today."), where=str(on))
    if not reason.strip():
        raise Refused(_("Say how you know: a letter, its number, a call."), where=clock)
    log(case, found.kind.stops, user, ref=ref, clock=clock, on=on.isoformat(), reason=reason.strip()[:300])
