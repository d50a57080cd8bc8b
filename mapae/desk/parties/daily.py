"""Decides duties anew each day, since a law may come into force or change while the facts stay."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mapae.desk.parties.duties import decide
from mapae.desk.parties.models import Operator

__all__ = ["decide_daily"]

_A_ROUND = 50  # operators, so that no round of the worker takes long


def decide_daily(now: datetime) -> int:
    """Decide for operators that were not asked about today; how many. Called in every round of the worker."""
    today = timezone.localtime(now).date()
    asked = Operator.objects.filter(duties__as_of__gte=today)
    waiting = list(Operator.objects.exclude(pk__in=asked.values("pk"))[:_A_ROUND])
    for operator in waiting:
        with transaction.atomic():
            decide(operator, today)
    return len(waiting)
