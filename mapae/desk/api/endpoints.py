"""Webhook endpoints of a person: registered where they may be reached, tried with a ping, ended. For the API and the page."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import get_random_string

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.api.models import Delivery, Endpoint
from mapae.desk.api.problems import Problem
from mapae.desk.api.telling import PING, tell, told_of
from mapae.desk.audit.models import record
from mapae.desk.documents.models import Outbox
from mapae.desk.documents.webhook import guarded
from mapae.sources.fetch.addresses import AddressRefused

__all__ = ["MOST", "end", "message_of", "own", "ping", "register"]

MOST = 10  # endpoints of one person


def own(user: User) -> QuerySet[Endpoint]:
    """The person's endpoints that have not ended."""
    return Endpoint.objects.filter(owner=user, ended_at__isnull=True).order_by("pk")


@transaction.atomic
def register(user: User, url: str, about: str, events: Sequence[str]) -> Endpoint:
    """A new endpoint with its secret; Problem where the address or an event is not for this person, or there are too many."""
    if unknown := sorted(set(events) - set(told_of(user))):
        raise Problem("invalid", errors=[f"events: no such event for you: {name[:60]}" for name in unknown])
    if own(user).count() >= MOST:
        raise Problem("too-many-webhooks")
    _refuse(url)
    made = Endpoint.objects.create(
        owner=user, url=url, about=about, events=sorted(set(events)), made_at=clock.now(),
        secret=f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}",
    )  # fmt: skip
    record(user, "webhook_made", f"webhook:{made.pk}")
    return made


@transaction.atomic
def ping(endpoint: Endpoint) -> Delivery:
    """A test message, signed like all others."""
    return tell(endpoint, f"ping:{get_random_string(12)}", PING, {"endpoint": endpoint.pk})


@transaction.atomic
def end(user: User, endpoint: Endpoint) -> Endpoint:
    """Nothing more is sent there; what waits is given up."""
    endpoint.ended_at = clock.now()
    endpoint.save(update_fields=["ended_at"])
    waiting = Outbox.objects.filter(delivery__endpoint=endpoint, state="waiting")
    waiting.update(state="failed", last_error="given up", taken_until=None)
    record(user, "webhook_ended", f"webhook:{endpoint.pk}")
    return endpoint


def message_of(sent: Delivery) -> str:
    """The message's id, as `webhook-id` names it."""
    return f"msg_{sent.outbox_id}"


def _refuse(url: str) -> None:
    """Problem `bad-endpoint` unless it is https to a public host, or in training this machine. Checked again at every
    sending, since a name can change."""
    if not (url.isascii() and url.isprintable()) or " " in url or not 8 <= len(url) <= 300:
        raise Problem("bad-endpoint")
    try:
        guarded(url)
    except (AddressRefused, ValueError):
        raise Problem("bad-endpoint") from None
    except OSError:
        raise Problem("bad-endpoint", errors=["the host has no address"]) from None
