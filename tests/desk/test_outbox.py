"""The outbox: written with its cause, handed over once, tried again where that is safe, and visible where it is not."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import socket
import threading
import time
from datetime import timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
import time_machine
from django.db import transaction
from django.utils import translation
from standardwebhooks.webhooks import Webhook

from mapae.desk import clock
from mapae.desk.cases import evidence
from mapae.desk.cases.actions import Refused, run
from mapae.desk.documents import outbox, webhook
from mapae.desk.documents.models import Document, Outbox
from mapae.desk.documents.worker import round_once, transports
from mapae.errors import UsageError
from tests.desk.letters import NOON, approved, open_case, posted
from tests.desk.mailserver import kept, mail_server

SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo="


@pytest.fixture(autouse=True)
def _english():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


def _mail(settings: Any, port: int, arrives: str = "accepted", webhooks: bool = True) -> None:
    settings.MAIL = dataclasses.replace(
        settings.MAIL, host="127.0.0.1", port=port, security="none", sender="desk@desk.example", arrives=arrives,
        loopback_webhooks=webhooks,
    )  # fmt: skip


def _sent_by_mail(world: SimpleNamespace) -> Document:
    case = open_case(world)
    document = approved(world, case, "takedown_recommendation")
    run("serve", world.sora, case, document=document, channel="email")
    return document


def test_a_letter_goes_out_once_with_its_pdf_and_json(
    world: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    document = _sent_by_mail(world)
    with mail_server(tmp_path) as port:
        _mail(settings, port)
        assert round_once() == 1
        assert round_once() == 0
    mail = message_from_bytes(next(tmp_path.glob("*.eml")).read_bytes(), policy=policy.default)
    parts = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    assert parts[f"{document.code}.pdf"] == evidence.read(document.pdf)
    sent = parts[f"{document.code}.json"]
    assert json.loads(sent if isinstance(sent, str) else sent.decode())["number"] == document.number
    assert document.code in mail.get_body().get_content()
    assert sum(kept(tmp_path).values()) == 1


def test_acceptance_serves_only_where_the_rule_says_so(
    world: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    for arrives, served in (("confirmed", False), ("accepted", True)):
        document = _sent_by_mail(world)
        with mail_server(tmp_path) as port:
            _mail(settings, port, arrives)
            round_once()
        service = document.services.get()
        assert service.sent_at is not None
        assert (service.served_at is not None) is served
        assert document.case.events.filter(kind="served", ref=document.code).exists() is served


def test_a_server_that_is_away_or_busy_is_tried_again_later(
    world: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    _sent_by_mail(world)
    _mail(settings, 1)  # nobody listens
    round_once()
    row = Outbox.objects.get()
    assert (row.state, row.attempts, row.next_try_at) == ("waiting", 1, clock.now() + timedelta(minutes=1))
    assert round_once() == 0
    with mail_server(tmp_path, answers=("451 later",)) as port:
        _mail(settings, port)
        with time_machine.travel(NOON + timedelta(minutes=2), tick=False):
            round_once()
        with time_machine.travel(NOON + timedelta(minutes=20), tick=False):
            round_once()
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("handed_over", 3)
    assert sum(kept(tmp_path).values()) == 1


def test_a_refusal_for_good_fails_the_service_and_can_be_retried_by_a_person(
    world: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    document = _sent_by_mail(world)
    with mail_server(tmp_path, answers=("550 no such box",)) as port:
        _mail(settings, port)
        round_once()
        row, service = Outbox.objects.get(), document.services.get()
        assert (row.state, "550" in row.last_error, service.failed_at is not None) == ("failed", True, True)
        outbox.retry(row, world.sora)
        round_once()
    document.refresh_from_db()
    assert (document.state, sum(kept(tmp_path).values())) == ("served", 1)


def test_a_failed_mail_is_not_retried_once_the_document_went_by_post(
    world: SimpleNamespace, settings: Any
) -> None:
    document = _sent_by_mail(world)
    _mail(settings, 1)
    Outbox.objects.update(attempts=len(outbox.BACKOFF))
    round_once()
    document.refresh_from_db()
    posted(world, document)
    with pytest.raises(UsageError, match="another way"):
        outbox.retry(Outbox.objects.get(), world.sora)


def test_a_connection_lost_while_sending_leaves_it_in_doubt_for_a_person(
    world: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    document = _sent_by_mail(world)
    with mail_server(tmp_path, answers=("hang up",)) as port:
        _mail(settings, port)
        round_once()
        with time_machine.travel(NOON + timedelta(days=1), tick=False):
            assert round_once() == 0
        row = Outbox.objects.get()
        assert (row.state, document.services.get().sent_at) == ("in_doubt", None)
        outbox.resolve(row, world.sora, arrived=True)
    document.refresh_from_db()
    assert (document.state, sum(kept(tmp_path).values())) == ("served", 1)
    with pytest.raises(UsageError, match="not in doubt"):
        outbox.resolve(row, world.sora, arrived=False)


def test_a_lease_that_runs_out_before_sending_returns_the_row_and_while_sending_puts_it_in_doubt(
    world: SimpleNamespace,
) -> None:
    _sent_by_mail(world)
    _sent_by_mail(world)
    first, second = outbox.take(clock.now()), outbox.take(clock.now())
    assert first and second and first.pk != second.pk
    assert outbox.take(clock.now()) is None
    Outbox.objects.filter(pk=second.pk).update(state="sending")
    again = outbox.take(clock.now() + outbox.LEASE * 2)
    assert again is not None and again.pk == first.pk
    assert Outbox.objects.get(pk=second.pk).state == "in_doubt"


def test_a_worker_whose_lease_ran_out_gives_nothing_away(world: SimpleNamespace) -> None:
    _sent_by_mail(world)
    first = outbox.take(clock.now())
    second = outbox.take(clock.now() + outbox.LEASE * 2)
    assert first and second and first.pk == second.pk
    assert not outbox._sending(first)
    assert outbox._sending(second)


def test_a_row_is_not_written_when_its_cause_is_undone_nor_twice(world: SimpleNamespace) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.put("k", "email", "a@b.example", {})
        raise RuntimeError
    assert not Outbox.objects.exists()
    outbox.put("k", "email", "a@b.example", {"n": 1})
    assert outbox.put("k", "email", "a@b.example", {"n": 2}).payload == {"n": 1}


def test_giving_up_a_mail_that_waits_keeps_it_from_leaving(
    world: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    document = _sent_by_mail(world)
    run(
        "record_service",
        world.sora,
        document.case,
        service=document.services.get(),
        outcome="failed",
        detail="우편으로 보냄",
    )
    with mail_server(tmp_path) as port:
        _mail(settings, port)
        assert round_once() == 0
    assert kept(tmp_path) == {}


def test_a_mail_that_is_just_leaving_cannot_be_given_up(world: SimpleNamespace) -> None:
    document = _sent_by_mail(world)
    assert outbox.take(clock.now())
    with pytest.raises(Refused, match="just being sent"):
        run(
            "record_service",
            world.sora,
            document.case,
            service=document.services.get(),
            outcome="failed",
            detail="x",
        )


class _Endpoint(BaseHTTPRequestHandler):
    """Keeps what it is sent, and answers as it was told."""

    seen: ClassVar[list[tuple[dict[str, str], bytes]]] = []
    answers: ClassVar[list[int]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        _Endpoint.seen.append(({key.lower(): value for key, value in self.headers.items()}, body))
        self.send_response(_Endpoint.answers.pop(0) if _Endpoint.answers else 204)
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture
def endpoint():  # type: ignore[no-untyped-def]
    server = HTTPServer(("127.0.0.1", 0), _Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _Endpoint.seen, _Endpoint.answers = [], []
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()


def test_a_webhook_is_signed_and_keeps_its_id_over_retries(db: None, settings: Any, endpoint: str) -> None:
    _mail(settings, 1)
    _Endpoint.answers = [500]
    webhook.announce("served:1:9", endpoint, SECRET, "document.served", {"code": "ABCD"})
    assert SECRET not in str(Outbox.objects.get().payload)
    round_once()
    with time_machine.travel(NOON + timedelta(minutes=2), tick=False):
        round_once()
        round_once()
        headers, body = _Endpoint.seen[1]
        assert Webhook(SECRET).verify(body, headers)["data"] == {"code": "ABCD"}
    assert [seen["webhook-id"] for seen, _body in _Endpoint.seen] == [headers["webhook-id"]] * 2
    assert Outbox.objects.get().state == "handed_over"


def test_an_endpoint_that_is_gone_is_not_tried_again(db: None, settings: Any, endpoint: str) -> None:
    _mail(settings, 1)
    _Endpoint.answers = [410]
    webhook.announce("gone", endpoint, SECRET, "document.served", {})
    round_once()
    assert Outbox.objects.get().state == "failed"


def test_an_endpoint_that_answers_byte_by_byte_is_left_when_its_time_is_over(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _mail(settings, 1)
    monkeypatch.setattr(webhook, "SECONDS", 0.6)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_trickle, args=(server,), daemon=True).start()
        webhook.announce(
            "slow", f"http://127.0.0.1:{server.getsockname()[1]}/", SECRET, "document.served", {}
        )
        began = time.monotonic()
        round_once()
        assert time.monotonic() - began < 10
    row = Outbox.objects.get()
    assert (row.state, row.last_error.partition(":")[0]) == ("waiting", "ReadTimeout")


def _trickle(server: socket.socket) -> None:
    asked, _from = server.accept()
    with contextlib.suppress(OSError):
        for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 300:
            asked.sendall(bytes([letter]))
            time.sleep(0.1)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/x", "https://10.0.0.8/x", "https://[::1]/x", "http://169.254.169.254/"]
)
def test_a_webhook_to_a_private_address_is_refused(db: None, settings: Any, address: str) -> None:
    _mail(settings, 1, webhooks=False)
    webhook.announce("private", address, SECRET, "document.served", {})
    round_once()
    assert Outbox.objects.get().state == "failed"


def test_in_training_mail_stays_on_this_machine(world: SimpleNamespace, settings: Any) -> None:
    document = _sent_by_mail(world)
    settings.TRAINING = True
    assert transports()["email"].__name__ == "sink"
    _mail(settings, 1)
    round_once()
    document.refresh_from_db()
    assert document.state == "served"
