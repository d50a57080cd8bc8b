"""The agent answers: the result, or a plan with its day, due within ten business days (ECD 25-2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions._act import act, person
from mapae.desk.helpline.actions._said import needed, say
from mapae.desk.helpline.models import AgentAnswer, Complaint

__all__ = ["answer", "kept"]

LONGEST = 4000


@act("answer")
def answer(
    complaint: Complaint,
    actor: Any,
    *,
    text: str,
    offer: str = "",
    amount: Decimal | None = None,
    currency: str = "",
    performs_by: date | None = None,
) -> None:
    """offer: a remedy of advice.yaml, or `refused`; performs_by: until when the operator does what it offers."""
    if performs_by is not None and performs_by < clock.today():
        raise Refused(_("The day to perform by has passed already."), where=performs_by.isoformat())
    if amount is not None and amount <= 0:
        raise Refused(_("A sum is above nought."), where=str(amount))
    kept(complaint, actor, "result", text, offer=offer, amount=amount, currency=currency)
    if not _progress(complaint):
        say(complaint, "progress_told", actor)  # who has the result needs no word on progress
    data = {"performs_by": performs_by.isoformat()} if performs_by else {}
    say(complaint, "result_told", actor, offer=offer or "none", **data)


def kept(complaint: Complaint, actor: Any, kind: str, text: str, **more: Any) -> AgentAnswer:
    """The agent's words, sealed, with who spoke for which firm."""
    words = needed(text, _("Write what the consumer is to read."))[:LONGEST]
    user = person(actor)
    return AgentAnswer.objects.create(
        complaint=complaint, kind=kind, text=words, firm_id=user.firm_id if user else None, by=user, at=clock.now(), **more
    )  # fmt: skip


def _progress(complaint: Complaint) -> bool:
    handed = complaint.events.filter(kind="complaint_handed_over").last()
    return complaint.events.filter(kind="progress_told", seq__gt=handed.seq if handed else 0).exists()
