"""Say who works on a complaint."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.desk_scope import complaints_for
from mapae.desk.helpline.models import Complaint

__all__ = ["assign"]


@act("assign")
def assign(complaint: Complaint, actor: Any, *, to: User | None) -> None:
    """to: an officer who sees the complaint."""
    if to is None or to.role != "officer" or not complaints_for(to).filter(pk=complaint.pk).exists():
        raise Refused(_("Choose an officer who sees this complaint."))
    complaint.owner = to
    complaint.save(update_fields=["owner"])
    say(complaint, "assigned", actor, to=to.pk)
