"""Writes an event by whoever acts, and mirrors in the case what its clocks read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.cases import due
from mapae.desk.cases.actions import Refused
from mapae.desk.cases.actions._action import log as log_case
from mapae.desk.cases.models import Case
from mapae.desk.helpline.events import log
from mapae.desk.helpline.models import Complaint, ComplaintEvent

__all__ = ["MIRRORED", "day", "mirror", "needed", "say"]

MIRRORED = ("complaint_handed_over", "progress_told", "result_told")
LONGEST = 4000


def say(complaint: Complaint, kind: str, actor: Any, told: str = "", **data: Any) -> ComplaintEvent:
    """Append the event. actor: a user, "consumer" or None; told: a person's words, kept sealed."""
    from mapae.desk.helpline.actions._act import person, role_of

    made = log(complaint, kind, person(actor), role=role_of(actor), told=told[:LONGEST], **data)
    mirror(complaint, made, actor)
    return made


def mirror(complaint: Complaint, event: ComplaintEvent, actor: Any) -> None:
    """Let the case that the complaint belongs to know, so that its clocks and calendar show the agent's periods too."""
    from mapae.desk.helpline.actions._act import person

    if complaint.case_id is None or event.kind not in MIRRORED:
        return
    case = Case.objects.select_for_update(of=("self",)).get(pk=complaint.case_id)
    log_case(case, event.kind, person(actor), ref=complaint.number, on=event.on.isoformat())
    due.refresh(case)


def needed(text: str, why: str) -> str:
    """The text without outer blanks; Refused with `why` where nothing is left."""
    if not text.strip():
        raise Refused(why)
    return text.strip()


def day(value: date | None, *, since: date | None = None) -> date:
    """The day something happened outside: today where none is given; Refused for one to come, or before `since`."""
    today = clock.today()
    found = value or today
    if found > today:
        raise Refused(_("That day is still to come."), where=found.isoformat())
    if since and found < since:
        raise Refused(_("That day is before what it follows."), where=found.isoformat())
    return found
