"""Writes down what happens to a report: its events and their audit entries, codes only; the merchant is told by e-mail."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.merchants.models import MerchantReport, ReportEvent
from mapae.desk.merchants.telling import tell

__all__ = ["locked", "log"]


def locked(report: MerchantReport) -> MerchantReport:
    """The report's row, held until the caller's transaction ends."""
    return MerchantReport.objects.select_for_update(of=("self",)).get(pk=report.pk)


def log(
    report: MerchantReport, kind: str, user: User | None = None, /, role: str = "", **data: Any
) -> ReportEvent:
    """Append an event to the report (held by the caller) and to the audit log. role: else officer for a user, merchant."""
    role = role or ("officer" if user else "merchant")
    last = report.events.aggregate(last=Max("seq"))["last"] or 0
    made = ReportEvent.objects.create(
        report=report, seq=last + 1, kind=kind, role=role, actor=user, at=clock.now(), data=data
    )
    record(user or role, "merchant_event", f"merchant:{report.pk}", event=kind, **data)
    if role != "merchant":
        tell(report, kind, str(made.seq))
    return made
