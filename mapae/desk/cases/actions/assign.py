"""Assign the case to an officer of a body that works on it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case

__all__ = ["assign"]


@action("assign")
def assign(user: User, case: Case, *, to: User) -> None:
    """Make `to` the owner; they must be an active officer of the lead body or a body joined."""
    bodies = {case.lead_id, *case.joint.values_list("pk", flat=True)}
    if to.role != "officer" or not to.is_active or to.body_id not in bodies:
        raise Refused(_("This person does not work at a body of the case."), where=to.name)
    case.owner, case.draft = to, False
    case.save(update_fields=["owner", "draft"])
    log(case, "assigned", user, to=to.pk)
