"""Names of one market beside those of another: through the Latin name they stand for, and as Mandarin is heard in Korea."""

from __future__ import annotations

import pytest

from mapae.text.names import compare


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("卡尔文克莱因", "캘빈클라인", "brand"),
        ("娇韵诗", "클라랑스", "brand"),
        ("乐天玛特", "롯데마트", "brand"),
        ("深圳市大疆创新科技有限公司", "SZ DJI Technology Co., Ltd.", "firm"),
        ("上海优品贸易有限公司", "상하이 요우핀 무역 유한공사", "firm"),
    ],
)
def test_a_market_name_is_the_brand(a: str, b: str, kind: str) -> None:
    assert compare(a, b, kind).same and compare(b, a, kind).same


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("义乌市星光饰品厂", "Yiwu Xinguang Toys Factory", "firm"),
        ("香奈儿", "나네트", "brand"),
        ("乐天玛特", "롯데칠성", "brand"),
        ("上海优品贸易有限公司", "상하이 요우팡 무역 유한공사", "firm"),
    ],
)
def test_a_near_name_of_another_market_is_not(a: str, b: str, kind: str) -> None:
    assert not compare(a, b, kind).same and not compare(b, a, kind).same
