"""Take the case off hold."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case

__all__ = ["resume"]


@action("resume")
def resume(user: User, case: Case) -> None:
    """Work goes on."""
    if not case.held:
        raise Refused(_("The case is not on hold."), where=case.number)
    case.held = False
    case.save(update_fields=["held"])
    log(case, "taken_up", user)
