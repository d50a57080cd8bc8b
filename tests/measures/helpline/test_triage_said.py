"""How things are said: days spoken and corrected, harm denied, figures of speech, agents who buy, impostors, customs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mapae.measures.helpline.triage import Triage

Told = Callable[..., Triage]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("The Temu whisk never spun. First tried on the second of November, no sorry, the fourth of November.", "11-04"),
        ("알리 믹서가 안 돌아요. 11월 2일에, 아니 11월 4일에 처음 켜 봤습니다.", "11-04"),
        ("速卖通的搅拌机坏了，11月2号，不对，11月4号第一次用的。", "11-04"),
        ("쉬인 조명이 개천절 대체공휴일에 처음 켰더니 안 들어와요", "10-05"),
        ("테무 주전자 10/5 수령, 11/6 처음 개봉해 보니 뚜껑이 안 닫혀요", "11-06"),
    ],
)  # fmt: skip
def test_a_day_spoken_corrected_or_given_off_is_the_day_meant(text: str, known: str, told: Told) -> None:
    period = told(text, bought="2026-09-20", came="2026-10-01").period
    assert period is not None and period.known is not None
    assert period.known.isoformat() == f"2026-{known}"


@pytest.mark.parametrize(
    "text",
    [
        "쉬인 귀걸이가 은이 아니라 도금이래요. 알레르기는 없고 속은 게 화나요",
        "알리가 환불을 한 달 넘게 안 줘요. 속에서 천불이 나서 병원 실려 가게 생겼어요",
        "The Temu ring is plated, no burns or anything, just not silver. It makes me sick how they lie.",
        "希音的耳环不是纯银的，没有过敏，就是气死了",
    ],
)
def test_harm_denied_and_figures_of_speech_are_no_hazard(text: str, told: Told) -> None:
    assert not told(text, bought="2026-10-01", came="2026-10-12").hazard


def test_a_product_that_hurts_is_a_hazard_though_the_deal_is_not_ours(told: Told) -> None:
    found = told(
        "동네 매장에서 현금 주고 산 고데기 손잡이가 녹아 손바닥에 화상을 입었어요. 인터넷으로 산 건 아니에요"
    )
    assert (found.responsible, found.right, found.hazard) == ("not_ours", "none", True)


@pytest.mark.parametrize(
    "text",
    [
        "구매대행업체에 맡겨서 아마존 청소기를 샀는데 펌프가 안 돌아요",
        "I had a robot cleaner bought through a buying agent in Busan from Amazon; its pump does not run",
        "委托代购公司买的亚马逊扫地机，水泵不转",
    ],
)
def test_who_bought_through_an_agent_dealt_with_the_agent(text: str, told: Told) -> None:
    found = told(text, operator="아마존", bought="2026-10-01", came="2026-10-12")
    assert (found.operator, found.responsible, found.category.name) == (None, "seller", "defective")


@pytest.mark.parametrize(
    "text",
    [
        "알리익스프레스라고 문자가 왔길래 눌러서 카드번호랑 비밀번호를 넣었어요. 알리에 물어보니 자기네 문자가 아니래요",
        "The page called itself Shein outlet. I entered my card and the site is gone; Shein told me it is not theirs.",
    ],
)
def test_an_impostor_of_a_mall_is_for_the_regulator(text: str, told: Told) -> None:
    found = told(text)
    assert (found.category.name, found.operator, found.responsible) == ("fraud", None, "regulator_referral")


def test_money_taken_by_an_impostor_on_a_network_can_be_asked_back_by_withdrawal(told: Told) -> None:
    text = "Someone opened a page on Facebook with the name and logo of my favourite shop and took my money; no bag came"
    found = told(text, bought="2026-10-30")
    assert (found.category.name, found.responsible, found.right) == (
        "fraud",
        "social_network",
        "withdrawal_7d",
    )


@pytest.mark.parametrize(
    "text",
    [
        "평택세관에서 알리 소포를 검사한다고 빼 놨대요. 며칠 걸리나요",
        "My Temu parcel has been stuck at Incheon customs, they want papers before they let it go",
        "海关要查验我在速卖通买的玩具，不给放，要补什么材料",
    ],
)
def test_a_parcel_inspected_by_customs_is_for_customs(text: str, told: Told) -> None:
    assert told(text, bought="2026-11-01").responsible == "customs"


def test_a_parcel_lost_after_customs_let_it_go_is_not(told: Told) -> None:
    found = told(
        "Temu order: it cleared customs at Incheon on the 3rd and since then nobody has seen it",
        bought="2026-10-20",
    )
    assert (found.category.name, found.responsible) == ("delivery", "agent")


@pytest.mark.parametrize(
    "text",
    [
        "[전화] 치킨 주문하려다 잘못 건 전화. 안내 후 종료",
        "Met a guy at the station and paid cash for his old desk. He is a student.",
        "在明洞一家化妆品店里现金买的，店员少给了两瓶",
    ],
)
def test_wrong_numbers_deals_in_person_and_shops_in_the_street_are_not_ours(text: str, told: Told) -> None:
    assert told(text).responsible == "not_ours"
