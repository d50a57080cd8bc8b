"""Webhooks in the Standard Webhooks form: signed, with an id that tells repeats; private addresses are refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx
from django.conf import settings
from standardwebhooks.webhooks import Webhook

from mapae.desk import clock
from mapae.desk.documents.models import Outbox
from mapae.desk.documents.outbox import Outcome, put
from mapae.desk.fields import seal, unseal
from mapae.sources.fetch.addresses import AddressRefused, allowed, checked, system_resolver
from mapae.sources.fetch.network import Budget, GuardedNetwork
from mapae.sources.fetch.rules import FetchRules

__all__ = ["SECONDS", "announce", "guarded", "send"]

SECONDS = 20  # for all of it, so that a byte now and then does not hold up the outbox


def announce(key: str, address: str, secret: str, kind: str, data: Mapping[str, Any]) -> Outbox:
    """Write a webhook into the outbox, in the caller's transaction. key: names the event and the endpoint;
    secret: the endpoint's `whsec_…`, kept sealed; kind: `document.served` and the like."""
    body = {"type": kind, "timestamp": clock.now().isoformat(), "data": dict(data)}
    return put(f"webhook:{key}", "webhook", address, {"body": body, "secret": seal(secret)})


def send(row: Outbox, sending: Callable[[], bool]) -> Outcome:
    """Post the row to its endpoint: 2xx is taken, 410 means never again, anything else is tried later."""
    try:
        numbers, here = guarded(row.address)
    except (AddressRefused, ValueError):
        return Outcome("failed", "the address is not https to a public host")
    except OSError:
        return Outcome("again", "the host has no address now")
    if not sending():
        return Outcome("again", "another worker has it")
    network = GuardedNetwork(FetchRules(loopback=here), lambda _host, _port: numbers, Budget(SECONDS))
    try:
        status = _post(row, network)
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        return Outcome("again", f"{type(error).__name__}: {error}")
    if 200 <= status < 300:
        return Outcome("handed_over")
    return Outcome("failed" if status == httpx.codes.GONE else "again", f"answered {status}")


def _post(row: Outbox, network: GuardedNetwork) -> int:
    """The status of the answer; what it says beside that is not read."""
    body = json.dumps(row.payload["body"], ensure_ascii=False)
    with (
        httpcore.ConnectionPool(network_backend=network, retries=0) as pool,
        pool.stream(
            "POST", row.address, headers=_headers(row, body, clock.now()), content=body.encode(),
            extensions={"timeout": {"connect": SECONDS, "read": SECONDS, "write": SECONDS}},
        ) as answer,
    ):  # fmt: skip
        return int(answer.status)


def _headers(row: Outbox, body: str, now: datetime) -> dict[str, str]:
    identity = f"msg_{row.pk}"
    return {
        "host": urlsplit(row.address).netloc,
        "content-type": "application/json",
        "content-length": str(len(body.encode())),
        "connection": "close",
        "webhook-id": identity,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(unseal(row.payload["secret"])).sign(identity, now, body),
    }


def guarded(address: str) -> tuple[Sequence[str], bool]:
    """The host's numbers, to be asked in place of its name, so that the name cannot change after the check; whether they are
    this machine's.

    Only https to a host all of whose numbers are public; where the desk is told so (training, tests) this machine as well, in
    training nothing else. AddressRefused or ValueError where it may never be asked, OSError where it has no number now.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise AddressRefused("no plain address of a host")
    found = system_resolver(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
    own = settings.TRAINING or settings.MAIL.loopback_webhooks
    here = own and all(allowed(number, loopback=True) for number in found)
    checked(parts.hostname, found, loopback=here)
    if not here and (parts.scheme != "https" or settings.TRAINING):
        raise AddressRefused("not https to a public host")
    return found, here
