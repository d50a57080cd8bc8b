"""The fifteen days have passed in silence: that counts as acceptance (CON 67)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline import desk_due
from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint

__all__ = ["lapse_proposal"]


@act("lapse_proposal")
def lapse_proposal(complaint: Complaint, actor: Any) -> None:
    """Refused while the last day has not passed."""
    found = desk_due.standing(complaint)
    if found.clock is None or found.by is None or clock.today() <= found.by:
        raise Refused(_("The time to answer still runs."), where=complaint.number)
    say(complaint, "proposal_answered", actor, answer="silence")
    complaint.outcome = "mediated"
