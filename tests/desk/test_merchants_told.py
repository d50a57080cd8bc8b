"""Merchants and rights holders who left an address are told that something happened: by a mail that tells nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from mapae.desk.cases.actions import Refused
from mapae.desk.documents.mail import message, receiver_of
from mapae.desk.documents.models import Outbox
from mapae.desk.merchants import acts, share
from mapae.desk.merchants.forget import forget_old
from mapae.desk.merchants.intake import Opened, receive
from mapae.desk.merchants.models import MerchantReport
from mapae.desk.rights import register

MAIL = "relay-7@forward.example"
FACTS = ("루미베이", "Lumibay", "예시상점", "정산", "ranking", "순위")


@pytest.fixture(autouse=True)
def _at(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.EVIDENCE_ROOT = tmp_path
    with time_machine.travel(datetime(2026, 11, 25, 3, tzinfo=UTC), tick=False):
        yield


def reported(confidence: str, **more: str) -> Opened:
    return receive(
        confidence=confidence, matter="ranking", operator_told="루미베이", shop="예시상점", email=MAIL,
        text="예시상점의 순위가 내려갔습니다.", **more,
    )  # fmt: skip


def rows() -> list[Outbox]:
    return list(Outbox.objects.order_by("pk"))


@pytest.mark.parametrize("language", ["ko", "en", "zh-hans"])
def test_each_step_is_told_once_and_without_a_fact(world: SimpleNamespace, language: str) -> None:
    made = reported("disclosed", language=language)
    acts.join(world.dojin, made.report)
    acts.write(made.report, "언제부터입니까?", world.dojin)
    acts.write(made.report, "5월부터입니다.")
    share.prepare(world.dojin, MerchantReport.objects.get(), "순위가 내려감")
    share.answer(made.report, agrees=False)
    acts.close(made.report, "not_enough", world.dojin)
    told = rows()
    assert [row.payload["event"] for row in told] == ["joined", "wrote", "disclosure", "closed"]
    for row in told:
        mail = message(row)
        text = f"{mail['Subject']}\n{mail.get_content()}"
        assert mail["To"] == MAIL and made.report.number in text
        assert not [word for word in (*FACTS, made.link, made.code) if word in text]
        assert MAIL not in f"{row.address} {row.payload}", "the address stands sealed until the mail leaves"


def test_who_left_no_address_or_took_it_away_is_told_nothing(world: SimpleNamespace) -> None:
    anonymous, known = reported("anonymous").report, reported("body").report
    acts.join(world.dojin, anonymous)
    acts.tell_at(known, "")
    acts.join(world.dojin, known, anonymous.case)
    assert rows() == []
    with pytest.raises(Refused):
        acts.tell_at(anonymous, MAIL)
    with pytest.raises(Refused):
        acts.tell_at(known, "no address")


def test_a_new_address_is_cut_from_what_is_told_like_the_old_one(world: SimpleNamespace) -> None:
    report = reported("disclosed").report
    acts.tell_at(report, "sunny.shop@mail.example")
    acts.join(world.dojin, report)
    report.refresh_from_db()
    share.prepare(world.dojin, report, f"{MAIL} 또는 sunny.shop 에게 순위 하락을 알림")
    found = share.newest(report)
    assert found is not None and "sunny" not in found.text and "relay-7" not in found.text


def test_a_merchant_who_takes_the_report_back_is_not_told_of_it(world: SimpleNamespace) -> None:
    acts.close(reported("body").report, "withdrawn")
    assert rows() == []


def test_a_mail_of_a_forgotten_report_finds_no_address(world: SimpleNamespace) -> None:
    report = reported("body").report
    acts.close(report, "no_violation", world.dojin)
    with time_machine.travel(datetime(2036, 11, 25, 3, tzinfo=UTC)):
        forget_old(datetime(2036, 11, 25, 3, tzinfo=UTC))
        assert receiver_of(rows()[0]) == ""


def test_a_rights_holder_is_told_what_was_decided(world: SimpleNamespace) -> None:
    made = register.register("해님상표(예시)", email=MAIL, language="en")
    right = register.add_right(made.holder, "trademark", "해님", number="40-1234567")
    other = register.add_right(made.holder, "design", "해님 곰", number="30-1234567")
    register.decide_right(world.dojin, right, confirm=False)
    made.holder.refresh_from_db()
    assert made.holder.state == "applied", "another right waits"
    register.decide_right(world.dojin, other, confirm=True)
    texts = [message(row).get_content() for row in rows()]
    assert "could not confirm" in texts[0] and "confirmed your right" in texts[1]
    assert not [text for text in texts if "해님" in text or made.link in text]
