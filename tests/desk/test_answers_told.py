"""Decisions on time and on objections to items: what they do, and that agents and sellers are told in their language."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from mapae.desk.answers.answer import Answer
from mapae.desk.answers.links import make_link
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.clocks import clocks_of
from mapae.desk.documents import mail
from mapae.desk.documents.models import Document, Outbox
from mapae.desk.officer.cases_clocks import clock_views
from tests.desk.answered import contest, contested, items, removed, served
from tests.desk.letters import NOON

REASON = "담당 부서가 이미 확인함 (예시)"


@pytest.fixture(autouse=True)
def _english():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


@pytest.fixture
def document(world: SimpleNamespace) -> Document:
    return served(world)


def _ask(world: SimpleNamespace, document: Document, *wanted: int) -> None:
    chosen = [items(document)[at] for at in wanted or (0,)]
    answers = [Answer(item, "time", text="창고 확인 필요", until=date(2026, 12, 10)) for item in chosen]
    run("ask_time", world.minjun, document.case, answers=answers)


def _told(prefix: str) -> list[Outbox]:
    return list(Outbox.objects.filter(key__startswith=f"told:{prefix}").order_by("address"))


def test_declining_time_asks_about_every_item_as_before_and_moves_no_clock(
    world: SimpleNamespace, document: Document
) -> None:
    case = document.case
    _ask(world, document, 0, 1)
    before = [each.due for each in clocks_of(case)]
    run("decline_time", world.sora, case, document=document, reason=REASON)
    assert [item.state for item in items(document)] == ["asked", "asked"]
    assert [each.due for each in clocks_of(case)] == before
    assert case.events.filter(kind="time_declined", data__reason=REASON).count() == 2


def test_the_clock_shows_that_time_was_asked_for_and_declined_once(
    world: SimpleNamespace, document: Document
) -> None:
    _ask(world, document, 0, 1)
    run("decline_time", world.sora, document.case, document=document, reason=REASON)
    views = clock_views(document.case, clocks_of(document.case), {}, date(2026, 11, 25))
    moved = [(row["words"], row["reason"]) for row in views[0]["moved"]]
    assert moved == [("More time asked for (2026-12-10)", "창고 확인 필요"), ("More time declined", REASON)]


def test_time_is_declined_only_where_it_was_asked_for_and_with_a_reason(
    world: SimpleNamespace, document: Document
) -> None:
    with pytest.raises(Refused, match="Nobody asks"):
        run("decline_time", world.sora, document.case, document=document, reason=REASON)
    _ask(world, document)
    with pytest.raises(Refused, match="Say why"):
        run("decline_time", world.sora, document.case, document=document, reason=" ")
    with pytest.raises(Refused):
        run("decline_time", world.minjun, document.case, document=document, reason=REASON)


def test_extending_the_period_grants_the_request_and_says_so_to_the_agent(
    world: SimpleNamespace, document: Document
) -> None:
    _ask(world, document)
    run(
        "extend", world.sora, document.case, clock="takedown_report", ref=document.code, days=5, reason="신청"
    )
    assert items(document)[0].state == "asked"
    mails = _told("time:")
    assert [row.address for row in mails] == [world.mei.email, world.minjun.email]
    assert "5" in mails[0].payload["text"] and "天" in mails[0].payload["text"]


def test_an_extension_nobody_asked_for_tells_nobody(world: SimpleNamespace, document: Document) -> None:
    run(
        "extend", world.sora, document.case, clock="takedown_report", ref=document.code, days=5, reason="사유"
    )
    assert _told("time:") == []


def test_the_agents_of_a_live_mandate_are_told_of_a_decided_contest_each_in_their_language(
    world: SimpleNamespace, document: Document
) -> None:
    made = contest(world, document.case, items(document)[0])
    run("decide_contest", world.hana, document.case, contest=made, verdict="rejected", reasons=REASON)
    mails = _told(f"contest:{made.pk}")
    assert [row.address for row in mails] == [
        world.mei.email,
        world.minjun.email,
    ]  # nobody of another or former firm
    assert mails[0].payload["subject"].startswith("异议驳回") and mails[1].payload["subject"].startswith(
        "이의 기각"
    )
    for row in mails:
        assert f"/agent/items/{made.item_id}" in row.payload["text"]
        assert REASON not in row.payload["text"]  # e-mail is read on its way


def test_a_seller_who_left_an_address_is_told_by_link_and_the_address_stays_sealed(
    world: SimpleNamespace, document: Document
) -> None:
    item = items(document)[0]
    link = make_link(world.minjun, item, "zh-hans")
    answer = contested(item)
    (made,) = run(
        "contest", None, document.case, answers=[answer], link=link, contact="王 <wang@shop.example>"
    )
    run("decide_contest", world.hana, document.case, contest=made, verdict="accepted", reasons=REASON)
    row = Outbox.objects.get(key=f"told:contest:{made.pk}:seller")
    assert "wang" not in row.address and "wang" not in str(row.payload)
    message = mail.message(row)
    assert message["To"] == "wang@shop.example"
    assert str(message["Subject"]) == "异议成立" and "/s/" in message.get_content()


def test_a_seller_without_an_address_is_told_on_the_page_alone(
    world: SimpleNamespace, document: Document
) -> None:
    item = items(document)[0]
    link = make_link(world.minjun, item, "en")
    (made,) = run(
        "contest", None, document.case, answers=[contested(item)], link=link, contact="WeChat: wang"
    )
    run("decide_contest", world.hana, document.case, contest=made, verdict="rejected", reasons=REASON)
    assert not Outbox.objects.filter(key=f"told:contest:{made.pk}:seller").exists()


def test_withdrawing_a_notice_tells_the_agents_once(world: SimpleNamespace, document: Document) -> None:
    first, second = items(document)
    run("record_answer", world.minjun, document.case, answers=[removed(first)])
    run("withdraw_notice", world.sora, document.case, item=first, reasons=REASON)
    made = contest(world, document.case, second)
    run("withdraw_notice", world.sora, document.case, item=second, reasons=REASON)
    assert len(_told("withdrawn:")) == 2 and len(_told(f"contest:{made.pk}")) == 2


def test_what_is_told_says_that_it_serves_nothing(world: SimpleNamespace, document: Document) -> None:
    _ask(world, document)
    run("decline_time", world.sora, document.case, document=document, reason=REASON)
    (told,) = [row for row in _told("time:") if row.address == world.minjun.email]
    assert "문서의 송달이 아니" in mail.message(told).get_content()


def test_an_officer_declines_on_the_page_where_the_request_stands(
    world: SimpleNamespace, document: Document
) -> None:
    _ask(world, document)
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.sora)
    item = items(document)[0]
    assert f"/items/{item.pk}" in client.get("/contests?show=time").content.decode()
    assert "Or decline it" in client.get(f"/items/{item.pk}").content.decode()
    client.post(f"/items/{item.pk}/do/decline_time", {"reason": REASON})
    assert items(document)[0].state == "asked"
    shown = client.get(f"/cases/{document.case.number}").content.decode()
    assert "More time declined" in shown and REASON in shown
    agent = Client(headers={"accept-language": "zh-hans"})
    agent.force_login(world.minjun)
    assert "不予延期" in agent.get(f"/agent/cases/{document.case.number}").content.decode()
