"""Record the day on which the commission hears the dispute: both sides are told when and where (CON 66)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import needed, say
from mapae.desk.helpline.models import Complaint

__all__ = ["set_session"]


@act("set_session")
def set_session(complaint: Complaint, actor: Any, *, day: date | None, text: str) -> None:
    """day: of the session, today or later; text: hour, place and what to bring. A later word takes the place of this one."""
    words = needed(text, _("Say at what hour and where; both sides read it."))
    if day is None or day < clock.today():
        raise Refused(_("Give a day that is still to come."), where=day.isoformat() if day else "")
    say(complaint, "session_set", actor, f"{day.isoformat()} · {words}", day=day.isoformat())
