"""What decides beside the category: customs, late returns, forms filled badly, excluded goods, sites that are gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mapae.measures.helpline.triage import Triage

Told = Callable[..., Triage]


@pytest.mark.parametrize(
    "text",
    [
        "부산세관에서 알리로 산 모자 두 개를 상표권 침해가 의심된다고 보류했어요. 포기서를 내면 끝나나요?",
        "Busan customs holds the cap I bought at AliExpress, the trademark owner says it is a copy. Where do I object?",
        "釜山海关扣了我在速卖通买的帽子，说商标侵权，要我写放弃声明，怎么办",
    ],
)
def test_what_customs_holds_for_a_mark_is_a_fake_and_for_customs(text: str, told: Told) -> None:
    found = told(text, bought="2026-10-20")
    assert (found.category.name, found.responsible, found.right) == ("counterfeit", "customs", "none")


@pytest.mark.parametrize(
    "text",
    [
        "테무 화분 조명이 인천세관에 있는데 전파인증 서류가 있어야 내준대요. 어디서 떼나요?",
        "My Temu lamp is sitting in Incheon customs, they want a certificate. Which office gives one?",
    ],
)
def test_papers_that_customs_wants_are_for_customs(text: str, told: Told) -> None:
    assert told(text, bought="2026-10-20").responsible == "customs"


def test_a_late_return_of_what_is_broken_is_about_the_fault(told: Told) -> None:
    text = "쉬인 장우산이 처음 펴자마자 살이 부러졌어요. 반품하겠다니까 썼다고 거절합니다"
    found = told(text, bought="2026-10-01", came="2026-10-20")
    assert (found.category.name, found.right) == ("defective", "mismatch_3m_30d")


@pytest.mark.parametrize(
    ("text", "field", "name"),
    [
        ("신청할 때 알리로 잘못 눌렀는데 테무예요. 모자가 안 와요", "알리", "Temu"),
        ("I picked the wrong shop in the form, the hat from Temu never came", "AliExpress", "Temu"),
        ("모자를 잘못 골라서 취소하려는데 안 돼요. 테무 말로는 발송됐대요", "알리", "AliExpress"),
    ],
)
def test_only_a_field_said_to_be_wrong_does_not_count(text: str, field: str, name: str, told: Told) -> None:
    operator = told(text, operator=field, bought="2026-10-20").operator
    assert operator is not None and operator.name == name


@pytest.mark.parametrize("field", ["shein.com", "SHEIN.co.kr", "e베이"])
def test_a_services_address_names_it_and_a_copied_address_does_not(field: str, told: Told) -> None:
    assert told("모자가 안 와요", operator=field, bought="2026-10-20").operator is not None
    assert told("모자가 안 와요", operator="shein.com-sale.top", bought="2026-10-20").operator is None


@pytest.mark.parametrize(
    "text",
    [
        "알리 팔찌에 이름을 각인했어요. 주문 전에 '각인은 반품 불가' 팝업이 떠서 체크했고요. 마음이 바뀌었는데 거절해요",
        "큐텐 음반을 받아 비닐 봉인을 뜯고 두 번 들었는데 취향이 아니에요. 반품이 안 된대요. 7일 안인데요",
        "테무에서 산 게임 코드 은박을 긁어 등록했는데 재미가 없어요. 환불이 안 된답니다",
    ],
)
def test_goods_that_the_act_takes_out_give_no_right_within_seven_days(text: str, told: Told) -> None:
    found = told(text, bought="2026-11-10", came="2026-11-17")
    assert (found.category.name, found.right) == ("cancellation_refused", "none")


@pytest.mark.parametrize(
    "text",
    [
        "포근담요.shop에서 담요를 샀다가 그날 취소했고 '취소 처리되었습니다' 문자도 받았어요. 지금은 없는 페이지라고 떠요",
        "Bought a quilt at cosyquilt-sale.shop, they wrote 'cancellation approved'. The page now shows a casino",
    ],
)  # fmt: skip
def test_a_site_gone_after_it_took_the_cancellation_owes_the_money(text: str, told: Told) -> None:
    found = told(text, bought="2026-10-20")
    assert (found.category.name, found.responsible, found.right) == (
        "fraud",
        "regulator_referral",
        "refund_3bd",
    )
