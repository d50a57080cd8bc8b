"""Merchants' complaints as evidence: conduct told apart with exact words, consumers' complaints left alone."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from mapae.app.context import make_context
from mapae.contract.run import prepare
from mapae.measures.market_power.complaints import CHECK
from mapae.model.records import KINDS

CONTEXT = make_context("kr", date(2026, 11, 25), "none")


def found(text):
    schema = KINDS["complaint"].schema
    given = {"complaint_id": "c1", "operator": "Lumibay", "text": text}
    columns = [pa.array([given.get(item.name)], item.type) for item in schema]
    return list(
        prepare([CHECK], CONTEXT, "complaint").findings(pa.RecordBatch.from_arrays(columns, schema=schema))
    )


@pytest.mark.parametrize(
    ("text", "conduct"),
    [
        ("입점업체인데 판매 정산이 두 달째 지연되고 있습니다.", "settlement_delay"),
        ("저희 업체는 수수료가 일방적으로 인상되어 손해가 큽니다.", "fee_rise"),
        ("판매자로서 말씀드립니다. 다른 플랫폼에서 판매하지 말라고 압박합니다.", "exclusivity"),
        ("입점사에게 다른 쇼핑몰보다 가격을 낮추라고 요구하며 안 하면 불이익을 준다고 합니다.", "parity"),
        ("저희 가게 상품은 검색 순위가 떨어지고 자사 상품만 상단에 나옵니다.", "ranking"),
        ("입점한 업체에 광고를 강요합니다.", "tying"),
        ("As a seller I have not been paid: my payout has been on hold for six weeks.", "settlement_delay"),
        ("We sell on the site and the commission was raised twice this year.", "fee_rise"),
        ("Our listings got buried in search results below the platform's own brand.", "ranking"),
        ("我们是商家，平台拖延，货款结算未到账。", "settlement_delay"),
        ("입점업체인데 자기네 물류를 안 쓰면 검색 노출을 안 해준다고 합니다.", "tying"),
        ("입점 판매자입니다. 경쟁사에 입점했다는 이유로 기획전에서 뺐습니다.", "exclusivity"),
        ("저희 업체가 판촉비를 전부 부담했습니다.", "promotion_cost"),
        ("납품업체입니다. 직매입인데 팔다 남은 걸 반품했어요.", "unjust_return"),
        (
            "As a seller I was told that if I sell on another marketplace my listings will be removed.",
            "exclusivity",
        ),
        ("As a vendor: their own brand always shows above our products.", "ranking"),
        ("We are a merchant and have to pay for ads or our products vanish from search.", "tying"),
    ],
)
def test_a_merchants_complaint_names_the_conduct_with_its_words(text, conduct):
    by = {one.reference_id.partition(":")[2]: one for one in found(text)}
    assert conduct in by
    for reason in by[conduct].reasons:
        assert text[reason.start : reason.end] == reason.seen


@pytest.mark.parametrize(
    "text",
    [
        "환불이 3주째 안 되고 있어요. 배송도 늦습니다.",
        "The delivery was late and the payment was taken twice.",
        "수수료가 너무 비싸요.",
        "我买的商品没有收到，要求退款。",
    ],
)
def test_a_consumers_complaint_is_left_alone(text):
    assert not found(text)
