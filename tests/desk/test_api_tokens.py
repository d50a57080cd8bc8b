"""The page of a person's tokens: made with scopes of the role, shown once, kept as a hash, revoked."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mapae.desk.accounts.models import ApiToken, User
from mapae.desk.accounts.tokens import MOST
from mapae.desk.api.models import Endpoint
from mapae.desk.audit.models import AuditEntry
from tests.desk.calling import get


@pytest.fixture(autouse=True)
def _english():  # type: ignore[no-untyped-def]
    with translation.override("en"):
        yield


def _in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def test_a_token_is_shown_once_kept_as_a_hash_and_revoked(world: SimpleNamespace) -> None:
    client, address = _in(world.minjun), reverse("tokens")
    assert "at least one scope" in client.post(address, {"name": "ERP", "days": "90"}).content.decode()
    sent = {"name": "ERP", "days": "90", "scope": ["read", "decide", "admin"]}
    page = client.post(address, sent).content.decode()
    token = ApiToken.objects.get()
    assert token.scopes == ["read"]
    plain = page.split('value="mapae_')[1].split('"')[0]
    assert get("/me", {"Authorization": f"Bearer mapae_{plain}"}).json()["name"] == "Minjun"
    assert plain not in token.digest
    assert "mapae_" not in client.get(address).content.decode()
    assert _in(world.rival).post(reverse("token-revoke", args=[token.pk])).status_code == 404
    client.post(reverse("token-revoke", args=[token.pk]))
    assert get("/me", {"Authorization": f"Bearer mapae_{plain}"}).status_code == 401
    assert {"token_made", "token_revoked"} <= set(AuditEntry.objects.values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("name", "scopes"),
    [
        ("minjun", {"read", "answer", "hooks"}),
        ("mei", {"read"}),
        ("sora", {"read", "decide", "file", "hooks"}),
        ("yuna", {"read", "audit"}),
    ],
)
def test_the_page_offers_the_scopes_of_the_role(world: SimpleNamespace, name: str, scopes: set[str]) -> None:
    page = _in(getattr(world, name)).get(reverse("tokens")).content.decode()
    offered = {part.split('"')[0] for part in page.split('name="scope" value="')[1:]}
    assert offered == scopes


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": "", "days": "90", "scope": "read"}, "Give the token a name"),
        ({"name": "x", "days": "9999", "scope": "read"}, "Choose how long"),
        ({"name": "x", "days": "x", "scope": "read"}, "Choose how long"),
    ],
)
def test_what_is_missing_is_said(world: SimpleNamespace, sent: dict[str, str], said: str) -> None:
    assert said in _in(world.sora).post(reverse("tokens"), sent).content.decode()
    assert not ApiToken.objects.exists()


def test_nobody_has_more_tokens_than_can_be_looked_after(world: SimpleNamespace) -> None:
    client = _in(world.sora)
    for number in range(MOST + 1):
        page = client.post(reverse("tokens"), {"name": f"t{number}", "days": "30", "scope": "read"})
    assert "revoke one first" in page.content.decode()
    assert ApiToken.objects.count() == MOST


def test_a_webhook_is_registered_tried_and_ended_on_its_page(world: SimpleNamespace, settings: Any) -> None:
    settings.MAIL = dataclasses.replace(settings.MAIL, loopback_webhooks=True)
    client, address = _in(world.minjun), reverse("webhooks")
    assert "cannot take webhooks" in client.post(address, {"url": "https://10.0.0.7/x"}).content.decode()
    page = client.post(
        address, {"url": "http://127.0.0.1:9/x", "about": "ERP", "event": ["document.served"]}
    ).content.decode()
    made = Endpoint.objects.get()
    assert made.secret in page
    assert made.secret not in client.get(address).content.decode()
    assert "case.opened" not in page
    client.post(reverse("webhook-do", args=[made.pk, "test"]))
    assert "ping" in client.get(address).content.decode()
    assert client.post(reverse("webhook-do", args=[made.pk, "nonsense"])).status_code == 404
    assert _in(world.sora).post(reverse("webhook-do", args=[made.pk, "end"])).status_code == 404
    client.post(reverse("webhook-do", args=[made.pk, "end"]))
    made.refresh_from_db()
    assert made.ended_at is not None
    assert "No webhook yet" in client.get(address).content.decode()
