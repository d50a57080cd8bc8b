"""Calls the API in tests: a token's header, and requests with JSON."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.test import Client

from mapae.desk import clock
from mapae.desk.accounts.models import ApiToken, User


def bearer(user: User, *scopes: str, days: int = 1, **headers: str) -> dict[str, str]:
    """The header of a new token."""
    token, digest = ApiToken.make()
    now = clock.now()
    ApiToken.objects.create(
        user=user, name="t", digest=digest, scopes=list(scopes), created_at=now, expires_at=now + timedelta(days=days)
    )  # fmt: skip
    return {"Authorization": f"Bearer {token}", "Accept-Language": "en", **headers}


def get(path: str, headers: dict[str, str]) -> Any:
    """GET below /api/v1."""
    return Client().get(f"/api/v1{path}", headers=headers)


def post(path: str, headers: dict[str, str], body: Any = None) -> Any:
    """POST JSON below /api/v1."""
    sent = "" if body is None else json.dumps(body)
    return Client().post(f"/api/v1{path}", sent, content_type="application/json", headers=headers)


def delete(path: str, headers: dict[str, str]) -> Any:
    """DELETE below /api/v1."""
    return Client().delete(f"/api/v1{path}", headers=headers)


def slug(answer: Any) -> str:
    """What kind of problem the answer is."""
    assert answer["Content-Type"] == "application/problem+json", (answer.status_code, answer.content)
    return str(answer.json()["type"].rpartition("#problem-")[2])
