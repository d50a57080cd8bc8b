"""Who calls: a token acts as its person, within its scopes and the person's role; without a token only what is public."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from ninja.security import HttpBearer

from mapae.desk import clock
from mapae.desk.accounts.models import ApiToken, User
from mapae.desk.accounts.tokens import granted
from mapae.desk.api import limits
from mapae.desk.api.problems import Problem

__all__ = ["LARGEST", "Token", "anyone", "caller", "token_of"]

LARGEST = 2_000_000  # bytes of a request's body
_NOTED = timedelta(minutes=1)  # how exactly it is kept when a token was last used


class Token(HttpBearer):
    """`Authorization: Bearer mapae_…` with a scope; 401 for a token that opens nothing, 403 where scope or role lack."""

    openapi_description = "A token of a person, made on the page of the account."

    def __init__(self, scope: str, *roles: str) -> None:
        super().__init__()
        self.scope, self.roles = scope, roles

    def __call__(self, request: HttpRequest) -> User | None:
        """The token's person, or None; calls without a good token count by where they come from."""
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        found = self.authenticate(request, token.strip()) if kind.lower() == "bearer" else None
        if found is None:
            limits.by_address(request)
        return found

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The person of a token that holds now."""
        kept = _kept(token)
        if kept is None:
            return None
        limits.by_token(request, kept.pk)
        scopes = granted(kept)
        if self.scope not in scopes:
            raise Problem(
                "not-allowed", f"scope needed: {self.scope}; the token has: {', '.join(scopes) or '-'}"
            )
        if self.roles and kept.user.role not in self.roles:
            raise Problem(
                "not-allowed", f"role needed: {' or '.join(self.roles)}; the person is: {kept.user.role}"
            )
        _fits(request)
        request.token = kept  # type: ignore[attr-defined]
        kept.user.by_token = kept.pk
        return kept.user


def anyone(request: HttpRequest) -> bool:
    """What is public opens without a token; calls count by where they come from."""
    limits.by_address(request)
    return True


def caller(request: HttpRequest) -> User:
    """The person whose token it is."""
    found: Any = request
    return found.auth


def token_of(request: HttpRequest) -> ApiToken:
    """The token that was sent."""
    found: Any = request
    return found.token


def _kept(token: str) -> ApiToken | None:
    now, digest = clock.now(), hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
    holds = Q(expires_at__isnull=True) | Q(expires_at__gt=now)
    found = ApiToken.objects.filter(holds, digest=digest, user__is_active=True)
    kept = found.select_related("user", "user__firm", "user__body").first()
    if kept is not None and (kept.last_used_at is None or now - kept.last_used_at >= _NOTED):
        ApiToken.objects.filter(pk=kept.pk).update(last_used_at=now)
    return kept


def _fits(request: HttpRequest) -> None:
    """Refuse a body that is too large or no JSON by its headers, before it is read."""
    if request.method not in ("POST", "PUT", "PATCH"):
        return
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST:
        raise Problem("too-large")
    if int(length) and request.content_type != "application/json":
        raise Problem("not-json", request.content_type[:80])
