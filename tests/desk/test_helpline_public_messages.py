"""Messages to a consumer name no facts and leave once; what is written to the relay address comes through."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from mapae.desk.documents.models import Outbox
from mapae.desk.documents.outbox import run_outbox
from mapae.desk.documents.worker import transports
from mapae.desk.environment import Sms, sms
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.intake import receive
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.relay import meant, pass_on
from mapae.desk.helpline.share import DEFAULT, decide, relay_address
from mapae.desk.helpline.sms import plain_number
from mapae.desk.helpline.telling import words
from mapae.errors import UsageError
from tests.desk.mailserver import mail_server

TEXT = "루미베이에서 산 치발기가 부러졌습니다."


def told(**more: Any) -> Complaint:
    about = {"operator_told": "루미베이", "order_number": "LB-77", "name": "김지우", **more}
    return receive("web", TEXT, **about)


@contextmanager
def gateway(answers: tuple[int, ...] = ()) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An SMS gateway on loopback: keeps what it takes; answers: statuses to give first, then always 200."""
    taken: list[dict[str, Any]] = []
    statuses = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            status = statuses.pop(0) if statuses else 200
            if status == 200:
                taken.append({**body, "token": self.headers.get("authorization", "")})
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/send", taken
    finally:
        server.shutdown()
        server.server_close()


def test_an_sms_goes_to_the_gateway_once_with_the_state_and_the_address(
    world: SimpleNamespace, settings: Any
) -> None:
    with gateway() as (url, taken):
        settings.SMS = Sms(url, "secret")
        run("advise", None, told(phone="010-1234-5678"))
        run_outbox(transports())
        run_outbox(transports())
    (one,) = taken
    assert one["to"] == "+821012345678" and one["token"] == "Bearer secret"
    assert "/help/f/" in one["text"] and not any(
        word in one["text"] for word in ("김지우", "LB-77", "치발기")
    )


def test_a_gateway_that_is_busy_is_asked_again_and_one_that_refuses_is_not(
    world: SimpleNamespace, settings: Any
) -> None:
    with gateway(answers=(503, 400)) as (url, taken):
        settings.SMS = Sms(url, "")
        run("advise", None, told(phone="010-1234-5678"))
        run_outbox(transports())
        row = Outbox.objects.get(channel="sms")
        assert row.state == "waiting" and row.last_error == "answered 503"
        Outbox.objects.update(next_try_at=row.next_try_at.replace(year=2020))
        run_outbox(transports())
    row.refresh_from_db()
    assert row.state == "failed" and not taken


def test_without_a_gateway_a_phone_number_alone_gets_no_message(world: SimpleNamespace) -> None:
    run("advise", None, told(phone="010-1234-5678"))
    assert not Outbox.objects.exists()


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("010-1234-5678", "+821012345678"),
        ("02 123 4567", "+8221234567"),
        ("+82 (10) 1234-5678", "+821012345678"),
        ("+861381234567", "+861381234567"),
        ("전화", ""),
        ("0101", ""),
    ],
)
def test_numbers_are_read_as_they_are_written(written: str, plain: str) -> None:
    assert plain_number(written) == plain


def test_a_gateway_must_have_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPAE_SMS", "ftp://x")
    with pytest.raises(UsageError, match="SMS gateway"):
        sms()


def test_a_mail_of_every_state_leaves_once_without_a_fact_in_it(
    world: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    with mail_server(tmp_path) as port:
        settings.MAIL = replace(settings.MAIL, host="127.0.0.1", port=port)
        made = run("advise", None, told(email="jiwoo@mail.example"))
        decide(made, agrees=True, fields=DEFAULT)
        run("hand_over", "consumer", made)
        for _round in range(2):
            run_outbox(transports())
    every = [message_from_bytes(path.read_bytes(), policy=policy.default) for path in tmp_path.glob("*.eml")]
    mails = [
        f"{mail['Subject']} {mail.get_content()}" for mail in every if mail["To"] == "jiwoo@mail.example"
    ]
    assert len(mails) == 2
    for text in mails:
        assert not any(word in text for word in ("김지우", "LB-77", "치발기"))
    assert any(
        "국내대리인에게 전달했습니다." in text and "다음 차례: 국내대리인, 기한 2026-" in text
        for text in mails
    )
    assert "jiwoo@mail.example" not in str(list(Outbox.objects.values_list("address", "payload")))
    assert made.link not in str(list(Outbox.objects.values_list("payload", flat=True)))


def _newest(made: Complaint) -> str:
    """The newest message to the consumer."""
    return words(Outbox.objects.filter(address__startswith=f"helpline:{made.pk}:").latest("pk")).text


@time_machine.travel(datetime(2026, 11, 25, 3, tzinfo=UTC), tick=False)
def test_messages_of_a_mediation_say_what_happened_who_acts_by_when_and_what_silence_means(
    world: SimpleNamespace,
) -> None:
    made = run("advise", None, told(email="jiwoo@mail.example"))
    run("apply_redress", "consumer", made)
    run("apply_mediation", "consumer", made)
    run("set_session", world.dojin, made, day=date(2026, 12, 2), text="오후 2시")
    assert "조정 회의 날짜가 정해졌습니다." in _newest(made)
    run("propose", world.dojin, made, text="12,900원을 환불한다.")
    text = _newest(made)
    assert "2026-12-10 (목) · 조정안 수락 여부 통보" in text and "말이 없으면 받아들인 것으로 봅니다" in text
    assert "12,900" not in text
    before = Outbox.objects.count()
    run("accept_proposal", "consumer", made)
    assert Outbox.objects.count() == before  # who acts knows it
    run("accept_proposal", world.dojin, made, party="operator")
    text = _newest(made)
    assert (
        "양쪽이 받아들여 조정이 성립했습니다." in text and "재판상 화해" in text and "다음 차례" not in text
    )


@time_machine.travel(datetime(2026, 11, 25, 3, tzinfo=UTC), tick=False)
def test_a_message_that_leaves_after_the_next_step_only_says_where_to_look(world: SimpleNamespace) -> None:
    made = run("advise", None, told(email="jiwoo@mail.example"))
    row = Outbox.objects.filter(address__startswith=f"helpline:{made.pk}:").latest("pk")
    run("apply_redress", "consumer", made)
    text = words(row).text
    assert "책임지는 곳과 권리를 안내했습니다." in text and "다음 차례" not in text and made.link in text


@time_machine.travel(datetime(2026, 11, 25, 3, tzinfo=UTC), tick=False)
def test_a_message_names_the_consumers_own_last_day_and_what_was_promised(world: SimpleNamespace) -> None:
    made = run("advise", None, told(email="jiwoo@mail.example", delivered_on=date(2026, 11, 20)))
    assert (
        made.last_day
        and f"{made.last_day} (" in _newest(made)
        and "권리를 행사할 수 있는 마지막 날" in _newest(made)
    )


def test_what_is_written_to_the_relay_address_reaches_the_consumer_once_and_is_kept_sealed(
    world: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    made = told(email="jiwoo@mail.example")
    mail = EmailMessage()
    mail["From"], mail["To"] = "agent@handeul.example", f"Consumer <{relay_address(made)}>"
    assert meant(mail) == made
    with mail_server(tmp_path) as port:
        settings.MAIL = replace(settings.MAIL, host="127.0.0.1", port=port)
        for _again in range(2):
            pass_on(made, "agent@handeul.example", "반품 주소를 알려 드립니다.", "d" * 64)
        run_outbox(transports())
    (kept,) = tmp_path.glob("*.eml")
    text = message_from_bytes(kept.read_bytes(), policy=policy.default).get_body().get_content()
    assert "반품 주소를 알려 드립니다." in text and "agent@handeul.example" in text
    assert "반품" not in str(list(Outbox.objects.values_list("payload", flat=True)))


@pytest.mark.parametrize("address", ["desk@localhost", "r12@localhost", "rzzzzzzzzzzzzzzzz@localhost"])
def test_other_mail_is_no_relay(world: SimpleNamespace, address: str) -> None:
    mail = EmailMessage()
    mail["To"] = address
    assert meant(mail) is None
