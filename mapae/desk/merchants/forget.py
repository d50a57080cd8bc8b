"""Removes the person, words and files from reports of merchants that ended long ago; what figures count stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mapae.desk.audit.models import record
from mapae.desk.law import book
from mapae.desk.merchants.events import locked
from mapae.desk.merchants.models import FileOriginal, MerchantReport
from mapae.law.calendar import add_months

__all__ = ["forget_old"]

_AT_ONCE = 200
_EMPTY = dict.fromkeys(("text", "gist", "known", "name", "shop", "email", "phone", "amount"), "")


def forget_old(now: datetime) -> None:
    """Work of each round, the oldest first; a report of a live case waits for its end."""
    rows = book().pack.data("retention.yaml")["desk"]
    months = next(row["months"] for row in rows if row["record"] == "merchant_report")
    last = add_months(timezone.localtime(now).date(), -months)
    ended = MerchantReport.objects.filter(state="closed", closed_at__date__lt=last).exclude(text="")
    live = Q(case__isnull=False) & ~Q(case__state="closed")
    for each in ended.exclude(live).order_by("closed_at")[:_AT_ONCE]:
        _forget(each)


def _forget(report: MerchantReport) -> None:
    with transaction.atomic():
        held = locked(report)
        FileOriginal.objects.filter(file__report=held).delete()
        for each in (held.files, held.messages, held.series, held.disclosures):
            each.all().delete()
        MerchantReport.objects.filter(pk=held.pk).update(**_EMPTY, conducts=[])
        record("desk", "merchant_event", f"merchant:{held.pk}", event="forgotten")
