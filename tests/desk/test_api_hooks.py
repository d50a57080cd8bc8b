"""Webhooks: registered with a secret shown once, told of what their person may see, signed, guarded, ended."""

from __future__ import annotations

import dataclasses
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import transaction
from standardwebhooks.webhooks import Webhook

from mapae.desk.answers.models import Contest
from mapae.desk.api.models import Delivery, Endpoint
from mapae.desk.api.telling import events
from mapae.desk.cases.actions import run
from mapae.desk.cases.story import sentences
from mapae.desk.documents.models import Document, Outbox
from mapae.desk.documents.worker import round_once
from tests.desk.answered import contest, items, served
from tests.desk.calling import bearer, delete, get, post, slug
from tests.desk.letters import NOON, open_case


@pytest.fixture(autouse=True)
def _noon(settings: Any) -> Iterator[None]:
    settings.MAIL = dataclasses.replace(settings.MAIL, loopback_webhooks=True)
    with time_machine.travel(NOON, tick=False):
        yield


class Receiver:
    """A receiver on loopback: keeps what came, answers as told."""

    def __init__(self, answer: int) -> None:
        self.came: list[tuple[dict[str, str], bytes]] = []
        keep = self.came

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                keep.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(answer)
                self.end_headers()

            def log_message(self, *_said: object) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/mapae"


@contextmanager
def receiver(answer: int = 204) -> Iterator[Receiver]:
    """A running receiver."""
    found = Receiver(answer)
    threading.Thread(target=found.server.serve_forever, daemon=True).start()
    try:
        yield found
    finally:
        found.server.shutdown()
        found.server.server_close()


def register(user: Any, url: str, **more: Any) -> dict[str, Any]:
    """A new webhook of the person."""
    answer = post("/webhooks", bearer(user, "hooks"), {"url": url, **more})
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_a_message_is_signed_with_the_secret_that_was_shown_once(world: SimpleNamespace) -> None:
    with receiver() as there:
        made = register(world.minjun, there.url, about="ERP")
        assert made["secret"].startswith("whsec_")
        assert Endpoint.objects.get().secret == made["secret"]
        headers = bearer(world.minjun, "hooks")
        assert "secret" not in get(f"/webhooks/{made['id']}", headers).json()
        sent = post(f"/webhooks/{made['id']}/test", headers).json()
        round_once()
    (head, body), *rest = there.came
    assert not rest
    Webhook(made["secret"]).verify(body, {key.lower(): value for key, value in head.items()})
    assert json.loads(body)["type"] == "ping"
    assert head["webhook-id"] == sent["message"]
    (row,) = get(f"/webhooks/{made['id']}/deliveries", headers).json()["rows"]
    assert (row["message"], row["event"], row["state"], row["attempts"]) == (
        sent["message"],
        "ping",
        "handed_over",
        1,
    )


def test_an_event_is_told_to_those_who_may_see_it_and_in_its_own_transaction(world: SimpleNamespace) -> None:
    hooks = {
        name: register(getattr(world, name), "http://127.0.0.1:9/x")["id"]
        for name in ("sora", "minjun", "rival", "ex")
    }
    document = served(world)
    told = {
        name: list(Delivery.objects.filter(endpoint=pk).order_by("pk").values_list("event", flat=True))
        for name, pk in hooks.items()
    }
    assert told["minjun"] == ["document.served"]
    assert told["sora"][0] == "case.opened"
    assert told["sora"][-1] == "document.served"
    assert (told["rival"], told["ex"]) == ([], [])
    message = Delivery.objects.get(endpoint=hooks["minjun"]).outbox.payload["body"]
    assert message["data"]["document"] == document.code
    assert message["data"]["case"] == document.case.number
    before = Outbox.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        contest(world, document.case, items(document)[0])
        assert Outbox.objects.count() > before
        raise RuntimeError("the desk ends here")
    assert Outbox.objects.count() == before


def test_messages_hold_no_text_of_persons(world: SimpleNamespace) -> None:
    register(world.sora, "http://127.0.0.1:9/x")
    document = served(world)
    contest(world, document.case, items(document)[0])
    run("note", world.sora, document.case, text="비밀 메모")
    assert "item.contested" in Delivery.objects.values_list("event", flat=True)
    kept = json.dumps(list(Outbox.objects.values_list("payload", flat=True)), ensure_ascii=False)
    for text in (Contest.objects.get().text, "비밀 메모", "Minjun", "반짝상회"):
        assert text not in kept


def test_a_webhook_is_told_only_of_the_events_it_asked_for(world: SimpleNamespace) -> None:
    hook = register(world.sora, "http://127.0.0.1:9/x", events=["document.served"])
    served(world)
    assert set(Delivery.objects.values_list("event", flat=True)) == {"document.served"}
    wrong = post(
        "/webhooks", bearer(world.minjun, "hooks"), {"url": "http://127.0.0.1:9/x", "events": ["case.opened"]}
    )
    assert slug(wrong) == "invalid"
    assert hook["events"] == ["document.served"]


def test_an_ended_mandate_or_account_is_told_nothing_more(world: SimpleNamespace) -> None:
    register(world.minjun, "http://127.0.0.1:9/x")
    document = served(world)
    assert Delivery.objects.count() == 1
    world.mandate.ends_on = world.today - timedelta(days=1)
    world.mandate.save()
    run("withdraw_notice", world.sora, document.case, item=items(document)[0], reasons="오류 (예시)")
    assert Delivery.objects.count() == 1
    register(world.sora, "http://127.0.0.1:9/y")
    world.sora.is_active = False
    world.sora.save()
    open_case(world)
    assert Delivery.objects.count() == 1


def test_an_ended_webhook_gives_up_what_waited(world: SimpleNamespace) -> None:
    made = register(world.minjun, "http://127.0.0.1:9/x")
    headers = bearer(world.minjun, "hooks")
    post(f"/webhooks/{made['id']}/test", headers)
    assert delete(f"/webhooks/{made['id']}", headers).status_code == 200
    assert Outbox.objects.get().state == "failed"
    assert slug(get(f"/webhooks/{made['id']}", headers)) == "not-found"
    assert get("/webhooks", headers).json()["rows"] == []
    served(world)
    assert Delivery.objects.count() == 1


def test_an_address_that_says_gone_is_asked_no_more(world: SimpleNamespace) -> None:
    with receiver(410) as there:
        made = register(world.minjun, there.url)
        post(f"/webhooks/{made['id']}/test", bearer(world.minjun, "hooks"))
        round_once()
        served(world)
        round_once()
    assert len(there.came) == 1
    assert Endpoint.objects.get().ended_at is not None


def test_deliveries_page_from_the_newest(world: SimpleNamespace) -> None:
    made = register(world.minjun, "http://127.0.0.1:9/x")
    headers, path = bearer(world.minjun, "hooks"), f"/webhooks/{made['id']}/deliveries"
    sent = [post(f"/webhooks/{made['id']}/test", headers).json()["message"] for _ in range(3)]
    first = get(f"{path}?limit=2", headers).json()
    second = get(f"{path}?limit=2&after={first['next']}", headers).json()
    assert [row["message"] for row in first["rows"] + second["rows"]] == sent[::-1]
    assert second["next"] is None


@pytest.mark.parametrize(
    "url",
    [
        "ftp://127.0.0.1/x",
        "http://user:secret@127.0.0.1/x",
        "https://10.0.0.7/x",
        "https://169.254.169.254/latest",
        "https://[::ffff:10.0.0.1]/x",
        "https://[fe80::1%25eth0]/x",
        "https://0.0.0.0/x",
        "http://93.184.215.14/plain",
        "https:///nothing",
        "https://127.0.0.1:99999/x",
        "https://no-such-host.invalid/x",
        "https://127.0.0.1/ two",
        "nonsense",
    ],
)
def test_addresses_that_could_reach_inside_are_refused(world: SimpleNamespace, url: str) -> None:
    answer = post("/webhooks", bearer(world.sora, "hooks"), {"url": url})
    assert slug(answer) in ("bad-endpoint", "invalid")
    assert "10.0.0" not in json.dumps(answer.json()["errors"])
    assert not Endpoint.objects.exists()


def test_loopback_is_refused_where_the_desk_works_in_earnest(world: SimpleNamespace, settings: Any) -> None:
    settings.MAIL = dataclasses.replace(settings.MAIL, loopback_webhooks=False)
    answer = post("/webhooks", bearer(world.sora, "hooks"), {"url": "https://127.0.0.1/x"})
    assert slug(answer) == "bad-endpoint"


@pytest.mark.parametrize(
    ("numbers", "state"),
    [
        (["127.0.0.1"], "failed"),
        (["93.184.215.14", "10.0.0.7"], "failed"),
        (["64:ff9b::7f00:1"], "failed"),
        (["::ffff:169.254.169.254"], "failed"),
        ([], "waiting"),
    ],
)
def test_a_name_is_looked_up_anew_at_every_sending_and_nothing_is_sent_unless_all_its_numbers_are_public(
    world: SimpleNamespace, settings: Any, monkeypatch: pytest.MonkeyPatch, numbers: list[str], state: str
) -> None:
    with receiver() as there:
        made = register(world.minjun, there.url)
        Endpoint.objects.update(
            url=there.url.replace("127.0.0.1", "turned.example").replace("http:", "https:")
        )
        settings.MAIL = dataclasses.replace(settings.MAIL, loopback_webhooks=False)
        monkeypatch.setattr("mapae.desk.documents.webhook.system_resolver", lambda _host, _port: numbers)
        post(f"/webhooks/{made['id']}/test", bearer(world.minjun, "hooks"))
        round_once()
        assert not there.came
    row = Outbox.objects.get()
    assert (row.state, "10.0.0" in row.last_error) == (state, False)


def test_nobody_registers_more_than_ten_and_a_repeat_registers_none(world: SimpleNamespace) -> None:
    headers = bearer(world.sora, "hooks", **{"Idempotency-Key": "first"})
    first, again = (post("/webhooks", headers, {"url": "http://127.0.0.1:9/x"}) for _ in range(2))
    assert first.json()["secret"] == again.json()["secret"]
    assert (again.status_code, Endpoint.objects.count()) == (201, 1)
    for _ in range(9):
        register(world.sora, "http://127.0.0.1:9/x")
    assert (
        slug(post("/webhooks", bearer(world.sora, "hooks"), {"url": "http://127.0.0.1:9/x"}))
        == "too-many-webhooks"
    )


def test_every_event_told_is_an_event_of_cases() -> None:
    assert set(events()) <= set(sentences())
    assert len({told.name for told in events().values()}) == len(events())


def test_a_document_of_another_operator_is_not_told(world: SimpleNamespace) -> None:
    document: Document = served(world)
    Delivery.objects.all().delete()
    register(world.rival, "http://127.0.0.1:9/x")
    contest(world, document.case, items(document)[0])
    assert not Delivery.objects.exists()
