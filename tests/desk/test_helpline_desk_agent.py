"""What an agent sees of complaints: of live mandates only, the agreed fields only, by page and download."""

from __future__ import annotations

import csv
import io
from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mapae.desk.agent.help_rows import table
from mapae.desk.cases import evidence
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.models import ComplaintFile
from mapae.desk.helpline.share import FIELDS, decide
from tests.desk.consuming import NOW
from tests.desk.helping import complaint, handed_over, signed_in, text_of

pytestmark = pytest.mark.usefixtures("helpline_day")


def test_agents_see_only_complaints_of_their_live_mandate(world: SimpleNamespace) -> None:
    made = handed_over(world)
    for person, opens in ((world.minjun, 200), (world.mei, 200), (world.rival, 404), (world.ex, 404)):
        client = signed_in(person)
        assert client.get(reverse("agent-complaint", args=(made.number,))).status_code == opens
        assert (made.number in text_of(client, "agent-complaints", show="all")) == (opens == 200)
        assert (made.number in text_of(client, "agent-complaints-csv")) == (opens == 200)
    assert (
        signed_in(world.mei).post(reverse("agent-complaint-do", args=(made.number, "answer"))).status_code
        == 403
    )


@pytest.mark.parametrize("shared", FIELDS[1:])
def test_what_is_outside_the_agreed_fields_is_on_no_page_and_in_no_download_of_the_agent(
    world: SimpleNamespace, shared: str
) -> None:
    values = {"order_number": "ORDERSECRET1", "facts": "FACTSECRET2 치발기가 부러졌어요", "name": "NAMESECRET3",
              "product": "PRODUCTSECRET4", "seller": "SELLERSECRET5", "listing_url": "https://x.example/URLSECRET6",
              "remedy": "refund"}  # fmt: skip
    told = {key: value for key, value in values.items() if key not in ("facts",)}
    made = complaint(world, text=values["facts"], email="mail.secret7@mail.example", phone="010-7777-7777",
                     purchased_on=date(2026, 11, 3), delivered_on=date(2026, 11, 9), amount=12345, **told)  # fmt: skip
    kept = evidence.keep(b"FILESECRET8", "text/plain", name="FILESECRET8.txt")
    ComplaintFile.objects.create(complaint=made, file=kept, at=NOW)
    decide(made, agrees=True, fields=[shared])
    run("hand_over", "consumer", made)
    client = signed_in(world.minjun)
    places = [
        client.get(reverse("agent-complaints")), client.get(reverse("agent-complaint", args=(made.number,))),
        client.get(reverse("agent-complaints-csv")), client.get(reverse("agent-complaint-file", args=(made.number, kept.pk))),
        client.get(reverse("search"), {"q": "SECRET"}),
    ]  # fmt: skip
    seen = "".join(place.content.decode() for place in places)
    marks = {"order_number": "ORDERSECRET1", "facts": "FACTSECRET2", "name": "NAMESECRET3", "product": "PRODUCTSECRET4",
             "seller": "SELLERSECRET5", "listing_url": "URLSECRET6", "purchased_on": "2026-11-03",
             "delivered_on": "2026-11-09", "paid": "12,345", "files": "FILESECRET8"}  # fmt: skip
    for field, mark in marks.items():
        assert (mark in seen) == (field == shared), field
    assert "mail.secret7" not in seen and "010-7777" not in seen


def test_a_taken_back_consent_empties_the_agents_pages_at_once(world: SimpleNamespace) -> None:
    made = handed_over(world)
    decide(made, agrees=False)
    assert signed_in(world.minjun).get(reverse("agent-complaint", args=(made.number,))).status_code == 404
    assert made.number not in text_of(signed_in(world.minjun), "agent-complaints-csv")


def test_the_agent_answers_by_form_and_its_figures_count_it(world: SimpleNamespace) -> None:
    made, client = handed_over(world), signed_in(world.minjun)
    form = {
        "offer": "refund",
        "text": "환불합니다.",
        "amount": "12,900",
        "currency": "KRW",
        "performs_by": "2026-12-01",
    }
    client.post(reverse("agent-complaint-do", args=(made.number, "answer")), form)
    made.refresh_from_db()
    answer = made.answers.get()
    assert (made.state, answer.offer, answer.amount, answer.firm) == ("answered", "refund", 12900, world.firm)
    run("accept", "consumer", made)
    page = text_of(client, "agent-complaints")
    assert "100" in page and "소비자가 받아들인 답변" in page
    refused = client.post(reverse("agent-complaint-do", args=(made.number, "answer")), form, follow=True)
    assert "지금 상담 상태에서는 할 수 없습니다" in refused.content.decode()


def test_a_cell_of_the_download_never_begins_as_a_formula(world: SimpleNamespace) -> None:
    handed_over(world, text="=HYPERLINK(1) 물건이 부러졌어요. 환불해 주세요.")
    text = text_of(signed_in(world.minjun), "agent-complaints-csv").removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["facts"].startswith("'=") and row["order_number"] == "LB-2026-000777"


def test_pages_of_the_agent_are_in_three_languages(world: SimpleNamespace) -> None:
    made = handed_over(world)
    for language, words in (
        ("ko", "소비자가 보여 주기로"),
        ("en", "agreed to show you"),
        ("zh-hans", "同意向您出示"),
    ):
        client = signed_in(world.minjun)
        client.cookies["django_language"] = language
        assert words in text_of(client, "agent-complaint", made.number)


def test_the_agents_download_asks_the_database_as_often_for_many_as_for_one(world: SimpleNamespace) -> None:
    handed_over(world)
    asked = []
    for more in (0, 3):
        for number in range(more):
            handed_over(world, order_number=f"LB-{number}")
        with CaptureQueriesContext(connection) as queries:
            rows = table(world.minjun)
        asked.append((len(rows), len(queries)))
    assert [rows for rows, _ in asked] == [1, 4] and asked[0][1] == asked[1][1]


def test_an_agent_reads_the_page_in_its_own_language_and_the_consumer_is_not_called_you(
    world: SimpleNamespace,
) -> None:
    made = handed_over(world, remedy="refund")
    client = signed_in(world.minjun)
    client.cookies["django_language"] = "zh-hans"
    done = client.post(
        reverse("agent-complaint-do", args=(made.number, "ask")), {"text": "请提供照片。"}, follow=True
    )
    page = done.content.decode()
    assert "已完成：询问消费者" in page and "下一步由谁: <strong>消费者</strong>" in page
    assert "退款" in page and "韩国" in page and "대한민국" not in page


def test_the_agent_reads_both_its_days_and_where_its_word_counts_when_it_cannot_answer_here(
    world: SimpleNamespace,
) -> None:
    made, agent = handed_over(world), signed_in(world.minjun)
    shown = text_of(agent, "agent-complaint", made.number)
    assert shown.count("전자상거래법 시행령 제25조의2") == 2
    run("apply_redress", "consumer", made)
    assert "제안은 한국소비자원에 하십시오" in text_of(agent, "agent-complaint", made.number)
