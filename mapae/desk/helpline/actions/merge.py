"""Join a complaint to an earlier one about the same thing; its consumer is told the outcome of that one too."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions._act import act
from mapae.desk.helpline.actions._said import say
from mapae.desk.helpline.models import Complaint

__all__ = ["merge"]


@act("merge")
def merge(complaint: Complaint, actor: Any, *, into: Complaint | None) -> None:
    """into: the complaint that goes on; it may not itself be joined to another."""
    if into is None or into.pk == complaint.pk or into.duplicate_of_id or into.state == "closed":
        raise Refused(_("Choose a live complaint that is not joined to another."), where=str(into or ""))
    complaint.duplicate_of = into
    complaint.save(update_fields=["duplicate_of"])
    complaint.duplicates.update(duplicate_of=into)
    say(complaint, "merged", actor, into=into.number)
