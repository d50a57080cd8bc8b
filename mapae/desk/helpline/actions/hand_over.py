"""Hand a complaint over to the local agent of its operator: from now the agent's periods run (ECD 25-2)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint, Share
from mapae.desk.helpline.share import agreed

__all__ = ["consented", "hand_over"]


@act("hand_over")
def hand_over(complaint: Complaint, actor: Any) -> None:
    """Refused without the consumer's agreement (or another recorded ground), and without a live mandate."""
    mandate = consented(complaint).mandate
    if mandate is None or not mandate.live(clock.today()):
        raise Refused(
            _("The operator has no local agent today."),
            where=str(complaint.operator or complaint.operator_told),
        )
    say(complaint, "complaint_handed_over", actor, mandate=mandate.pk, firm=mandate.firm_id)


def consented(complaint: Complaint) -> Share:
    """The consumer's standing agreement; Refused where there is none, for a report without a person, or another operator."""
    share = agreed(complaint)
    if share is None:
        raise Refused(_("The consumer has not agreed that anything is sent. Show them the page first."))
    if share.mandate is not None and share.mandate.operator_id != complaint.operator_id:
        raise Refused(_("The consumer agreed to another recipient. Show them the page again."))
    return share
