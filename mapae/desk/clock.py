"""The desk's clock: real time, or in training mode the demo clock. Nothing else in the desk asks what time it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

__all__ = ["now", "today"]


def now() -> datetime:
    """This moment, aware; in training mode moved by the demo clock."""
    moment = timezone.now()
    return moment + _offset() if settings.TRAINING else moment


def today() -> date:
    """The day in Korea."""
    return timezone.localtime(now()).date()


def _offset() -> timedelta:
    from mapae.desk.training.models import DemoClock

    row = DemoClock.objects.filter(pk=1).first()
    return row.offset if row else timedelta()
