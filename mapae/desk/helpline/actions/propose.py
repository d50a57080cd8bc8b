"""Record what the commission decided and the day both sides were told: fifteen days to answer, silence accepts (CON 67)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import day, needed, say
from mapae.desk.helpline.models import Complaint

__all__ = ["propose"]


@act("propose")
def propose(
    complaint: Complaint, actor: Any, *, text: str, on: date | None = None, performs_by: date | None = None
) -> None:
    """text: the content of the mediation; on: the day of the notice; performs_by: until when the business is to perform."""
    words = needed(text, _("Write the content of the mediation."))
    applied = complaint.events.filter(kind="mediation_applied").last()
    when = day(on, since=applied.on if applied else None).isoformat()
    data = {"performs_by": performs_by.isoformat()} if performs_by else {}
    say(complaint, "mediation_ended", actor, on=when, ended="proposal")
    say(complaint, "proposal_told", actor, words, on=when, **data)
