"""The domestic agent's four parts, whatever shape a policy gives them: lists, tables, sentences, in three languages."""

from __future__ import annotations

from typing import Any

import pytest

from mapae.measures.privacy.agent import PARTS
from mapae.measures.privacy.check import TABLES, read_policy
from mapae.pack import load_pack

ENGLISH = ("Dawnmark Compliance Co., Ltd.", "5F, 21 Baram-ro, Jung-gu, Seoul 04500, Republic of Korea",
           "+82 2 0000 1234", "kr@dawnmark.example")  # fmt: skip
KOREAN = (
    "주식회사 새벽표컴플라이언스",
    "서울특별시 중구 바람로 21, 5층",
    "02-0000-1234",
    "kr@dawnmark.example",
)
CHINESE = ("晨标合规株式会社", "首尔特别市中区风路21号5层", "+82-2-0000-1234", "kr@dawnmark.example")
SHAPES = [
    (ENGLISH, "## Korea\nOur domestic agent in the Republic of Korea is {0}, {1} (tel. {2}, e-mail {3})."),
    (ENGLISH, "We have appointed {0} as our local representative in Korea. Address: {1}. Phone: {2}. Email: {3}."),
    (ENGLISH, "**Domestic Agent:** {0}  \n**Address:** {1}  \n**Tel.:** {2}  \n**Email:** {3}"),
    (ENGLISH, "Local agent for Korean users: {0} (representative director: Kim Haru), {1}, {2}, {3}"),
    (ENGLISH, "Korean users may contact our domestic agent, {0}, at {3} or {2}, or by post at {1}."),
    (ENGLISH, "### 1-4. Domestic agent (Article 31-2 of the Act): {0} (CEO: Kim Haru), {1}; tel. {2}; {3}."),
    (ENGLISH, "| Role | Name | Address | Telephone | E-mail |\n|---|---|---|---|---|\n"
              "| Domestic representative (Korea) | {0} | {1} | {2} | {3} |"),
    (KOREAN, "제14조(국내대리인) 회사의 국내대리인은 {0}이며, 주소는 {1}, 전화번호는 {2}, 이메일은 {3}입니다."),
    (KOREAN, "한국 내 대리인\n\n업체명: {0}\n대표: 김하루\n주소: {1}\nTEL: {2}\nE-MAIL: {3}"),
    (KOREAN, "▶ 국내대리인\n 회사명 {0}\n 주소 {1}\n 전화번호 {2}\n 이메일 {3}"),
    (KOREAN, "| 국내대리인 명칭 | 소재지 | 전화 | 이메일 |\n|---|---|---|---|\n| {0} | {1} | {2} | {3} |"),
    (KOREAN, "한국 개인정보보호법에 따른 국내 대리인:\n이름: {0}\n주소: {1}\n전화: {2}\n이메일: {3}"),
    (KOREAN, "국내대리인: {0} (담당 변호사 김하루), {1}, {2}, {3}"),
    (CHINESE, "（十四）韩国境内代理人\n名称：{0}　地址：{1}　电话：{2}　邮箱：{3}"),
    (CHINESE, "八、国内代理人：{0}，{1}，电话：{2}，邮箱：{3}。"),
    (CHINESE, "本公司在韓國的國內代理人為{0}（地址：{1}；電話：{2}；電郵：{3}）。"),
    (CHINESE, "| 韩国国内代理人 | {0} |\n|---|---|\n| 地址 | {1} |\n| 联系电话 | {2} |\n| 电子邮件 | {3} |"),
]  # fmt: skip


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    pack = load_pack("kr")
    return {name: pack.data(f"privacy/{name}.yaml") for name in TABLES}


@pytest.mark.parametrize(("told", "shape"), SHAPES)
def test_all_four_parts_are_read_as_they_are_written(
    told: tuple[str, ...], shape: str, data: dict[str, Any]
) -> None:
    text = f"# Privacy\n\nWe process orders.\n\n{shape.format(*told)}\n\n## Last\nThis is the end of it.\n"
    policy = read_policy(text, data)
    assert policy.agent == dict(zip(PARTS, told, strict=True))
    assert policy.items["P15"].status == "present"


def test_what_is_not_told_stays_open(data: dict[str, Any]) -> None:
    agent = read_policy("## Korea\nDomestic agent: Dawnmark LLC; email: kr@dawnmark.example\n", data).agent
    assert agent == {"name": "Dawnmark LLC", "address": None, "phone": None, "email": "kr@dawnmark.example"}


def test_prose_on_another_firm_behind_the_agent_lends_it_nothing(data: dict[str, Any]) -> None:
    told = "국내대리인: 법무법인 새벽표, 서울특별시 중구 바람로 21, 02-0000-1234"
    other = "주문이 들어오면 성명과 주소가 암호화된 회선으로 일본 창고 새벽물류(desk@saebyeok.example)에 "
    other += "전송되어 발송에 쓰이고 1년 뒤 삭제됩니다."
    agent = read_policy(f"## 한국 회원\n{told}\n{other}\n", data).agent
    assert agent is not None and agent["phone"] == "02-0000-1234" and agent["email"] is None


def test_an_agent_is_read_over_a_broken_line(data: dict[str, Any]) -> None:
    prose = "We keep the records of your orders for five years, because the law asks\nfor it, and delete them afterwards.\n\n"
    told = "Our domestic agent in Korea is Dawnmark Pte. Ltd., 5F, 21\nBaram-ro, Jung-gu, Seoul (tel. +82 2 0000 1234)."
    agent = read_policy("## Records\n" + prose * 10 + "## Korea\n" + told + "\n", data).agent
    assert (
        agent is not None
        and agent["address"] == "5F, 21 Baram-ro, Jung-gu, Seoul"
        and agent["phone"] == "+82 2 0000 1234"
    )


def test_a_clause_that_designates_under_article_31_2_names_the_agent(data: dict[str, Any]) -> None:
    told = "11.1 For the purposes of Article 31-2 of the Personal Information Protection Act of Korea the Controller has "
    told += "designated Dawnmark Law Office, 21 Baram-ro, Jung-gu, Daegu, telephone 053-000-1234, e-mail kr@dawnmark.example."
    agent = read_policy(f"10. CONTACT\n10.1 Write to us.\n\n11. KOREA\n{told}\n", data).agent
    assert agent is not None and (agent["name"], agent["address"]) == (
        "Dawnmark Law Office",
        "21 Baram-ro, Jung-gu, Daegu",
    )


def test_a_name_is_told_from_the_address_behind_it_in_a_chinese_table(data: dict[str, Any]) -> None:
    row = "| 韩国境内代理人 | 법무법인 새벽표,首尔特别市银杏区星路3号2层,02-000-1234,kr@saebyeok.example |"
    agent = read_policy(f"| 事项 | 说明 |\n|---|---|\n| 安全 | 防火墙 |\n{row}\n", data).agent
    assert agent is not None
    assert (agent["name"], agent["address"]) == ("법무법인 새벽표", "首尔特别市银杏区星路3号2层")
