"""Put the case on hold: work stops, statutory clocks do not."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case

__all__ = ["hold"]


@action("hold")
def hold(user: User, case: Case, *, reason: str) -> None:
    """Hold with a reason; answers, contests and records of service still come in."""
    if not reason.strip():
        raise Refused(_("Give the reason."), where=case.number)
    case.held = True
    case.save(update_fields=["held"])
    log(case, "held", user, reason=reason.strip()[:300])
