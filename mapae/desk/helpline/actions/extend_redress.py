"""Extend the time for an agreement, once and by no more than law lets (CON 58); reason and new day are told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import needed, say
from mapae.desk.helpline.models import Complaint
from mapae.desk.law import book

__all__ = ["extend_redress"]


@act("extend_redress")
def extend_redress(complaint: Complaint, actor: Any, *, days: int, reason: str) -> None:
    """days: calendar days added."""
    words = needed(reason, _("Give the reason; the consumer is told."))
    most = int(book().value("con.58.extension_max", clock.today()))
    if not 1 <= days <= most:
        raise Refused(_("From 1 to %(most)s days may be added.") % {"most": most}, where=str(days))
    started = complaint.events.filter(kind="redress_applied").last()
    own = complaint.events.filter(kind="extended", seq__gt=started.seq if started else 0)
    if any(event.data.get("clock") == "redress_agreement" for event in own):
        raise Refused(_("It was extended once already."), where=complaint.number)
    say(complaint, "extended", actor, words, clock="redress_agreement", days=days)
