"""Which service a deal was made on: aliases, short names as words, what the text says against the field."""

from __future__ import annotations

import pytest

from mapae.measures.helpline.operators import OperatorReader, decide
from mapae.pack import load_pack


@pytest.fixture(scope="module")
def operators() -> OperatorReader:
    return OperatorReader(load_pack("kr").data("helpline/operators.yaml"))


def name(operators: OperatorReader, text: str, field: str = "") -> str | None:
    found = decide(operators.places(text, field))
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        ("알리에서 산 의자", "", "AliExpress"),
        ("알리지 않고 보냈어요. 미리 알리라고 했는데", "", None),
        ("알려 주세요", "", None),
        ("在速卖通买的", "", "AliExpress"),
        ("테무 말고 쉬인에서 산 옷이에요", "테무", "Shein"),
        ("아마존이라고 적었지만 인스타 계정에서 샀어요", "아마존", "Instagram"),
        ("It was not on Temu, I bought it on eBay", "temu", "eBay"),
        ("인스타에서 본 가방 업체예요", "인스타", "Instagram"),
        ("네이버 블로그 이웃이 파는 그릇", "", "Naver Blog"),
        ("a shop called temuland.shop took my money", "temuland.shop", None),
        ("ebay seller sent a stone", "", "eBay"),
        ("좋은 물건인 줄", "큐텐", "Qoo10"),
    ],
)
def test_the_service_is_the_one_the_deal_was_made_on(
    text: str, field: str, expected: str | None, operators: OperatorReader
) -> None:
    assert name(operators, text, field) == expected


def test_places_keep_their_spans_in_text_and_field(operators: OperatorReader) -> None:
    places = operators.places("어제 테무에서 샀어요", "TEMU 앱")
    assert [(place.field, place.start, place.end) for place in places] == [("text", 3, 5), ("operator", 0, 4)]


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("Billed by amazn in won", "Amazon"),
        ("bought it on Amazom", "Amazon"),
        ("aliexprss sent the wrong one", "AliExpress"),
        ("an instagrem shop", "Instagram"),
        ("알리익스프래쓰에서 샀어요", "AliExpress"),
        ("특목고에서 주문", None),
        ("特木买的热水袋", "Temu"),
        ("an online marketplace", None),
        ("it is an amazing express service", None),
    ],
)
def test_a_name_with_one_letter_wrong_is_read_and_another_word_is_not(
    text: str, service: str | None, operators: OperatorReader
) -> None:
    found = decide(operators.places(text, ""))
    assert (found.name if found else None) == service
