"""Add evidence to items, and with it the rung of the evidence ladder on which they stand."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from mapae.desk.accounts.models import User
from mapae.desk.cases.actions._action import Refused, action, log
from mapae.desk.cases.models import Case, CaseItem, Evidence
from mapae.desk.law import book
from mapae.workflow.force import evidence_rank

__all__ = ["RUNGS", "add_evidence"]

RUNGS = (
    "captured",
    "verified",
    "tested",
)  # what an officer may add; the weaker ones come with the record itself
_WITH_FILE = ("captured", "tested")


@action("add_evidence")
def add_evidence(
    user: User, case: Case, *, items: Sequence[CaseItem], rung: str, text: str, file: Evidence | None = None
) -> None:
    """captured: a page kept (file); verified: the officer has held it against its reference (text says how); tested: a
    laboratory's result (file). An item never sinks on the ladder by this."""
    if rung not in RUNGS:
        raise Refused(_("Choose what kind of evidence it is."), where=case.number)
    if not items or any(item.case_id != case.pk for item in items):
        raise Refused(_("Choose at least one item."), where=case.number)
    if rung in _WITH_FILE and file is None:
        raise Refused(_("This kind of evidence needs its file."), where=case.number)
    if not text.strip():
        raise Refused(_("Say what you held against what, and what you saw."), where=case.number)
    for item in (
        CaseItem.objects.select_for_update().filter(pk__in=[each.pk for each in items]).order_by("pk")
    ):
        if file is not None:
            item.evidence.add(file)
        if evidence_rank(book(), rung) > evidence_rank(book(), item.rung):
            item.rung = rung
            item.save(update_fields=["rung"])
        log(case, "evidence_added", user, item=item, rung=rung, text=text.strip()[:1000])
