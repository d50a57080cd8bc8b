"""Webhook endpoints of a person: registered, listed, tested, ended; and what became of each message."""

from __future__ import annotations

import base64
import secrets
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.crypto import get_random_string
from ninja import Router

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.api.access import Token, caller
from mapae.desk.api.models import Delivery, Endpoint
from mapae.desk.api.once import once
from mapae.desk.api.pages import AFTER, LIMIT, Number, Text, closed, opened
from mapae.desk.api.problems import Problem
from mapae.desk.api.shapes.hooks import (
    DeliveryPage,
    Ended,
    EndpointIn,
    EndpointMade,
    EndpointOut,
    Endpoints,
    Pinged,
)
from mapae.desk.api.telling import PING, tell, told_of
from mapae.desk.audit.models import record
from mapae.desk.documents.models import Outbox
from mapae.desk.documents.webhook import guarded
from mapae.sources.fetch.addresses import AddressRefused

__all__ = ["router"]

router = Router(tags=["Webhooks"])
_HOOKS = Token("hooks", "agent", "officer")
_MOST = 10  # endpoints of one person


@router.get("/webhooks", response=Endpoints, auth=_HOOKS, summary="List webhooks")
def webhooks(request: HttpRequest) -> Any:
    """The person's addresses that are told of events; secrets are not shown again."""
    return {"rows": list(_own(caller(request)))}


@router.post("/webhooks", response={201: EndpointMade}, auth=_HOOKS, summary="Register a webhook")
def register_webhook(request: HttpRequest, given: EndpointIn) -> HttpResponse:
    """An address of your own system. The answer shows the secret once."""
    user = caller(request)
    return once(request, EndpointMade, lambda: _register(user, given), status=201)


@router.get("/webhooks/{hook}", response=EndpointOut, auth=_HOOKS, summary="One webhook")
def webhook(request: HttpRequest, hook: Number) -> Any:
    """One of the person's addresses."""
    return _endpoint(request, hook)


@router.delete("/webhooks/{hook}", response=Ended, auth=_HOOKS, summary="End a webhook")
def end_webhook(request: HttpRequest, hook: Number) -> HttpResponse:
    """Nothing more is sent there; what waits is given up."""
    found = _endpoint(request, hook)
    return once(request, Ended, lambda: _end(caller(request), found))


@router.post("/webhooks/{hook}/test", response=Pinged, auth=_HOOKS, summary="Send a test message")
def test_webhook(request: HttpRequest, hook: Number) -> HttpResponse:
    """A message of type ping goes to the address, signed like all others."""
    found = _endpoint(request, hook)

    def work() -> Any:
        sent = tell(found, f"ping:{get_random_string(12)}", PING, {"endpoint": found.pk})
        return {"message": f"msg_{sent.outbox_id}"}

    return once(request, Pinged, work)


@router.get(
    "/webhooks/{hook}/deliveries", response=DeliveryPage, auth=_HOOKS, summary="What was sent to a webhook"
)
def deliveries(request: HttpRequest, hook: Number, after: Text = AFTER, limit: int = LIMIT) -> Any:
    """Messages, the newest first, with tries and the last error."""
    found, name = _endpoint(request, hook), f"deliveries.{hook}"
    rows = found.deliveries.select_related("outbox").order_by("-pk")
    if last := opened(name, after):
        rows = rows.filter(pk__lt=int(last))
    some = list(rows[: limit + 1])
    more = closed(name, str(some[limit - 1].pk)) if len(some) > limit else None
    return {"rows": [_delivery(each) for each in some[:limit]], "next": more}


def _own(user: User) -> QuerySet[Endpoint]:
    return Endpoint.objects.filter(owner=user, ended_at__isnull=True).order_by("pk")


def _endpoint(request: HttpRequest, number: int) -> Endpoint:
    found: Endpoint = get_object_or_404(_own(caller(request)), pk=number)
    return found


def _register(user: User, given: EndpointIn) -> Endpoint:
    if unknown := sorted(set(given.events) - set(told_of(user))):
        raise Problem("invalid", errors=[f"events: no such event for you: {name[:60]}" for name in unknown])
    if _own(user).count() >= _MOST:
        raise Problem("refused", f"{_MOST} webhooks at most; end one first")
    url = given.url.strip()
    _refuse(url)
    made = Endpoint.objects.create(
        owner=user, url=url, about=given.about.replace("\0", ""), events=sorted(set(given.events)),
        secret=f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}", made_at=clock.now(),
    )  # fmt: skip
    record(user, "webhook_made", f"webhook:{made.pk}")
    return made


def _refuse(url: str) -> None:
    """Problem `bad-endpoint` unless it is https to a public host, or in training this machine. Checked again at every
    sending, since a name can change."""
    if not (url.isascii() and url.isprintable()) or " " in url:
        raise Problem("bad-endpoint")
    try:
        guarded(url)
    except (AddressRefused, ValueError):
        raise Problem("bad-endpoint") from None
    except OSError:
        raise Problem("bad-endpoint", errors=["the host has no address"]) from None


def _end(user: User, found: Endpoint) -> Endpoint:
    found.ended_at = clock.now()
    found.save(update_fields=["ended_at"])
    waiting = Outbox.objects.filter(delivery__endpoint=found, state="waiting")
    waiting.update(state="failed", last_error="given up", taken_until=None)
    record(user, "webhook_ended", f"webhook:{found.pk}")
    return found


def _delivery(sent: Delivery) -> dict[str, Any]:
    row = sent.outbox
    return {
        "message": f"msg_{row.pk}",
        "event": sent.event,
        "state": row.state,
        "attempts": row.attempts,
        "error": row.last_error,
        "made_at": sent.made_at,
        "next_try_at": row.next_try_at if row.state == "waiting" else None,
        "handed_over_at": row.handed_over_at,
    }
