"""Record that the committee extended the mediation (CON 66): its reason and new day are told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import needed, say
from mapae.desk.helpline.models import Complaint

__all__ = ["extend_mediation"]

_MOST = 365  # law names no limit; a slip of the hand is caught


@act("extend_mediation")
def extend_mediation(complaint: Complaint, actor: Any, *, days: int, reason: str) -> None:
    """days: calendar days added."""
    words = needed(reason, _("Give the reason; the consumer is told."))
    if not 1 <= days <= _MOST:
        raise Refused(_("From 1 to %(most)s days may be added.") % {"most": _MOST}, where=str(days))
    say(complaint, "extended", actor, words, clock="mediation", days=days)
