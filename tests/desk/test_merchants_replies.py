"""The platform's agent replies to what a merchant let it be told: for the officer, sealed, by page and by API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client

from mapae.desk.accounts.models import User
from mapae.desk.accounts.tokens import make_token, scopes_for
from mapae.desk.merchants import acts, share
from mapae.desk.merchants.forget import forget_old
from mapae.desk.merchants.models import DisclosureReply, MerchantReport
from mapae.desk.merchants.replies import MOST, reply
from tests.desk.merchants import told_to_lumibay

WORDS = "REPLYQX 순위를 다시 계산했습니다."


@pytest.fixture(autouse=True)
def _at() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 25, 3, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def told(world: SimpleNamespace) -> SimpleNamespace:
    return told_to_lumibay(world)


def signed_in(person: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


def bearer(person: User) -> Client:
    _row, key = make_token(person, "test", 30, list(scopes_for(person)))
    return Client(headers={"authorization": f"Bearer {key}"})


def test_the_agents_reply_reaches_the_officer_and_the_merchant_learns_only_that_there_is_one(
    world: SimpleNamespace, told: SimpleNamespace
) -> None:
    agent = signed_in(world.minjun)
    assert "Reply to the officer" in agent.get("/agent/merchants").content.decode()
    shown = agent.post(f"/agent/merchants/{told.code}/reply", {"text": WORDS}, follow=True).content.decode()
    assert "went to the officer" in shown
    assert WORDS in shown
    assert WORDS in signed_in(world.dojin).get(f"/merchant-reports/{told.report.number}").content.decode()
    merchant = Client(headers={"accept-language": "en"})
    merchant.post(f"/merchants/f/{told.link}/act", {"do": "open", "code": told.number})
    seen = merchant.get(f"/merchants/f/{told.link}").content.decode()
    assert "플랫폼이 알린 내용에 답변했습니다" in seen
    assert WORDS not in seen
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM merchants_disclosurereply")
        assert WORDS not in str(cursor.fetchall())


def test_only_the_agent_of_the_told_platform_replies(world: SimpleNamespace, told: SimpleNamespace) -> None:
    statuses = {
        name: signed_in(getattr(world, name))
        .post(f"/agent/merchants/{told.code}/reply", {"text": WORDS})
        .status_code
        for name in ("mei", "rival", "ex", "dojin")
    }
    assert statuses == {"mei": 403, "rival": 404, "ex": 404, "dojin": 403}
    assert "The agent replies." in signed_in(world.mei).get("/agent/merchants").content.decode()
    assert not DisclosureReply.objects.exists()


def test_an_empty_reply_one_too_many_and_one_to_a_closed_report_are_refused_with_words(
    world: SimpleNamespace, told: SimpleNamespace
) -> None:
    def answered(text: str) -> str:
        place = f"/agent/merchants/{told.code}/reply"
        return signed_in(world.minjun).post(place, {"text": text}, follow=True).content.decode()

    assert "Write your reply." in answered(" ")
    for _time in range(MOST):
        reply(world.minjun, told.code, WORDS)
    assert f"No more than {MOST} replies" in answered(WORDS)
    acts.close(told.report, "no_violation", world.dojin)
    assert "The report is closed." in answered(WORDS)
    assert DisclosureReply.objects.count() == MOST


def test_consent_taken_back_ends_the_telling_and_the_replying(
    world: SimpleNamespace, told: SimpleNamespace
) -> None:
    share.answer(told.report, agrees=False)
    assert reply(world.minjun, told.code, WORDS) is None


def test_by_the_api_the_same_fields_are_read_and_a_repeated_reply_is_kept_once(
    world: SimpleNamespace, told: SimpleNamespace
) -> None:
    client = bearer(world.minjun)
    answer: Any = client.get("/api/v1/merchant-reports").json()
    assert answer["next"] is None
    assert list(answer["rows"][0]) == ["code", "matter", "half_year", "facts", "files", "open", "replies"]
    about = {"content_type": "application/json", "headers": {"idempotency-key": "k1"}}
    for _time in range(2):
        made = client.post(f"/api/v1/merchant-reports/{told.code}/replies", {"text": WORDS}, **about)
        assert made.status_code == 201
    assert [row["text"] for row in client.get("/api/v1/merchant-reports").json()["rows"][0]["replies"]] == [
        WORDS
    ]
    other = bearer(world.rival)
    assert other.get("/api/v1/merchant-reports").json() == {"next": None, "rows": []}
    wrong = other.post(
        f"/api/v1/merchant-reports/{told.code}/replies", {"text": WORDS}, content_type="application/json"
    )
    assert (wrong.status_code, wrong["content-type"]) == (404, "application/problem+json")


def test_replies_go_with_the_report_when_it_is_forgotten(
    world: SimpleNamespace, told: SimpleNamespace
) -> None:
    reply(world.minjun, told.code, WORDS)
    acts.close(told.report, "no_violation", world.dojin)
    told.report.case.state = "closed"
    told.report.case.save()
    forget_old(datetime(2046, 1, 1, tzinfo=UTC))
    assert MerchantReport.objects.get().text == ""
    assert not DisclosureReply.objects.exists()
