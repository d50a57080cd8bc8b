"""Who calls the API: a token acts as its person, within its scopes, so many calls a minute; errors are problem+json."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja.errors import HttpError
from ninja.security import HttpBearer

from mapae.desk import clock
from mapae.desk.accounts.models import ApiToken, User

__all__ = ["A_MINUTE", "Token", "caller", "problem"]

A_MINUTE = 240  # calls of one token in a minute


class Token(HttpBearer):
    """`Authorization: Bearer mapae_…` with a scope; 401 for a token that opens nothing, 403 without the scope."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The token's person, or None."""
        digest, now = hashlib.sha256(token.encode()).hexdigest(), clock.now()
        holds = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
        found = ApiToken.objects.filter(holds, digest=digest, user__is_active=True)
        kept = found.select_related("user", "user__firm", "user__body").first()
        if kept is None:
            return None
        _count(kept.pk)
        if self.scope not in kept.scopes:
            raise HttpError(403, f"the token lacks the scope {self.scope}")
        ApiToken.objects.filter(pk=kept.pk).update(last_used_at=now)
        return kept.user


def caller(request: HttpRequest) -> User:
    """The person whose token it is."""
    found: Any = request
    return found.auth


def problem(status: int, title: str, **more: Any) -> HttpResponse:
    """An error as RFC 9457 has it."""
    body = {"type": "about:blank", "status": status, "title": title, **more}
    answer = JsonResponse(body, status=status, content_type="application/problem+json")
    if status == 429:
        answer["Retry-After"] = "60"
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def _count(number: int) -> None:
    key = f"api:{number}"
    cache.add(key, 0, 60)
    try:
        if cache.incr(key) > A_MINUTE:
            raise HttpError(429, "too many calls; wait a minute")
    except ValueError:  # it ended between the two calls
        return
