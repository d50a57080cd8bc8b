"""Item P6: names with tasks in rows, lists and sentences; nobody without a name."""

from __future__ import annotations

from typing import Any

import pytest

from mapae.measures.privacy.check import TABLES, read_policy
from mapae.pack import load_pack


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    pack = load_pack("kr")
    return {name: pack.data(f"privacy/{name}.yaml") for name in TABLES}


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ("| 수탁자 | 업무 |\n|---|---|\n| 나린배송 | 국내 배송 |\n| Oak Host | 서버 운영 |", "present"),
        ("| 업무 | 수탁자 |\n|---|---|\n| 배송 | 나린배송 |\n| 상담 | 전문 상담업체 |", "partial"),
        ("- 나린배송: 국내 배송\n- Oak Host: 서버 운영", "present"),
        ("- 나린배송: 국내 배송\n- 미정: 서버 운영", "partial"),
        ("| 수탁자 | 업무 |\n|---|---|\n| 나린배송 | 국내 배송 |\n| ○○(주) | 서버 운영 |", "partial"),
        ("- 나린배송: 국내 배송\n- Oak Host: 서버 운영\n- 그 밖의 IT 협력사", "partial"),
        ("- 나린배송: 국내 배송\n- 번개로지스 외 3개사: 반품 수거", "partial"),
        ("나린배송㈜(배송), ㈜소리콜(상담)에 맡깁니다.", "present"),
        ("배송과 상담 업무를 외부 업체에 위탁합니다.", "partial"),
        ("나린배송㈜, ㈜소리콜", "partial"),
        ("- 나린배송 — 국내 배송\n- Oak Host — 서버 운영\n이 두 곳이 전부입니다.", "present"),
    ],
)
def test_korean_processors(lines: str, status: str, data: dict[str, Any]) -> None:
    text = f"# 처리방침\n## 목적\n주문 배송과 결제.\n## 처리 위탁\n{lines}\n## 끝\n끝입니다.\n"
    assert read_policy(text, data).items["P6"].status == status


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ("- Oak Hosting Ltd: servers\n- Elm Couriers: delivery", "present"),
        ("- Vendors: servers\n- Couriers: delivery", "partial"),
        ("We engage providers such as Stripe and Zendesk for payments and support.", "partial"),
        ("Oak Hosting Ltd keeps our servers. Elm Pay Ltd takes payments.", "present"),
    ],
)
def test_english_processors(lines: str, status: str, data: dict[str, Any]) -> None:
    text = f"# Policy\n## Purposes\nTo ship orders.\n## Processors\n{lines}\n## End\nThe end of it.\n"
    assert read_policy(text, data).items["P6"].status == status


def test_chinese_processors_in_numbered_lines(data: dict[str, Any]) -> None:
    lines = "4.1 顺嘉仓储（深圳）有限公司，负责仓储；\n4.2 港湾云科技有限公司，负责运维。\n除上述公司外没有委托其他公司。"
    text = f"# 政策\n## 目的\n用于配送。\n## 委托处理\n{lines}\n## 结束\n结束。\n"
    assert read_policy(text, data).items["P6"].status == "present"
    assert read_policy(text.replace("港湾云科技有限公司", "未定"), data).items["P6"].status == "partial"
