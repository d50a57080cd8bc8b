"""Writes that are done once: a request with the same Idempotency-Key within a day gets the answer that was kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Schema

from mapae.desk import clock
from mapae.desk.api.access import caller
from mapae.desk.api.models import KeptAnswer
from mapae.desk.api.problems import Problem

__all__ = ["KEPT", "REPLAYED", "once"]

KEPT = timedelta(hours=24)
REPLAYED = "Idempotent-Replayed"
_LONGEST = 255


def once(
    request: HttpRequest, shape: type[Schema], work: Callable[[], Any], *, status: int = 200
) -> HttpResponse:
    """Do the work and answer with its result in that shape, all in one transaction.

    With the header Idempotency-Key the answer is kept in the same transaction, so that a repeat after a lost connection or
    a killed process finds either nothing done or the answer. Errors change nothing and are not kept. Problem `key-reused`
    where the key came with another method, address or body.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        with transaction.atomic():
            return _json(_told(shape, work()), status)
    if len(key) > _LONGEST or not key.isascii() or not key.isprintable():
        raise Problem("invalid", errors=[f"Idempotency-Key: 1 to {_LONGEST} printable ASCII characters"])
    now = clock.now()
    KeptAnswer.objects.filter(at__lt=now - KEPT).delete()
    with transaction.atomic():
        about = {"digest": _digest(request), "at": now}
        kept, new = KeptAnswer.objects.get_or_create(user=caller(request), key=key, defaults=about)
        if new:
            kept.status, kept.body = status, _told(shape, work())
            kept.save(update_fields=["status", "body"])
            return _json(kept.body, status)
    if kept.digest != about["digest"]:
        raise Problem("key-reused")
    answer = _json(kept.body, kept.status)
    answer[REPLAYED] = "true"
    return answer


def _digest(request: HttpRequest) -> str:
    head = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(head + request.body).hexdigest()


def _told(shape: type[Schema], result: Any) -> str:
    return shape.model_validate(result).model_dump_json()


def _json(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="application/json; charset=utf-8")
