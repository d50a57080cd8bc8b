"""Webhooks in the Standard Webhooks form: signed, with an id that tells repeats; private addresses are refused."""

from __future__ import annotations

import ipaddress
import json
import socket
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

__all__ = ["SECONDS", "announce", "send"]

SECONDS = 20


def announce(key: str, address: str, secret: str, kind: str, data: Mapping[str, Any]) -> Outbox:
    """Write a webhook into the outbox, in the caller's transaction. key: names the event and the endpoint;
    secret: the endpoint's `whsec_…`, kept sealed; kind: `document.served` and the like."""
    body = {"type": kind, "timestamp": clock.now().isoformat(), "data": dict(data)}
    return put(f"webhook:{key}", "webhook", address, {"body": body, "secret": seal(secret)})


def send(row: Outbox, sending: Callable[[], bool]) -> Outcome:
    """Post the row to its endpoint: 2xx is taken, 410 means never again, anything else is tried later."""
    target, reason = _reachable(row.address)
    if target is None:
        return Outcome("failed", reason)
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
            answer = client.send(request)
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


def _reachable(address: str) -> tuple[str | None, str]:
    """(the address with the host's number in place of its name, ""), so that the name cannot change after the check;
    or (None, why not): only https to public numbers, in training only this machine."""
    parts = urlsplit(address)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError:
        return address, ""  # no such name now: the post fails and is tried later
    number = ipaddress.ip_address(found[0][4][0])
    here = number.is_loopback and (settings.TRAINING or settings.MAIL.loopback_webhooks)
    if not here and (parts.scheme != "https" or not number.is_global or settings.TRAINING):
        return None, "the address is not https to a public host"
    shown = f"[{number}]" if number.version == 6 else str(number)
    netloc = f"{shown}:{parts.port}" if parts.port else shown
    return parts._replace(netloc=netloc).geturl(), ""
