"""Webhook endpoints of a person: registered, listed, tested, ended; and what became of each message."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router

from mapae.desk.api.access import Token, caller
from mapae.desk.api.endpoints import end, message_of, own, ping, register
from mapae.desk.api.models import Delivery, Endpoint
from mapae.desk.api.once import once
from mapae.desk.api.pages import AFTER, LIMIT, Number, Text, closed, opened
from mapae.desk.api.shapes.hooks import (
    DeliveryPage,
    Ended,
    EndpointIn,
    EndpointMade,
    EndpointOut,
    Endpoints,
    Pinged,
)

__all__ = ["router"]

router = Router(tags=["Webhooks"])
_HOOKS = Token("hooks", "agent", "officer")


@router.get("/webhooks", response=Endpoints, auth=_HOOKS, summary="List webhooks")
def webhooks(request: HttpRequest) -> Any:
    """The person's addresses that are told of events; secrets are not shown again."""
    return {"rows": list(own(caller(request)))}


@router.post("/webhooks", response={201: EndpointMade}, auth=_HOOKS, summary="Register a webhook")
def register_webhook(request: HttpRequest, given: EndpointIn) -> HttpResponse:
    """An address of your own system. The answer shows the secret once."""
    user = caller(request)
    about = given.about.replace("\0", "")
    return once(
        request, EndpointMade, lambda: register(user, given.url.strip(), about, given.events), status=201
    )


@router.get("/webhooks/{hook}", response=EndpointOut, auth=_HOOKS, summary="One webhook")
def webhook(request: HttpRequest, hook: Number) -> Any:
    """One of the person's addresses."""
    return _endpoint(request, hook)


@router.delete("/webhooks/{hook}", response=Ended, auth=_HOOKS, summary="End a webhook")
def end_webhook(request: HttpRequest, hook: Number) -> HttpResponse:
    """Nothing more is sent there; what waits is given up."""
    found = _endpoint(request, hook)
    return once(request, Ended, lambda: end(caller(request), found))


@router.post("/webhooks/{hook}/test", response=Pinged, auth=_HOOKS, summary="Send a test message")
def test_webhook(request: HttpRequest, hook: Number) -> HttpResponse:
    """A message of type ping goes to the address, signed like all others."""
    found = _endpoint(request, hook)

    return once(request, Pinged, lambda: {"message": message_of(ping(found))})


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


def _endpoint(request: HttpRequest, number: int) -> Endpoint:
    found: Endpoint = get_object_or_404(own(caller(request)), pk=number)
    return found


def _delivery(sent: Delivery) -> dict[str, Any]:
    row = sent.outbox
    return {
        "message": message_of(sent),
        "event": sent.event,
        "state": row.state,
        "attempts": row.attempts,
        "error": row.last_error,
        "made_at": sent.made_at,
        "next_try_at": row.next_try_at if row.state == "waiting" else None,
        "handed_over_at": row.handed_over_at,
    }
