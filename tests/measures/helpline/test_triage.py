"""Whole messages: who is responsible, which right, until when, and what takes a right away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mapae.measures.helpline.triage import Triage

Told = Callable[..., Triage]


def test_a_change_of_mind_within_seven_days_is_a_withdrawal(told: Told) -> None:
    found = told(
        "테무에서 산 모자, 마음이 바뀌어 반품하려는데 안 된대요", bought="2026-11-10", came="2026-11-16"
    )
    assert (found.category.name, found.right, found.responsible) == (
        "cancellation_refused",
        "withdrawal_7d",
        "agent",
    )
    assert found.period is not None and found.period.last_day.isoformat() == "2026-11-23"


def test_a_change_of_mind_after_seven_days_that_was_never_declared_gives_no_right(told: Told) -> None:
    found = told(
        "쉬인 코트가 마음에 안 들어 반품하고 싶은데 거절해요", bought="2026-09-01", came="2026-09-10"
    )
    assert (found.right, found.period) == ("none", None)


def test_a_declaration_in_time_keeps_the_right_though_the_message_is_late(told: Told) -> None:
    text = "쉬인 코트, 이틀 뒤에 반품을 신청했는데 안 된다고 차단당했어요. 단순변심이고요"
    found = told(text, bought="2026-09-01", came="2026-09-10")
    assert found.right == "withdrawal_7d"
    assert found.period is not None and found.period.last_day.isoformat() == "2026-09-17"


def test_the_mismatch_period_runs_from_the_day_told_in_the_text(told: Told) -> None:
    text = "알리에서 산 청소기가 11월 2일에 갑자기 고장났어요"
    found = told(text, bought="2026-10-01", came="2026-10-12")
    assert found.right == "mismatch_3m_30d" and found.period is not None
    assert (found.period.known, found.period.last_day) == (
        found.days[0].day,
        found.days[0].day.replace(month=12),
    )


def test_the_three_months_end_first_where_the_goods_came_long_ago(told: Told) -> None:
    found = told("아마존 가습기가 고장났어요", bought="2026-08-01", came="2026-08-24")
    assert found.period is not None and found.period.last_day.isoformat() == "2026-11-24"


@pytest.mark.parametrize(
    ("text", "responsible"),
    [
        ("인스타 라이브에서 산 가방이 가품이래요", "social_network"),
        ("구매대행 사이트가 환불을 약속하고 돈을 안 줘요", "seller"),
        ("세관에 걸려 있는 소포를 풀려면 어떤 서류를 내나요? 알리에서 샀어요", "customs"),
        ("테무 약관에 미국 중재만 된다는 조항이 있는데 심사해 주세요. 산 건 없어요", "regulator_referral"),
        ("집주인이 보증금을 안 돌려줘요", "not_ours"),
        ("我在亚马逊买的锅一直没收到退款，退货仓库早就签收了", "agent"),
    ],
)
def test_the_responsible_body_follows_from_what_was_told(text: str, responsible: str, told: Told) -> None:
    assert told(text).responsible == responsible


@pytest.mark.parametrize(
    "text",
    [
        "테무 전기장판에서 연기가 나고 이불이 탔어요",
        "The blender from Temu cut my finger and I went to the emergency room",
        "在Temu买的充电器冒烟了，差点着火",
    ],
)
def test_harm_is_told_from_the_words(text: str, told: Told) -> None:
    found = told(text, came="2026-10-20")
    assert (found.hazard, found.category.name) == (True, "unsafe_product")


def test_a_fake_or_a_figure_of_speech_is_no_hazard(told: Told) -> None:
    assert not told("인스타에서 산 가방이 짝퉁이라 속이 타요", came="2026-10-20").hazard


def test_goods_made_to_measure_with_separate_consent_cannot_be_given_back(told: Told) -> None:
    text = "테무에서 맞춤 제작 커튼을 샀고 취소 불가에 동의 버튼을 눌렀어요. 색이 싫어 반품하려는데 안 된대요"
    assert told(text, came="2026-11-16").right == "none"


def test_the_cues_shown_are_places_of_the_text(told: Told) -> None:
    text = "쉬인 환불이 두 달째 안 들어와요"
    found = told(text)
    assert found.category.name == "refund_delay"
    assert any(text[cue.start : cue.end] for cue in found.cues)
    assert 0 < found.category.confidence <= 1
