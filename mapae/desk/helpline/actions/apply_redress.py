"""Apply to the consumer agency for redress (CON 55): agreement within thirty days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import day, say
from mapae.desk.helpline.models import Complaint

__all__ = ["apply_redress", "with_a_person"]


@act("apply_redress")
def apply_redress(complaint: Complaint, actor: Any, *, on: date | None = None, text: str = "") -> None:
    """on: the day the agency received it; today where none is given."""
    with_a_person(complaint)
    say(complaint, "redress_applied", actor, text, on=day(on).isoformat())


def with_a_person(complaint: Complaint) -> None:
    """Refused for a report without a person: nobody could be a party."""
    if complaint.anonymous:
        raise Refused(_("A report without a name cannot go to redress or mediation."), where=complaint.number)
