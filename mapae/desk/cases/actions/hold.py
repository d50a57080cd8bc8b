"""Put the case on hold: work stops, statutory clocks do not."""

from __future__ import annotations

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import action, log
from mapae.desk.cases.models import Case

__all__ = ["hold"]


@action("hold")
def hold(user: User, case: Case, *, reason: str) -> None:
    """Hold with a reason; answers, contests and records of service still come in."""
    case.held = True
    case.save(update_fields=["held"])
    log(case, "held", user, reason=reason)
