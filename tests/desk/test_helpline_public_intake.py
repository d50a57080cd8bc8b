"""A complaint is taken in: numbered, triaged, its personal data sealed, its text masked where it is listed."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from mapae.desk.cases.actions import Refused
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.intake import receive
from mapae.desk.helpline.links import digest, find
from mapae.desk.helpline.masking import masked
from mapae.desk.helpline.models import Complaint, ComplaintEvent

TEXT = "루미베이에서 산 치발기가 부러지고 아이 입에 발진이 생겼습니다. 연락처는 010-1234-5678 입니다."


def told(**more: Any) -> Complaint:
    about = {
        "operator_told": "루미베이",
        "order_number": "LB-20260918-77",
        "delivered_on": date(2026, 11, 18),
    }
    return receive("web", TEXT, **{**about, **more})


def test_it_gets_a_number_a_link_and_its_first_event(world: SimpleNamespace) -> None:
    first, second = told(), told()
    assert [int(each.number[-6:]) for each in (first, second)] == [1, 2]
    assert first.state == "received" and [each.kind for each in first.events.all()] == ["received"]
    assert find(first.link) == first and first.link_digest == digest(first.link)
    assert find("guess") is None


def test_the_engine_says_what_it_is_and_a_registered_operator_has_its_agent_responsible(
    world: SimpleNamespace,
) -> None:
    made = told()
    assert (made.category, made.hazard, made.responsible) == ("unsafe_product", True, "agent")
    assert made.operator == world.lumibay and made.right == "mismatch_3m_30d" and made.last_day is not None
    spans = [each for each in made.reasons if each["end"] > each["start"] and each["field"] == "text"]
    assert spans and all(TEXT[each["start"] : each["end"]] == each["seen"] for each in spans)


def test_the_operator_is_found_by_its_name_its_alias_or_the_listings_address(world: SimpleNamespace) -> None:
    for about in (
        {"operator_told": "lumibay"},
        {"operator_told": "루미베이"},
        {"operator_told": "", "listing_url": "https://m.lumibay.example/i/1"},
    ):
        assert told(**about).operator == world.lumibay
    assert (
        told(operator_told="모르는 가게", listing_url="https://lumibay.example.evil.test/").operator is None
    )


@pytest.mark.parametrize(
    ("text", "responsible", "right"),
    [
        ("루미베이에서 산 모자가 제 취향이 아니에요. 뜯지도 않았어요. 취소되나요?", "agent", "withdrawal_7d"),
        ("루미베이에 그냥 문의합니다. 감사합니다.", "agent", "none"),
        ("그냥 문의합니다. 감사합니다.", "not_ours", "none"),
    ],
)
def test_a_mall_that_only_the_register_knows_is_read_as_one_and_is_nobody_elses_matter(
    world: SimpleNamespace, text: str, responsible: str, right: str
) -> None:
    made = receive("web", text)
    assert (made.responsible, made.right) == (responsible, right)
    assert all(text[each["start"] : each["end"]] == each["seen"] for each in made.reasons)


@pytest.mark.parametrize(
    ("text", "how", "sure"),
    [
        ("루미베이에서 산 컵이 깨져 왔어요", "text", 0.9),
        ("bought a cup at LUMIBAY, it came broken", "text", 0.9),
        ("루미배이에서 산 컵이 깨져 왔어요", "alike", 0.7),
        ("the cup from Lumibey came broken", "alike", 0.7),
        ("인터넷에서 산 컵이 깨져 왔어요", "", 0.0),
        ("루미베이와 달마트에서 산 컵이 깨져 왔어요", "", 0.0),
    ],
)
def test_a_shop_that_is_named_in_the_words_only_is_read_with_how_sure_it_is(
    world: SimpleNamespace, text: str, how: str, sure: float
) -> None:
    made = receive("web", text)
    assert (made.triage["shop"]["how"], made.triage["shop"]["sure"]) == (how, sure)
    assert made.operator == (world.lumibay if how else None) and made.operator_told == ""


def test_the_consumer_says_which_shop_it_was_and_who_is_responsible_is_asked_anew(
    world: SimpleNamespace,
) -> None:
    made = receive("web", TEXT.replace("루미베이", "루미배이"))
    run("name_shop", "consumer", made, shop="모르는 가게")
    assert (made.operator, made.operator_told, made.responsible) == (None, "모르는 가게", "seller")
    run("name_shop", "consumer", made, shop="https://m.lumibay.example/i/1")
    assert (made.operator, made.responsible) == (world.lumibay, "agent")
    assert [(each.before, each.after, each.by) for each in made.corrections.all()] == [
        ("lumibay", "", None),
        ("", "lumibay", None),
    ]
    with pytest.raises(Refused):
        run("name_shop", "consumer", made, shop=" ")


def test_personal_data_stand_sealed_in_the_database(world: SimpleNamespace) -> None:
    made = told(name="김지우", email="jiwoo@mail.example", phone="010-9999-0000")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM helpline_complaint WHERE id = %s", [made.pk])
        row = " ".join(str(cell) for cell in cursor.fetchone())
    for secret in (
        "김지우",
        "jiwoo@mail.example",
        "010-9999-0000",
        "LB-20260918-77",
        "010-1234-5678",
        made.link,
    ):
        assert secret not in row
    assert Complaint.objects.get(pk=made.pk).name == "김지우"
    assert "치발기" in made.gist and "▒" in made.gist


@pytest.mark.parametrize(
    "text",
    [
        "메일은 kim.jiwoo+1@mail.example 이고",
        "전화 010-1234-5678로",
        "전화 01012345678로",
        "call +82 10-1234-5678 please",
        "주민번호 900101-1234567",
        "계좌 123-456-78901234",
        "카드 4111 1111 1111 1111",
        "통관부호 P123456789012",
        "제 이름은 김지우 이고",
        "My name is Jiwoo Kim and",
        "我叫王小明",
        "电话13800138000",
        "서울특별시 종로구 예시로 12, 101동 1502호로 왔어요",
    ],
)
def test_what_names_a_person_is_masked_in_place(text: str) -> None:
    found = masked(text)
    assert "▒" in found and len(found) == len(text)
    assert not any(
        word in found for word in ("1234-567", "1111", "jiwoo", "김지우", "Jiwoo", "王小明", "예시로")
    )


@pytest.mark.parametrize(
    "text", ["2026년 9월 18일에 35,000원을 냈습니다", "paid 1,234,567 won on 2026-09-18", "3개월 30일"]
)
def test_days_and_sums_are_not_masked(text: str) -> None:
    assert masked(text) == text


def test_an_event_cannot_be_changed_or_removed(world: SimpleNamespace) -> None:
    event = told().events.get()
    for act in (
        lambda: ComplaintEvent.objects.filter(pk=event.pk).update(kind="closed"),
        lambda: ComplaintEvent.objects.filter(pk=event.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append only"), transaction.atomic():
            act()
