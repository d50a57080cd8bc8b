"""Webhooks in the Standard Webhooks form: signed, with an id that tells repeats; private addresses are refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from standardwebhooks.webhooks import Webhook

from mapae.desk import clock
from mapae.desk.documents.models import Outbox
from mapae.desk.documents.outbox import Outcome, put
from mapae.desk.fields import seal, unseal
from mapae.sources.fetch.addresses import AddressRefused, allowed, checked, system_resolver

__all__ = ["SECONDS", "announce", "guarded", "send"]

SECONDS = 20


def announce(key: str, address: str, secret: str, kind: str, data: Mapping[str, Any]) -> Outbox:
    """Write a webhook into the outbox, in the caller's transaction. key: names the event and the endpoint;
    secret: the endpoint's `whsec_…`, kept sealed; kind: `document.served` and the like."""
    body = {"type": kind, "timestamp": clock.now().isoformat(), "data": dict(data)}
    return put(f"webhook:{key}", "webhook", address, {"body": body, "secret": seal(secret)})


def send(row: Outbox, sending: Callable[[], bool]) -> Outcome:
    """Post the row to its endpoint: 2xx is taken, 410 means never again, anything else is tried later."""
    try:
        target = guarded(row.address)
    except (AddressRefused, ValueError):
        return Outcome("failed", "the address is not https to a public host")
    except OSError:
        return Outcome("again", "the host has no address now")
    if not sending():
        return Outcome("again", "another worker has it")
    body, now = json.dumps(row.payload["body"], ensure_ascii=False), clock.now()
    request = httpx.Request("POST", target, content=body.encode(), headers=_headers(row, body, now))
    request.extensions = {
        "timeout": httpx.Timeout(SECONDS).as_dict(),
        "sni_hostname": urlsplit(row.address).hostname,
    }
    try:
        with httpx.Client(trust_env=False, follow_redirects=False) as client:
            answer = client.send(request, stream=True)  # what it says beside its status is not read
            answer.close()
    except httpx.HTTPError as error:
        return Outcome("again", f"{type(error).__name__}: {error}")
    if answer.is_success:
        return Outcome("handed_over")
    return Outcome("failed" if answer.status_code == 410 else "again", f"answered {answer.status_code}")


def _headers(row: Outbox, body: str, now: datetime) -> dict[str, str]:
    identity = f"msg_{row.pk}"
    return {
        "host": urlsplit(row.address).netloc,
        "content-type": "application/json",
        "webhook-id": identity,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(unseal(row.payload["secret"])).sign(identity, now, body),
    }


def guarded(address: str) -> str:
    """The address with the host's number in place of its name, so that the name cannot change after the check.

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
    shown = f"[{found[0]}]" if ":" in found[0] else found[0]
    return parts._replace(netloc=f"{shown}:{parts.port}" if parts.port else shown).geturl()
