"""Rounds of looks: planned when a document is served, done by the worker when due, a few items at a time."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from datetime import time as hour

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.cases.actions import Refused
from mapae.desk.cases.actions.join import TAKEDOWN_KINDS
from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.verification.asked import SETTLED, items_of, served
from mapae.desk.verification.looks import fetcher, look_at
from mapae.desk.verification.models import Round
from mapae.desk.verification.relist import record_looks
from mapae.sources.fetch import Fetcher

__all__ = ["ask_for", "plan", "run_due"]

EVENING = hour(18)  # Korean time of the last day in time: the operator has had the day
WEEKS = 26  # rounds of the weekly watch of a case
_NOT_GONE = (
    "asked",
    "claimed_removed",
    "time_asked",
    "still_up",
    "changed",
    "unreachable",
    "refused_us",
    "differs",
    "contested",
    "relisted",
)
_PATIENCE = timedelta(minutes=10)
_CLOCKS = {"two_days": "takedown_2", "five_days": "takedown_5"}
_HELD = timedelta(minutes=10)  # a worker that took a round and is not heard of has ended
_AT_ONCE = 5


def ask_for(user: User, case: Case, items: list[CaseItem]) -> Round:
    """An officer wants these items looked at now; the worker does it."""
    return Round.objects.create(
        case=case, kind="asked", by=user, items=[item.pk for item in items], due_at=clock.now()
    )


def plan() -> int:
    """Rounds for documents served since; how many documents."""
    fresh = served().filter(rounds__isnull=True).select_related("case")[:200]
    for document in fresh:
        days = {each.kind.key: each.due for each in clocks_of(document.case) if each.ref == document.code}
        rows = [
            Round(case=document.case, document=document, kind=kind, due_at=_evening(days[key]))
            for kind, key in _CLOCKS.items()
            if key in days
        ]
        Round.objects.bulk_create(rows, ignore_conflicts=True)
    return len(fresh)


def run_due(now: datetime, *, by: Fetcher | None = None, seconds: float = 10.0) -> int:
    """Do what is due for at most about so many seconds; how many items were looked at. by: a fetcher, else the desk's."""
    plan()
    ends, looked = time.monotonic() + seconds, 0
    while time.monotonic() < ends and (found := _take(now)) is not None:
        looked += _go_on(found, by or fetcher(), now)
    return looked


def _due(now: datetime) -> QuerySet[Round]:
    free = Q(taken_until__isnull=True) | Q(taken_until__lt=now)
    return Round.objects.filter(free, done_at__isnull=True, due_at__lte=now).order_by("due_at", "id")


def _take(now: datetime) -> Round | None:
    """The next due round, taken by an update that only one worker can make."""
    found = _due(now).select_related("case__operator", "document", "by").first()
    if found is None:
        return None
    taken = _due(now).filter(pk=found.pk).update(taken_until=now + _HELD)
    return found if taken else None


def _go_on(round_: Round, by: Fetcher, now: datetime) -> int:
    """Look at a few items; the round ends when none is left."""
    if later := _moved(round_, now):
        Round.objects.filter(pk=round_.pk).update(due_at=later, taken_until=None)
        return 0
    items = list(_waiting(round_)[:_AT_ONCE])
    looks = list(look_at(items, by))
    if items and not looks:  # the server asks for patience
        Round.objects.filter(pk=round_.pk).update(due_at=now + _PATIENCE, taken_until=None)
        return 0
    detail = ""
    with transaction.atomic():
        try:
            if looks:
                record_looks(round_.by, round_.case, looks)
        except Refused as error:
            detail = error.what[:200]
        round_.looked = [*round_.looked, *(look.item for look in looks)]
        left = _waiting(round_).exists()
        round_.taken_until, round_.detail = None, detail
        round_.done_at = None if left else now
        round_.save(update_fields=["looked", "taken_until", "detail", "done_at"])
        if not left:
            _watch_on(round_, now)
    return len(looks)


def _waiting(round_: Round) -> QuerySet[CaseItem]:
    """Items of the round that were not looked at yet."""
    if round_.document is not None:
        found = items_of(round_.document)
    else:
        found = round_.case.items.filter(kind__in=TAKEDOWN_KINDS).exclude(state="").exclude(state__in=SETTLED)
    if round_.items:
        found = found.filter(pk__in=round_.items)
    if round_.kind == "week":
        found = found.filter(_worth_a_week(round_.case))
    return found.exclude(pk__in=round_.looked).select_related("case__operator").order_by("pk")


def _moved(round_: Round, now: datetime) -> datetime | None:
    """The new moment: tomorrow where the case is on hold; the clock's day where it was extended, paused or counted anew."""
    if round_.case.held:
        return now + timedelta(days=1)
    if round_.document is None or round_.kind not in _CLOCKS:
        return None
    for each in clocks_of(round_.case):
        if each.kind.key == _CLOCKS[round_.kind] and each.ref == round_.document.code:
            due = _evening(each.due)
            return due if due > now and each.ended_on is None else None
    return None


def _watch_on(round_: Round, now: datetime) -> None:
    """A round a week while there is something to watch."""
    if round_.kind == "two_days" or not round_.case.items.filter(_worth_a_week(round_.case)).exists():
        return
    weeks = Round.objects.filter(case=round_.case, kind="week")
    if not weeks.filter(done_at__isnull=True).exists() and weeks.count() < WEEKS:
        Round.objects.create(case=round_.case, kind="week", due_at=now + timedelta(weeks=1))


def _worth_a_week(case: Case) -> Q:
    """What was taken down may come back; what is not gone may go yet, as long as the case is not closed."""
    gone = Q(state="removed")
    return gone if case.state == "closed" else gone | Q(state__in=_NOT_GONE)


def _evening(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, EVENING))
