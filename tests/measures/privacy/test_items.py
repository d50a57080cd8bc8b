"""Items of a policy: what makes each full, half, absent or not applicable, in Korean, English and Chinese."""

from __future__ import annotations

from typing import Any

import pytest

from mapae.measures.privacy.check import Policy, read_policy
from mapae.pack import load_pack


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    pack = load_pack("kr")
    return {name: pack.data(f"privacy/{name}.yaml") for name in ("topics", "transfer", "agent", "places")}


def read(data: dict[str, Any], text: str) -> Policy:
    return read_policy(text, data)


CASES = [
    ("P1", "present", "제1조 목적\n회사는 주문 이행, 배송, 고객 상담을 위하여 개인정보를 처리합니다."),
    ("P1", "partial", "We use your personal information to improve our offering."),
    ("P1", "present", "我们使用您的个人信息用于订单处理、配送和客服。"),
    ("P2", "present", "회원 정보는 회원 탈퇴 시까지 보유합니다."),
    ("P2", "partial", "개인정보는 내부 방침에 따라 필요한 기간 보관합니다."),
    ("P2", "partial", "We retain personal data for as long as necessary."),
    ("P2", "present", "We retain account data for 24 months after closure of your account."),
    ("P3", "not_applicable", "회사는 개인정보를 제3자에게 제공하지 않습니다."),
    ("P3", "partial", "회사는 동의 없이 제3자에게 제공하지 않습니다. 제휴사와 공유할 수 있습니다."),
    ("P3", "present", "제공받는 자: ㈜가나택배 / 목적: 배송 / 항목: 이름, 주소, 전화번호"),
    ("P4", "present",
     "기간이 지나면 지체 없이 파기합니다. 파일은 복구할 수 없는 방법으로 삭제합니다. 전자상거래법에 따라 주문 기록 5년."),
    ("P3", "partial",
     "## 제3자 제공\n| 제공받는 자 | 목적 | 항목 |\n|---|---|---|\n| ㈜가나 | 배송 | 이름 |\n| ○○카드 | (작성) | (작성) |"),
    ("P7", "not_applicable", "## 목적\n주문 배송\n## 가명정보 처리\n해당사항 없음."),
    ("P2", "present", "## 처리 항목\n| 파일 | 항목 | 보유기간 |\n|---|---|---|\n| 고객 | 주문, 주소 | 10년(상법) |"),
    ("P10", "missing", "## Cookie\n详见《Cookie说明》。"),
    ("P4", "missing", "We keep safeguards against the loss, alteration or destruction of personal information."),
    ("P4", "partial", "We will delete or anonymise your data when it is no longer needed."),
    ("P5", "not_applicable", "민감정보는 수집하지 않습니다."),
    ("P5", "missing", "Your reviews are public."),
    ("P6", "present", "처리 위탁\n㈜바람로지스틱: 배송\n구름클라우드 주식회사: 서버 운영"),
    ("P6", "partial", "We use service providers such as hosting companies."),
    ("P6", "not_applicable", "개인정보 처리업무를 위탁하지 않습니다."),
    ("P7", "missing", "We use anonymous, aggregated statistics."),
    ("P7", "partial", "이용자의 정보를 가명처리하여 이용할 수 있습니다."),
    ("P8", "present",
     "제5조 권리\n고객과 법정대리인은 열람, 정정, 삭제, 처리정지를 요구할 수 있습니다. 이메일이나 우편으로 신청합니다."),
    ("P8", "partial", "Under applicable laws, you may have certain data rights such as access."),
    ("P9", "present", "개인정보 보호책임자 성명: 나보호, 전화: 02-000-1111"),
    ("P9", "partial", "You can contact our Data Protection Officer at dpo@shop.example."),
    ("P10", "present", "쿠키를 사용합니다. 브라우저 설정에서 쿠키를 거부할 수 있습니다."),
    ("P10", "partial", "We use cookies and pixels to measure adverts."),
    ("P11", "present", "수집 항목: 이름, 이메일, 휴대전화, 주소, 생년월일"),
    ("P11", "partial", "이름, 연락처 등을 수집합니다."),
    ("P13", "present", "안전성 확보 조치\n비밀번호 암호화, 접속 기록 보관, 침입 차단 시스템을 운영합니다."),
    ("P13", "partial", "We take appropriate security measures."),
    ("P13", "missing", "Please be aware that no security measures are perfect or impenetrable."),
    ("P10", "partial", "We use cookies. If users reject the cookie, they may still use our site."),
    ("P14", "partial",
     "귀하의 데이터는 중국, 미국 및 계열사가 위치한 기타 국가로 전송되고 저장될 수 있습니다. 소비자 불만 기록을 보관합니다."),
    ("P2", "partial", "We may retain your profile for a commercially reasonable time."),
    ("P14", "present", "개인정보는 독일에 있는 서버에 저장됩니다."),
    ("P14", "partial", "개인정보는 독일 등 여러 나라의 서버에 저장됩니다."),
    ("P14", "missing", "대한민국 고객의 개인정보를 처리합니다."),
    ("P2", "present",
     "We retain data as long as necessary.\n## Korea: retention\nWe keep your account until you close it."),
    ("P3", "partial",
     "제공받는 자 | 목적 | 항목\n|---|---|---|\n| 관세청 | 통관 | 이름, 주소 |\n| 제휴 보험사 | 보험 | 이름, 연락처 |"),
    ("P5", "not_applicable", "We do not ask for, and do not keep, special categories of data such as health."),
    ("P7", "present", "## 가명정보\n통계 작성을 위하여 가명정보를 처리합니다.\n- 항목: 성별, 출생 연도, 구매 월"),
    ("P14", "present", "## 国内\n转移的国家和方法：新加坡、中国；加密传输"),
    # Found in long English texts: words of an item that speak of something else.
    ("P2", "partial", "Your location information is stored by us until you delete the application."),
    ("P4", "missing", "If we learn that a child under the age of 13 gave us data, we will delete them."),
    ("P4", "missing", "We may anonymize information so that it no more identifies you, and use it for statistics."),
    ("P9", "present", "Questions? Write to us at Customer Privacy Inquiries, P.O. Box 1, 24022 Elsewhere."),
    ("P13", "missing", "We may disclose data to protect the rights, property or safety of our users."),
    ("P13", "present", "Security: we use TLS encryption and restrict access to employees who need it."),
    ("P14", "partial", "We may use servers in Germany or another country."),
    ("P14", "missing", "We are Example Inc., located at 6 Long Road, Frankfurt, Germany."),
]  # fmt: skip

ABSENT = [
    ("P5", "the way to keep it private", "후기에 적은 건강 정보는 다른 이용자에게 공개될 수 있습니다."),
    ("P6", "the name of a processor", "처리 위탁\n㈜바람로지스틱: 배송\n상담 전문 업체: 고객 상담"),
    ("P7", "purpose", "가명정보 처리\n회사는 구매 이력, 지역, 연령을 가명처리합니다."),
    ("P8", "who may act for the reader", "권리\n고객은 열람, 정정, 삭제를 이메일로 신청할 수 있습니다."),
    ("P9", "a direct contact", "개인정보 보호책임자 성명: 나보호"),
]


@pytest.mark.parametrize(
    ("item", "status", "text"), CASES, ids=lambda value: value if len(value) < 16 else ""
)
def test_an_item_is_as_full_as_what_is_told(item: str, status: str, text: str, data: dict[str, Any]) -> None:
    assert read(data, text).items[item].status == status


def test_every_item_that_is_told_names_its_sentence(data: dict[str, Any]) -> None:
    policy = read(data, "\n".join(text for _, _, text in CASES))
    for judged in (*policy.items.values(), *policy.transfer.values()):
        assert (judged.segment is None) == (judged.status == "missing")
        assert judged.why or judged.status in ("present", "not_applicable")


def test_an_empty_policy_misses_everything(data: dict[str, Any]) -> None:
    policy = read(data, "추후 공지")
    assert set(policy.items) == {f"P{number}" for number in range(1, 16)}
    assert {judged.status for judged in (*policy.items.values(), *policy.transfer.values())} == {"missing"}


def test_a_full_transfer_needs_basis_and_all_five(data: dict[str, Any]) -> None:
    text = (
        "국외 이전\n법 제28조의8 제1항 제3호에 따라 이전합니다.\n이전받는 자: Blue Harbour Ltd (privacy@blue.example)\n"
        "이전되는 항목: 이름, 주소\n국가: 싱가포르 / 일시와 방법: 주문할 때마다 네트워크 전송\n"
        "목적: 배송, 보유 기간: 1년\n이전을 거부할 수 있으며 거부하시면 주문이 어렵습니다.\n"
    )
    policy = read(data, text)
    assert {judged.status for judged in policy.transfer.values()} == {"present"}
    assert policy.items["P12"].status == "present"
    without = read(data, text.replace("이전을 거부할 수 있으며 거부하시면 주문이 어렵습니다.\n", ""))
    assert (without.transfer["refusal"].status, without.items["P12"].status) == ("missing", "partial")


def test_worldwide_is_no_country(data: dict[str, Any]) -> None:
    text = "개인정보 국외 이전\n이전되는 국가: 파트너가 소재한 전 세계 국가 / 가입 시 네트워크 전송"
    assert read(data, text).transfer["country_time_method"].status == "partial"


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        (
            "제9조 국내대리인\n명칭: 주식회사 물결대리(대표 나무)\n주소: 서울특별시 물결구 가람로 7, 3층\n"
            "전화: 02-000-2222\n전자우편: agent@mulgyeol.example",
            ("주식회사 물결대리", "서울특별시 물결구 가람로 7, 3층", "02-000-2222", "agent@mulgyeol.example"),
        ),
        (
            "Domestic agent in Korea\nName: Harbour Korea Co., Ltd.\nAddress: 7F, 12 Garam-ro, Seoul\n"
            "Phone: +82-2-000-3333\nEmail: agent@harbour.example",
            ("Harbour Korea Co., Ltd.", "7F, 12 Garam-ro, Seoul", "+82-2-000-3333", "agent@harbour.example"),
        ),
        (
            "국내대리인\n명칭: 유한회사 다리\n전화: 051-000-4444",
            ("유한회사 다리", None, "051-000-4444", None),
        ),
        (
            "## 국내대리인\n| 구분 | 내용 |\n| --- | --- |\n| 성명(법인명) | 한울대리 주식회사 |\n"
            "| 주소 | 서울특별시 강서구 바람로 2, 3층 |\n| 전화번호 | 02-000-9999 |\n| 전자우편 | k@hanul.example |",
            ("한울대리 주식회사", "서울특별시 강서구 바람로 2, 3층", "02-000-9999", "k@hanul.example"),
        ),
        (
            "## 국내대리인\n| 명칭 | 주소 | 전화 | 이메일 |\n| --- | --- | --- | --- |\n"
            "| 한울대리 주식회사 | 서울특별시 강서구 바람로 2, 3층 | 02-000-9999 | k@hanul.example |",
            ("한울대리 주식회사", "서울특별시 강서구 바람로 2, 3층", "02-000-9999", "k@hanul.example"),
        ),
    ],
)
def test_the_agents_parts_are_read(text: str, agent: tuple[str | None, ...], data: dict[str, Any]) -> None:
    policy = read(data, text)
    assert policy.agent is not None and tuple(policy.agent.values()) == agent
    assert policy.items["P15"].status == ("partial" if None in agent else "present")


def test_a_representative_for_europe_is_no_domestic_agent(data: dict[str, Any]) -> None:
    text = "EU representative\nName: Blue GmbH\nEmail: eu@blue.example\nKorea is not mentioned for our EU representative."
    assert read(data, text).agent is None


@pytest.mark.parametrize(("item", "absent", "text"), ABSENT)
def test_a_half_told_item_names_the_part_that_is_absent(
    data: dict[str, Any], item: str, absent: str, text: str
) -> None:
    judged = read(data, text).items[item]
    assert (judged.status, absent in judged.why) == ("partial", True), judged.why


def test_a_half_told_transfer_names_the_part_that_is_absent(data: dict[str, Any]) -> None:
    five = read(
        data, "국외 이전\n이전받는 자: Tern Cloud Pte. Ltd.\n이전 국가: 싱가포르\n이용 목적: 서버 운영"
    ).transfer
    assert five["country_time_method"].why == "not told: the time, the method"
    assert five["recipient"].why == "not told: the contact"
    assert five["purpose_retention"].why == "not told: the retention"
