"""Correct what triage decided: each change is kept beside what the engine said, with who and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline import desk_search
from mapae.desk.helpline.actions._act import act, person
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint, Correction

__all__ = ["FIELDS", "correct"]

FIELDS = ("category", "operator", "responsible", "hazard", "right", "last_day")


@act("correct")
def correct(complaint: Complaint, actor: Any, *, why: str = "", **changes: Any) -> None:
    """changes: field → value as the column holds it; only what differs counts. Refused where nothing does."""
    found = {
        key: changes[key] for key in FIELDS if key in changes and changes[key] != getattr(complaint, key)
    }
    if not found:
        raise Refused(_("Nothing differs from what holds already."), where=complaint.number)
    for field, value in found.items():
        Correction.objects.create(
            complaint=complaint, field=field, before=_plain(getattr(complaint, field)), after=_plain(value),
            why=why.strip()[:300], by=person(actor), at=clock.now(),
        )  # fmt: skip
        setattr(complaint, field, value)
    complaint.save(update_fields=list(found))
    if "operator" in found:
        desk_search.keep([complaint])
    say(complaint, "corrected", actor, fields=" ".join(found))


def _plain(value: Any) -> str:
    """As it is kept: keys of operators, ISO days, true or false."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "key", value) or "")[:120]
