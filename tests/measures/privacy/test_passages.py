"""Passages as policies have them: lists of a transfer under no heading, prose without headings, warnings, places, agents."""

from __future__ import annotations

from typing import Any

import pytest

from mapae.measures.privacy.check import TABLES, Policy, cut, read_policy
from mapae.pack import load_pack


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    pack = load_pack("kr")
    return {name: pack.data(f"privacy/{name}.yaml") for name in TABLES}


def policy(text: str, data: dict[str, Any]) -> Policy:
    return read_policy(text, data)


def test_labelled_lines_are_a_transfer_whatever_stands_above_them(data: dict[str, Any]) -> None:
    text = """기타 사항

이전받는 자: Oak Host Inc.(privacy@oak.example)
이전 국가: 미국
이전 항목: 이름, 주소
이전 일시와 방법: 가입할 때, 네트워크 전송
이용 목적과 기간: 서버 운영, 계약 종료 시까지
거부: 고객센터에 알려 주시면 됩니다. 거부하시면 이용할 수 없습니다.
"""
    found = policy(text, data).transfer
    assert {name: item.status for name, item in found.items()} == dict.fromkeys(found, "present")


def test_where_data_lie_and_are_sent_is_a_transfer(data: dict[str, Any]) -> None:
    text = "# 안내\n## 어디에 보관하나요\n정보는 아일랜드 서버에 있어요. 주문하실 때 암호화된 통신으로 보내져요.\n## 끝\n끝."
    assert policy(text, data).transfer["country_time_method"].status == "present"


def test_a_denial_of_transfer_counts_only_without_the_details_of_one(data: dict[str, Any]) -> None:
    text = "# Policy\n## Transfers\nThere is no transfer to third countries.\n"
    assert policy(text, data).items["P12"].status == "not_applicable"
    more = text + "Recipient of the transfer abroad: Oak Host Inc., privacy@oak.example, United States.\n"
    assert policy(more, data).items["P12"].status == "partial"


def test_a_transfer_that_may_come_is_none(data: dict[str, Any]) -> None:
    text = "# 政策\n## 存储\n信息存储于中国境内。如需跨境传输，我们会另行征得您的单独同意。\n"
    assert policy(text, data).items["P12"].status == "missing"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Data are processed in Norway only.", "present"),
        ("Data are processed in Norway, Sweden and other countries.", "partial"),
        ("Data of Japanese users are stored in Japan.", "partial"),
        ("Our shop is based in Norway.", "missing"),
    ],
)
def test_countries_are_closed_open_or_of_one_place(text: str, status: str, data: dict[str, Any]) -> None:
    assert policy(f"# Policy\n## Where\n{text}\n", data).items["P14"].status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Reviews are public and can be read by anyone.", "missing"),
        ("What you write on your health in a review can be seen by others.", "partial"),
        ("Health notes in reviews are visible to all; you may limit them to followers.", "present"),
        ("후기에 질병을 적으면 누구나 볼 수 있습니다. '나만 보기'로 바꿀 수 있습니다.", "present"),
    ],
)
def test_a_warning_stands_beside_sensitive_data(text: str, status: str, data: dict[str, Any]) -> None:
    assert policy(f"# Policy\n## Public content\n{text}\n", data).items["P5"].status == status


def test_prose_without_headings_is_read_by_what_it_holds(data: dict[str, Any]) -> None:
    text = (
        "책을 주문하시면 성함과 주소, 전화번호, 이메일을 적어 주십니다.\n\n"
        "아오조라 운수 주식회사가 책을 나르고, 미즈 서버 유한회사가 홈페이지 서버를 둡니다.\n\n"
        "대표 가와무라 겐지에게: 전화 02-000-9911, kirin@kirin.example\n"
    )
    found = policy(text, data).items
    assert (found["P11"].status, found["P6"].status, found["P9"].status) == (
        "partial",
        "present",
        "present",
    ) or (found["P11"].status == "present")


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        (
            "Our agent in Korea under the Act is Oakrep Legal LLC, 3F, 41 Saebyeok-ro, Mugung-gu, Gwangju, "
            "telephone 062-000-7713, e-mail oak@rep.example.",
            "Oakrep Legal LLC",
            "3F, 41 Saebyeok-ro, Mugung-gu, Gwangju",
        ),
        (
            "국내대리인\n(주)두레대리 · 서울 마루구 한빛로 3, 501호 · 02-000-4004 · a@dure.example",
            "(주)두레대리",
            "서울 마루구 한빛로 3, 501호",
        ),
        (
            "国内代理人：주식회사 참빛. 地址：대구광역시 노을구 바람로 77. 电话：053-000-1199. 邮箱：a@b.example",
            "주식회사 참빛",
            "대구광역시 노을구 바람로 77",
        ),
        ("국내대리인: 추후 안내 예정입니다.", None, None),
    ],
)
def test_agents_in_prose(text: str, name: str | None, address: str | None, data: dict[str, Any]) -> None:
    agent = policy(text + "\n", data).agent
    assert (agent or {}).get("name") == name and (agent or {}).get("address") == address


def test_contents_rules_and_underlines_are_no_sentences(data: dict[str, Any]) -> None:
    lines = [
        "Policy",
        "======",
        "",
        "* [1. Use](#use)",
        "* [2. End](#end)",
        "",
        "Use",
        "---",
        "",
        "We ship orders.",
    ]
    text = "\n".join([*lines, "", "---", "", "| a | b |", "|---|---|", "| c | d |", ""])
    parts = cut(text, data)
    assert [item.text for item in parts if not item.first] == ["we ship orders.", "| a | b |", "| c | d |"]
    assert [item.heading for item in parts if item.first] == ["policy", "use"]
    assert parts[-1].columns == "| a | b |"
