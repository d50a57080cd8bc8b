"""Transfer the lead of a case to another body; what was done stays, clocks run on."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.bodies.models import Body
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case

__all__ = ["transfer"]


@action("transfer")
def transfer(user: User, case: Case, *, to: Body, reason: str, stay: bool = True) -> None:
    """`to` leads from now on; the body so far stays joined unless `stay` is false. The owner is to be named anew."""
    if to.pk == case.lead_id:
        raise Refused(_("This body leads the case already."), where=str(to))
    if not reason.strip():
        raise Refused(_("Give the reason."), where=case.number)
    before = case.lead
    case.joint.remove(to)
    if stay:
        case.joint.add(before)
    case.lead, case.owner = to, None
    case.save(update_fields=["lead", "owner"])
    log(case, "transferred", user, to=to.key, before=before.key, reason=reason.strip()[:300])
