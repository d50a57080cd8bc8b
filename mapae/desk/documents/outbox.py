"""The outbox: what must leave the desk is written with its cause, and handed over once by whoever holds the lease.

waiting → taken (leased) → sending (the message is being given away) → handed_over. A lease that runs out returns the row,
but an e-mail whose worker ended while *sending* goes to in_doubt: only a person may say whether it arrived. Webhooks carry
an id by which the receiver tells repeats, so they are simply tried again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import record
from mapae.desk.cases.models import Case
from mapae.desk.documents.handed import after_failure, after_hand_over, before_retry
from mapae.desk.documents.models import Outbox, Service
from mapae.errors import UsageError

__all__ = [
    "BACKOFF",
    "LEASE",
    "Outcome",
    "Transport",
    "cancel",
    "put",
    "resolve",
    "retry",
    "run_outbox",
    "take",
]

_LOG = logging.getLogger("mapae.outbox")
LEASE = timedelta(minutes=5)  # longer than any transport waits
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a hand-over. state: handed_over, again, failed or in_doubt; detail: for the person who looks."""

    state: str
    detail: str = ""


class Transport(Protocol):
    """Gives a row away. `sending()` is called just before the message is given; False: somebody else has the row now."""

    def __call__(self, row: Outbox, sending: Callable[[], bool]) -> Outcome:
        """Hand over, and say what became of it; never raises for what the other side does."""


def put(key: str, channel: str, address: str, payload: Mapping[str, Any], **more: Any) -> Outbox:
    """Write what must leave, in the caller's transaction. key: the same key is never written twice."""
    fields = {
        "channel": channel,
        "address": address,
        "payload": dict(payload),
        "next_try_at": clock.now(),
        **more,
    }
    return Outbox.objects.get_or_create(key=key, defaults=fields)[0]


def run_outbox(
    transports: Mapping[str, Transport], now: Callable[[], datetime] = clock.now, limit: int = 1000
) -> int:
    """Hand over what is due, until nothing is or `limit` is reached; how many rows were tried."""
    for tried in range(limit):
        row = take(now())
        if row is None:
            return tried
        _settle(row, _handed(row, transports[row.channel]), now())
    return limit


def take(now: datetime) -> Outbox | None:
    """Lease the row that is due longest; None where none is. Leases that ran out are settled first."""
    with transaction.atomic():
        late = Outbox.objects.filter(taken_until__lt=now)
        late.filter(state="taken").update(state="waiting", taken_until=None)
        late.filter(state="sending", channel="webhook").update(state="waiting", taken_until=None)
        late.filter(state="sending").update(state="in_doubt", last_error="ended while sending")
        due = Outbox.objects.filter(state="waiting", next_try_at__lte=now).order_by("next_try_at", "id")
        row = _unlocked(due).first()
        if row is None:
            return None
        row.state, row.taken_until, row.attempts = "taken", now + LEASE, row.attempts + 1
        row.save(update_fields=["state", "taken_until", "attempts"])
        return row


def cancel(service: Service) -> bool:
    """Keep what waits for this service from leaving; False where it is just being given away. In the caller's transaction."""
    rows = Outbox.objects.filter(service=service)
    rows.filter(state__in=("waiting", "in_doubt")).update(
        state="failed", last_error="given up", taken_until=None
    )
    return not rows.filter(state__in=("taken", "sending")).exists()


def retry(row: Outbox, user: User) -> None:
    """Try a failed row again, from the beginning."""
    with transaction.atomic():
        locked = _with_case(row)
        if locked.state != "failed":
            raise UsageError(_("Only what failed is tried again."), where=locked.key, mend="")
        before_retry(locked)
        locked.state, locked.attempts, locked.next_try_at, locked.taken_until = (
            "waiting",
            0,
            clock.now(),
            None,
        )
        locked.save()
        record(user, "outbox_retry", f"outbox:{locked.pk}")


def resolve(row: Outbox, user: User, *, arrived: bool) -> None:
    """Settle a row in doubt: it arrived, or it is sent again."""
    with transaction.atomic():
        locked = _with_case(row)
        if locked.state != "in_doubt":
            raise UsageError(_("This is not in doubt."), where=locked.key, mend="")
        record(user, "outbox_resolved", f"outbox:{locked.pk}", arrived=arrived)
        if arrived:
            _done(locked, clock.now(), user)
        else:
            locked.state, locked.next_try_at, locked.taken_until = "waiting", clock.now(), None
            locked.save()


def _handed(row: Outbox, transport: Transport) -> Outcome:
    """What the transport says; where it breaks in a way it does not know, a mail that was being sent is in doubt."""
    try:
        return transport(row, lambda: _sending(row))
    except Exception as error:
        _LOG.exception("handing over %s broke", row.key)
        begun = row.channel == "email" and Outbox.objects.filter(pk=row.pk, state="sending").exists()
        return Outcome("in_doubt" if begun else "again", f"{type(error).__name__}: {error}")


def _sending(row: Outbox) -> bool:
    """Mark, before the message is given away, that it is; only the holder of the lease may."""
    held = Outbox.objects.filter(pk=row.pk, state="taken", taken_until=row.taken_until)
    return held.update(state="sending") == 1


def _settle(row: Outbox, outcome: Outcome, now: datetime) -> None:
    """Write what became of it, if the row is still this worker's (or was put in doubt meanwhile)."""
    with transaction.atomic():
        locked = _with_case(row)
        if locked.taken_until != row.taken_until or locked.state not in ("taken", "sending", "in_doubt"):
            return
        locked.last_error = outcome.detail[:300]
        if outcome.state == "handed_over":
            _done(locked, now, None)
        elif outcome.state == "in_doubt":
            locked.state = "in_doubt"
        elif outcome.state == "again" and locked.attempts <= len(BACKOFF):
            locked.state, locked.taken_until = "waiting", None
            locked.next_try_at = now + BACKOFF[locked.attempts - 1]
        else:
            locked.state, locked.taken_until = "failed", None
            after_failure(locked, now)
        locked.save()


def _done(row: Outbox, now: datetime, user: User | None) -> None:
    row.state, row.handed_over_at, row.last_error, row.taken_until = "handed_over", now, "", None
    row.save()
    record(user or "outbox", "handed_over", f"outbox:{row.pk}", channel=row.channel)
    after_hand_over(row, now, user)


def _with_case(row: Outbox) -> Outbox:
    """The row, locked after its case, in the order in which every action locks."""
    if row.service_id:
        Case.objects.select_for_update(of=("self",)).get(documents__services=row.service_id)
    return (
        Outbox.objects.select_for_update(of=("self",))
        .select_related("service__document__case")
        .get(pk=row.pk)
    )


def _unlocked(rows: QuerySet[Outbox]) -> QuerySet[Outbox]:
    """Rows that no other worker is taking; SQLite has one writer at a time and needs no such lock."""
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True)
    return rows
