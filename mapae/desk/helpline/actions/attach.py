"""Attach a complaint to a case as one of its items; its clocks show there too."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mapae.desk.cases.actions import Refused
from mapae.desk.cases.actions import run as run_case
from mapae.desk.cases.models import Case
from mapae.desk.helpline.actions._act import act, person
from mapae.desk.helpline.actions._said import MIRRORED, mirror, say
from mapae.desk.helpline.models import Complaint

__all__ = ["attach"]


@act("attach")
def attach(complaint: Complaint, actor: Any, *, case: Case | None) -> None:
    """case: one that the officer may open. The item carries the number and the product, never the consumer."""
    if case is None:
        raise Refused(_("Choose a case."))
    if complaint.case_id is not None:
        raise Refused(_("It belongs to a case already."), where=str(complaint.case))
    run_case(
        "join", person(actor), case, kind="complaint", subject_id=complaint.number,
        platform=str(complaint.operator or complaint.operator_told), title=complaint.product[:200],
    )  # fmt: skip
    complaint.case = case
    complaint.save(update_fields=["case"])
    say(complaint, "attached", actor, case=case.number)
    for event in complaint.events.filter(kind__in=MIRRORED):
        mirror(complaint, event, actor)
