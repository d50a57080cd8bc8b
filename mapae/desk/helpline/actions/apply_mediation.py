"""Apply for mediation by the settlement commission (CON 58, 65): done within thirty days."""

from __future__ import annotations

from datetime import date
from typing import Any

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import day, say
from mapae.desk.helpline.models import Complaint

__all__ = ["apply_mediation"]


@act("apply_mediation")
def apply_mediation(complaint: Complaint, actor: Any, *, on: date | None = None, text: str = "") -> None:
    """on: the day the commission received it; today where none is given."""
    when = day(on).isoformat()
    if complaint.state == "redress":
        say(complaint, "redress_ended", actor, ended="no_agreement", on=when)
    say(complaint, "mediation_applied", actor, text, on=when)
