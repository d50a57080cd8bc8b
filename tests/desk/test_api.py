"""The API: a token acts as its person, sees what the person's pages show, and answers by the same actions."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from mapae.desk import clock
from mapae.desk.accounts.models import ApiToken, User
from mapae.desk.api.access import A_MINUTE
from mapae.desk.api.v1 import api
from mapae.desk.documents.models import Document
from tests.desk.answered import items, served


def bearer(user: User, *scopes: str, days: int = 1) -> dict[str, str]:
    """The header of a new token."""
    token, digest = ApiToken.make()
    now = clock.now()
    ApiToken.objects.create(
        user=user, name="t", digest=digest, scopes=list(scopes), created_at=now, expires_at=now + timedelta(days=days)
    )  # fmt: skip
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def document(world: SimpleNamespace) -> Document:
    """A document that Lumibay was served."""
    return served(world)


def get(client: Client, path: str, headers: dict[str, str]) -> Any:
    return client.get(f"/api/v1{path}", headers=headers)


def test_persons_see_what_their_pages_show(
    client: Client, world: SimpleNamespace, document: Document
) -> None:
    number = document.case.number
    seen = {
        name: [
            row["number"]
            for row in get(client, "/cases", bearer(getattr(world, name), "read")).json()["rows"]
        ]
        for name in ("sora", "minjun", "rival", "ex", "yuna", "taeho")
    }
    assert seen == {
        "sora": [number],
        "minjun": [number],
        "rival": [],
        "ex": [],
        "yuna": [number],
        "taeho": [],
    }
    for path in (
        f"/cases/{number}/items",
        f"/cases/{number}/documents",
        f"/documents/{document.code}/letter",
    ):
        assert get(client, path, bearer(world.minjun, "read")).status_code == 200
        for name in ("rival", "ex", "taeho"):
            assert get(client, path, bearer(getattr(world, name), "read")).status_code == 404


def test_a_token_that_opens_nothing_is_told_so_as_a_problem(
    client: Client, world: SimpleNamespace, document: Document
) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}, bearer(world.minjun, "read", days=-1)):
        answer = get(client, "/cases", headers)
        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"
    assert get(client, "/cases", bearer(world.minjun, "answer")).status_code == 403


def test_pages_follow_one_another(client: Client, world: SimpleNamespace, document: Document) -> None:
    headers, path = bearer(world.minjun, "read"), f"/cases/{document.case.number}/items?limit=1"
    first = get(client, path, headers).json()
    second = get(client, f"{path}&after={first['next']}", headers).json()
    assert [first["rows"][0]["id"], second["rows"][0]["id"]] == [item.pk for item in items(document)]
    assert second["next"] is None


def test_answers_are_taken_together_or_not_at_all(
    client: Client, world: SimpleNamespace, document: Document
) -> None:
    one, two = items(document)
    path = f"/api/v1/cases/{document.case.number}/answers"
    moment = clock.now().isoformat()

    def post(user: User, rows: list[dict[str, Any]]) -> Any:
        return client.post(
            path, {"answers": rows}, content_type="application/json", headers=bearer(user, "answer")
        )

    good = {"item": one.pk, "kind": "removed", "removed_at": moment}
    assert post(world.minjun, [good, {"item": two.pk, "kind": "contest"}]).status_code == 422
    assert post(world.rival, [good]).status_code == 404
    assert post(world.mei, [good]).status_code == 409
    assert not one.answers.exists()
    assert post(world.minjun, [good]).json() == {"submitted": 1}
    assert one.answers.get().by == world.minjun


def test_a_token_that_calls_too_often_waits(client: Client, world: SimpleNamespace) -> None:
    headers = bearer(world.minjun, "read")
    key = f"api:{world.minjun.tokens.get().pk}"
    cache.set(key, A_MINUTE - 1, 60)
    assert get(client, "/cases", headers).status_code == 200
    answer = get(client, "/cases", headers)
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")


def test_a_token_of_a_person_who_left_opens_nothing(client: Client, world: SimpleNamespace) -> None:
    headers = bearer(world.minjun, "read")
    User.objects.filter(pk=world.minjun.pk).update(is_active=False)
    assert get(client, "/cases", headers).status_code == 401


def test_no_operation_opens_without_a_token_and_all_answers_keep_browsers_safe(
    client: Client, db: None
) -> None:
    for path, operations in api.get_openapi_schema()["paths"].items():
        for method in operations:
            answer = client.generic(method.upper(), path.replace("{number}", "x").replace("{code}", "x"))
            assert answer.status_code == 401, path
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["X-Frame-Options"] == "DENY"
