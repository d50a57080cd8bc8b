"""Counts calls by the minute in the database, so that all processes of the desk share one limit."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from mapae.desk import clock
from mapae.desk.api.models import CallCount
from mapae.desk.api.problems import Problem

__all__ = ["A_MINUTE", "OPEN_A_MINUTE", "Spent", "by_address", "by_token", "show"]

A_MINUTE = 240  # calls of one token in a minute
OPEN_A_MINUTE = 120  # calls without a token from one address
_KEPT = 5  # minutes after which counts are forgotten
_COUNT = """
INSERT INTO api_callcount (who, minute, n) VALUES (%s, %s, 1)
ON CONFLICT (who, minute) DO UPDATE SET n = api_callcount.n + 1 RETURNING n
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """The limit, calls left in this minute, seconds until the next."""

    limit: int
    left: int
    reset: int


def by_token(request: HttpRequest, number: int) -> None:
    """Count a call of a token; Problem `too-many` beyond the limit."""
    _count(request, f"token:{number}", A_MINUTE)


def by_address(request: HttpRequest) -> None:
    """Count a call without a token by where it comes from; the address itself is not kept."""
    place = salted_hmac("api.calls", request.META.get("REMOTE_ADDR", "")).hexdigest()[:24]
    _count(request, f"ip:{place}", OPEN_A_MINUTE)


def show(request: HttpRequest, response: HttpResponse) -> None:
    """Put what is left into the headers of the answer."""
    spent: Spent | None = getattr(request, "spent", None)
    if spent is None:
        return
    response["RateLimit-Limit"], response["RateLimit-Remaining"] = str(spent.limit), str(spent.left)
    response["RateLimit-Reset"] = str(spent.reset)
    if response.status_code == 429:
        response["Retry-After"] = str(spent.reset)


def _count(request: HttpRequest, who: str, limit: int) -> None:
    seconds = int(clock.now().timestamp())
    minute, reset = seconds // 60, 60 - seconds % 60
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [who, minute])
        ((n,),) = cursor.fetchall()
    if n == 1:
        CallCount.objects.filter(minute__lt=minute - _KEPT).delete()
    request.spent = Spent(limit, max(0, limit - n), reset)  # type: ignore[attr-defined]
    if n > limit:
        raise Problem("too-many")
