"""Apply to the consumer agency for redress (CON 55): agreement within thirty days."""

from __future__ import annotations

from datetime import date
from typing import Any

from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import day, say
from mapae.desk.helpline.models import Complaint

__all__ = ["apply_redress"]


@act("apply_redress")
def apply_redress(complaint: Complaint, actor: Any, *, on: date | None = None, text: str = "") -> None:
    """on: the day the agency received it; today where none is given."""
    say(complaint, "redress_applied", actor, text, on=day(on).isoformat())
