"""Removes the person from complaints that ended long ago; what figures count, and that it happened, stays.

Gone are name, contact, order number, words, files, what was shared, answers, letters, codes and words of events. Number,
days, states, category, operator, seller's page, outcome and the course without words stay, and so do hashes of letters.
"""

from __future__ import annotations

import json
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from mapae.desk.audit.models import record
from mapae.desk.cases.evidence import remove
from mapae.desk.helpline import desk_search
from mapae.desk.helpline.events import locked
from mapae.desk.helpline.models import Complaint
from mapae.desk.law import book
from mapae.law.calendar import add_months

__all__ = ["forget", "forget_old", "kept_months"]

_AT_ONCE = 200
_EMPTY = dict.fromkeys(("order_number", "text", "gist", "name", "email", "phone"), "")


def kept_months() -> int:
    """For how long after its end a complaint keeps the person: of the pack's schedule (retention.yaml, desk)."""
    rows = book().pack.data("retention.yaml")["desk"]
    return int(next(row["months"] for row in rows if row["record"] == "consumer_complaint"))


def forget_old(now: datetime) -> None:
    """Work of each round: the oldest first; one that belongs to a live case waits for its end."""
    last = add_months(timezone.localtime(now).date(), -kept_months())
    for each in _ended(last).order_by("closed_at")[:_AT_ONCE]:
        forget(each, now)


def forget(complaint: Complaint, now: datetime) -> None:
    """Remove the person from one complaint, with its audit entry; all or nothing. Files used elsewhere stay there."""
    with transaction.atomic():
        held = locked(complaint)
        files = [row.file for row in held.files.select_related("file")]
        held.files.all().delete()
        held.codes.all().delete()
        held.shares.update(shown="")
        held.answers.update(text="", reply="")
        held.corrections.update(why="")
        held.events.exclude(told="").update(told="")
        for letter in held.withdrawals.all():
            letter.content, letter.pdf = json.dumps({"parts": []}), ""
            letter.addresses = json.dumps([""] * len(letter.receivers))
            letter.save(update_fields=["content", "pdf", "addresses"])
        Complaint.objects.filter(pk=held.pk).update(**_EMPTY, triage={}, reasons=[], forgotten_at=now)
        desk_search.keep([Complaint.objects.select_related("operator").get(pk=held.pk)])
        record("desk", "complaint_forgotten", f"complaint:{held.pk}", files=len(files))
        for file in files:
            remove(file)


def _ended(last: date) -> QuerySet[Complaint]:
    """Complaints closed on that day or before whose case has ended too."""
    found = Complaint.objects.filter(closed_at__date__lte=last, state="closed", forgotten_at__isnull=True)
    return found.filter(Q(case__isnull=True) | Q(case__state="closed"))
