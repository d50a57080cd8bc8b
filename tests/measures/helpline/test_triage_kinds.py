"""Kinds of messages that were once misread: customs, impostors, private sales, goods taken out of the right, harm."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mapae.measures.helpline.triage import Triage

Told = Callable[..., Triage]


@pytest.mark.parametrize(
    "text",
    [
        "쉬인에서 산 가방에 세관이 세금을 잘못 매겼어요. 고지서 금액이 물건값의 열 배예요",
        "Customs assessed import duty on my Temu lamp at ten times its price, the tariff code is wrong",
    ],
)
def test_a_wrong_assessment_is_for_customs(told: Told, text: str) -> None:
    found = told(text, bought="2026-10-01", came="2026-10-20")
    assert (found.responsible, found.right) == ("customs", "none")


def test_a_parcel_held_for_its_customs_code_is_for_customs(told: Told) -> None:
    found = told("큐텐 소포가 세관에 보류됐어요. 통관부호랑 전화번호가 안 맞는대요", bought="2026-10-20")
    assert (found.category.name, found.responsible) == ("delivery", "customs")


@pytest.mark.parametrize(
    "text",
    [
        "아마존 보안팀이라며 전화해서 인증번호를 불러 달라더니 통장에서 돈이 빠졌어요",
        "A caller posing as Temu support made me read out the verification code and emptied my wallet, a scam",
    ],
)
def test_a_swindler_under_a_malls_name_is_no_deal_with_the_mall(told: Told, text: str) -> None:
    found = told(text)
    assert (found.category.name, found.operator, found.responsible) == ("fraud", None, "regulator_referral")


@pytest.mark.parametrize(
    "text",
    [
        "직거래로 만나서 산 노트북이 안 켜져요. 파는 분이 테무에서 산 거래요",
        "Boost your shop! 10,000 followers for 5 dollars on Instagram, first month free",
    ],
)
def test_private_sales_and_spam_are_not_ours(told: Told, text: str) -> None:
    found = told(text)
    assert (found.category.name, found.operator, found.responsible) == ("other", None, "not_ours")


@pytest.mark.parametrize(
    "text",
    [
        "아마존에서 산 게임 CD, 뜯어서 설치해 봤는데 마음에 안 들어 반품하려니 안 된대요",
        "Tried the Shein lipstick, the shade is not for me, they refuse to take it back because the seal is broken",
    ],
)
def test_goods_opened_or_used_give_no_withdrawal(told: Told, text: str) -> None:
    found = told(text, bought="2026-11-10", came="2026-11-18")
    assert (found.category.name, found.right) == ("cancellation_refused", "none")


def test_a_withdrawal_written_on_the_evening_of_delivery_is_in_time(told: Told) -> None:
    text = "eBay coat, changed my mind. Got it on 5 October and wrote to the private seller that evening; refused."
    found = told(text, bought="2026-09-20", came="2026-10-05")
    assert found.right == "withdrawal_7d"
    assert found.period is not None and found.period.last_day.isoformat() == "2026-10-12"


@pytest.mark.parametrize(
    "text",
    [
        "테무 아기띠 버클이 걷다가 열려서 아이를 겨우 붙잡았어요",
        "A lab found lead far above the limit in the Temu crayons",
        "速卖通的玩具纽扣掉下来，孩子差点吞下去",
    ],
)
def test_near_misses_and_poison_found_by_a_laboratory_are_harm(told: Told, text: str) -> None:
    assert told(text, bought="2026-10-01", came="2026-10-12").hazard


def test_a_figure_of_speech_is_no_harm(told: Told) -> None:
    text = "알리 신발이 가품이래요. 친구가 웃음이 터졌고 저는 속이 타요"
    found = told(text, bought="2026-10-01", came="2026-10-12")
    assert (found.category.name, found.hazard) == ("counterfeit", False)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Temu lamp stopped working nine days after it came", "2026-10-21"),
        ("쉬인 신발이 정확히 열흘 뒤에 밑창이 부러졌어요", "2026-10-22"),
        ("Temu 台灯收到两周后坏了", "2026-10-26"),
        ("테무 시계가 10월 20일에 멈췄어요. 10월 12일에 왔고요", "2026-10-20"),
        ("알리 재킷 10월 12일에 왔고 그날 바로 입어 보니 찢어져 있었어요", "2026-10-12"),
    ],
)
def test_the_day_of_knowledge_is_counted_from_the_words(told: Told, text: str, known: str) -> None:
    found = told(text, bought="2026-10-01", came="2026-10-12")
    assert found.period is not None and found.period.known is not None
    assert found.period.known.isoformat() == known


@pytest.mark.parametrize(
    "text",
    [
        "알리에서 시킨 화분이 다 부서져서 왔어요. 반품하고 싶은데 국제 배송비를 내래요",
        "The Temu mirror turned up shattered and I want to return it, they want me to pay the postage",
        "速卖通买的花瓶收到的时候已经碎了，想退货，卖家让我出运费",
    ],
)
def test_what_came_broken_is_defective_whatever_is_asked(told: Told, text: str) -> None:
    found = told(text, bought="2026-10-01", came="2026-11-05")
    assert (found.category.name, found.right) == ("defective", "mismatch_3m_30d")


@pytest.mark.parametrize(
    "text",
    [
        "인스타그램 광고 보고 들어간 쇼핑몰에서 코트를 샀는데 사이트가 없어졌어요",
        "I saw it in a Facebook ad for some website, paid there, and now the site is gone",
    ],
)
def test_a_shop_found_through_an_advert_is_not_the_network_that_showed_it(told: Told, text: str) -> None:
    found = told(text, bought="2026-10-01")
    assert (found.category.name, found.operator, found.responsible) == ("fraud", None, "regulator_referral")


@pytest.mark.parametrize(
    "text",
    [
        "아이허브 영양제를 세관에서 폐기한대요. 성분이 금지라는데 미리 알려 준 적이 없어요",
        "Korean customs confiscated the supplements I ordered at iHerb, nobody told me they are banned",
        "在iHerb买的药被海关销毁了，也没有通知我",
    ],
)
def test_a_parcel_destroyed_by_customs_is_for_customs(told: Told, text: str) -> None:
    found = told(text, bought="2026-11-01")
    assert (found.responsible, found.right) == ("customs", "none")


@pytest.mark.parametrize(
    "text",
    [
        "쉬인에서 산 젤리를 먹고 아이가 식중독으로 입원했어요",
        "The gummies from Temu made my daughter ill, she threw up all night",
    ],
)
def test_food_that_made_somebody_ill_is_a_hazard(told: Told, text: str) -> None:
    found = told(text, bought="2026-11-01", came="2026-11-10")
    assert (found.category.name, found.hazard) == ("unsafe_product", True)


def test_a_day_is_that_of_delivery_when_goods_received_on_it_are_named(told: Told) -> None:
    found = told("11월 12일에 받은 코트가 커서 13일에 반품 신청했어요. 테무가 안 된대요", bought="2026-11-01")
    assert found.period is not None
    assert (found.right, found.period.last_day.isoformat()) == ("withdrawal_7d", "2026-11-19")


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("臉書賣的保溫杯收到才發現是壞的，老闆不理我", "defective"),  # traditional characters
        ("아마존 선풍기, 고장은 아니고 마음이 바뀌어 반품하려는데 거절해요. 안 뜯었어요", "cancellation_refused"),
        ("The lamp from eBay is not broken, I changed my mind and they refuse the return", "cancellation_refused"),
        ("알리 계정이 정지됐는데 답은 바로 오지만 이유를 안 알려 줘요. 주문은 없습니다", "other"),
        ("(전화상담 메모) 아마존에서 산 책장 나사 구멍이 안 뚫려 조립을 못 한다고 함", "defective"),  # no burn, no bruise
    ],
)  # fmt: skip
def test_denials_other_scripts_and_words_inside_words_do_not_mislead(
    text: str, category: str, told: Told
) -> None:
    found = told(text, came="2026-11-16")
    assert (found.category.name, found.hazard) == (category, False)


def test_harm_told_beside_a_refund_counts(told: Told) -> None:
    text = "이베이 주전자에 감전될 뻔했어요. 판매자가 반품을 받아 줘서 보냈고 도착했는데 환불이 3주째 안 들어옵니다"
    found = told(text, bought="2026-09-01", came="2026-09-20")
    assert (found.category.name, found.right, found.hazard) == ("refund_delay", "refund_3bd", True)


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("在Temu看中的台灯，后来在一家代购网站下单的，没发货", None),
        ("페이스북에서 산 접시가 깨져서 왔어요", "Facebook"),
    ],
)
def test_where_goods_were_only_seen_no_deal_was_made(text: str, service: str | None, told: Told) -> None:
    found = told(text)
    assert (found.operator.name if found.operator else None) == service
