"""Sums stand on pages, letters and papers as people of the language write them; data keeps number and ISO code."""

from __future__ import annotations

import json
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mapae.desk.helpline.actions import run
from mapae.desk.helpline.consumer.withdraw import draft_parts
from mapae.desk.helpline.mediation_file import as_json, data
from mapae.desk.helpline.mediation_paper import _deal
from mapae.desk.helpline.share import decide
from mapae.desk.money import coded, currency_title, money, reworded
from tests.desk.consuming import NOW, filed, follow, page
from tests.desk.helping import complaint, signed_in, text_of

SUMS = {
    ("35000", "KRW"): ("35,000원", "KRW 35,000", "35,000韩元"),
    ("35000.50", "KRW"): ("35,000원", "KRW 35,000", "35,000韩元"),
    ("12.50", "USD"): ("12.50달러", "USD 12.50", "12.50美元"),
    ("1200.00", "USD"): ("1,200달러", "USD 1,200", "1,200美元"),
    ("35", "CNY"): ("35위안", "CNY 35", "35元人民币"),
    ("1200", "JPY"): ("1,200엔", "JPY 1,200", "1,200日元"),
    ("88.80", "HKD"): ("88.80 홍콩 달러", "HKD 88.80", "88.80港元"),
    ("5", "XYZ"): ("5 XYZ", "XYZ 5", "5 XYZ"),
}


@pytest.mark.parametrize(("amount", "currency"), SUMS)
def test_a_sum_reads_as_people_of_the_language_write_it(amount: str, currency: str) -> None:
    sums = tuple(money(Decimal(amount), currency, language) for language in ("ko", "en", "zh"))
    assert sums == SUMS[amount, currency]


def test_where_there_is_no_sum_nothing_stands() -> None:
    assert money(None, "KRW") == money(Decimal(0), "KRW") == coded(None, "KRW") == ""


def test_what_data_keeps_is_in_no_language_and_pages_say_it_in_theirs() -> None:
    kept = coded(Decimal("1234567.5"), "USD")
    assert kept == "1,234,567.50 USD"
    with translation.override("ko"):
        assert reworded(kept) == "1,234,567.50달러" and reworded("현금으로 냄") == "현금으로 냄"
        assert currency_title("KRW") == "대한민국 원 (KRW)"
    with translation.override("zh-hans"):
        assert reworded(kept) == "1,234,567.50美元" and currency_title("KRW") == "韩元 (KRW)"
    with translation.override("en"):
        assert reworded(kept) == "USD 1,234,567.50" and currency_title("KRW") == "KRW"


@pytest.mark.parametrize(
    ("language", "said"), [("ko", "35,000원"), ("en", "KRW 35,000"), ("zh-hans", "35,000韩元")]
)
def test_consumers_read_their_sum_in_their_language_on_every_page_of_the_complaint(
    consumer: Client, language: str, said: str
) -> None:
    made = filed(consumer)
    consumer.cookies["django_language"] = language
    asked = page(consumer, follow(made, "/share"))
    consumer.post(
        follow(made, "/share"),
        {"do": "agree", "agree": "on", "field-facts": "on", "facts": "부러짐", "field-paid": "on"},
    )
    followed = page(consumer, follow(made))
    assert said in asked and followed.count(said) == 2  # what was told, and exactly what the agent sees
    assert "35,000 KRW" not in asked + followed


@pytest.mark.usefixtures("helpline_day")
def test_the_agent_reads_and_offers_sums_in_its_language_whatever_the_consumer_speaks(
    world: SimpleNamespace,
) -> None:
    made = complaint(world, language="zh-hans")
    decide(made, agrees=True, fields=("facts", "paid"))
    run("hand_over", "consumer", made)
    client = signed_in(world.minjun)
    client.cookies["django_language"] = "ko"
    place = reverse("agent-complaint-do", args=(made.number, "answer"))
    client.post(place, {"text": "환불합니다", "offer": "refund", "amount": "12,900", "currency": "KRW"})
    seen = text_of(client, "agent-complaint", made.number)
    assert seen.count("12,900원") == 2 and "12,900 KRW" not in seen
    assert "12,900 KRW" in text_of(client, "agent-complaints-csv")


@pytest.mark.usefixtures("helpline_day")
def test_an_answer_in_a_currency_that_is_none_is_refused(world: SimpleNamespace) -> None:
    made = complaint(world)
    decide(made, agrees=True)
    run("hand_over", "consumer", made)
    place = reverse("agent-complaint-do", args=(made.number, "answer"))
    signed_in(world.minjun).post(place, {"text": "환불", "offer": "refund", "amount": "1", "currency": "WON"})
    assert not made.answers.exists()


@pytest.mark.usefixtures("helpline_day")
def test_officers_read_what_was_paid_and_offered_in_their_language(world: SimpleNamespace) -> None:
    made = complaint(world)
    decide(made, agrees=True)
    run("hand_over", "consumer", made)
    run("answer", world.minjun, made, text="환불합니다", offer="refund", amount=Decimal(9900), currency="KRW")
    client = signed_in(world.dojin)
    for language, paid, offered in (("ko", "12,900원", "9,900원"), ("en", "KRW 12,900", "KRW 9,900")):
        client.cookies["django_language"] = language
        seen = text_of(client, "complaint", made.number)
        assert paid in seen and offered in seen


@pytest.mark.usefixtures("helpline_day")
def test_each_part_of_a_letter_says_the_sum_in_its_own_language(world: SimpleNamespace) -> None:
    parts = {part["language"]: str(part) for part in draft_parts(complaint(world), "17(1)", [], NOW, "X")}
    assert "12,900원" in parts["ko"] and "KRW 12,900" in parts["en"]


@pytest.mark.usefixtures("helpline_day")
def test_the_commissions_paper_says_won_and_its_data_number_and_code(world: SimpleNamespace) -> None:
    made = complaint(world)
    assert ("결제 금액", "12,900원") in _deal(data(made)["deal"])
    deal = json.loads(as_json(made))["deal"]
    assert (Decimal(deal["amount"]), deal["currency"]) == (12900, "KRW")
