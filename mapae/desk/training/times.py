"""Moves the demo clock: to a moment, by days, to the next due date."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from mapae.desk import clock
from mapae.desk.cases.due import refresh_stale
from mapae.desk.cases.models import Due
from mapae.desk.training.models import DemoClock

__all__ = ["LATEST", "at", "move_by", "move_to", "next_due"]

LATEST = timedelta(days=3650)  # nobody travels further: the clock stays where dates can be counted


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """That time of the day in Korea."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def move_to(moment: datetime) -> None:
    """From now on the desk's time goes on from this moment."""
    DemoClock.objects.update_or_create(pk=1, defaults={"offset": moment - timezone.now()})


def move_by(days: int) -> None:
    """So many days on (or back), the time of day as it is; never further from real time than LATEST."""
    moment = clock.now() + timedelta(days=days)
    real = timezone.now()
    move_to(min(max(moment, real - LATEST), real + LATEST))


def next_due() -> date | None:
    """The next last day of any clock, counted from tomorrow."""
    refresh_stale()
    return Due.objects.filter(due__gt=clock.today()).order_by("due").values_list("due", flat=True).first()
