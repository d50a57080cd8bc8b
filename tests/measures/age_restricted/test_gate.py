"""Gates one by one: what a page serves to an unverified visitor, and what an officer's note says."""

from __future__ import annotations

from datetime import date

import pytest

from mapae.measures.age_restricted.gate import Gate, GateReader
from mapae.pack import load_pack

TODAY = date(2026, 11, 24)
TITLE = "싱글몰트 위스키 700ml"
GOODS = '<h1>싱글몰트 위스키 700ml</h1><img src="/w/1.jpg"><b>89,000원</b><button>장바구니</button>'
SMS = "<p>휴대폰 본인확인(SMS)</p>"


@pytest.fixture(scope="module")
def gates() -> GateReader:
    return GateReader(load_pack("kr").data("lexicons/age_gate.yaml"), frozenset({"위스키", "보드카"}), 366)


def page(gates: GateReader, html: str) -> Gate:
    return gates.page(html, TITLE, TODAY)


@pytest.mark.parametrize(
    ("why", "html"),
    [
        ("nothing asked", GOODS),
        ("a click", f"<div>19세 이상입니까? <button>예</button></div>{GOODS}"),
        ("a birth date", f"<input placeholder='생년월일'>{GOODS}"),
        ("a check at the checkout", f"<p>결제 시 휴대폰 본인확인(SMS)</p>{GOODS}"),
        ("a window over the goods", f"<div class='modal'>{SMS}</div><main aria-hidden='true'>{GOODS}</main>"),
        ("hidden by style", f"{SMS}<div style='display:none'>{GOODS}</div>"),
        ("in a template", f"{SMS}<template>{GOODS}</template>"),
        ("in noscript", f"{SMS}<noscript>{GOODS}</noscript>"),
        ("in JSON-LD",
         '<script type="application/ld+json">{"name":"싱글몰트 위스키 700ml","offers":{"price":"89000"}}</script>' + SMS),
        ("in meta and picture",
         f'<meta property="og:title" content="{TITLE}">{SMS}<img src="/w/1.jpg" alt="{TITLE}">'),
        ("in a div without heading",
         f'{SMS}<div class="goods-title">싱글몰트 위스키 700ml</div><span>89,000원</span>'),
        ("in data with escaped letters",
         SMS + '<script>{"goodsNm":"\\uc2f1\\uae00\\ubab0\\ud2b8 \\uc704\\uc2a4\\ud0a4 700ml","salePrice":89000}</script>'),
        ("name and picture for robots only",
         f'<meta property="og:title" content="{TITLE}"><meta property="og:image" content="/w/1.jpg">{SMS}'),
        ("a check that is not wanted", f"<p>본인인증 없이 구매</p>{GOODS}"),
        ("a guest called verified", f"<p>비회원님 성인인증 완료 2026-11-20 (SMS)</p>{GOODS}"),
        ("a stale check", f"<p>성인인증 완료 2025-10-01 (휴대폰 SMS)</p>{GOODS}"),
        ("a check said to be expired", f"<p>성인인증이 만료되었습니다 (휴대폰 SMS)</p>{GOODS}"),
        ("drawn after a cookie",
         "<button onclick=\"document.cookie='ok=1'\">휴대폰 본인인증</button><script>if(document.cookie)"
         "fetch('/g').then(g=>document.body.insertAdjacentHTML('beforeend',g))</script>"),
        ("two offers of a money game", "<p>첫충 30% 매충 10% 환전 24시간</p>"),
    ],
    ids=lambda value: value if len(value) < 40 else "",
)  # fmt: skip
def test_goods_in_what_a_visitor_receives_are_a_violation(why: str, html: str, gates: GateReader) -> None:
    assert page(gates, html).open is True


@pytest.mark.parametrize(
    ("why", "html"),
    [
        ("carrier and SMS", f"<h1>성인 인증</h1>{SMS}<form action='/cert'></form>"),
        ("i-PIN", "<h2>본인확인</h2><a href='/ipin'>아이핀 인증</a>"),
        ("own credit card", "<h2>성인 확인</h2><p>본인 명의 신용카드로 확인합니다</p>"),
        ("rows locked", f"<ul><li><img src='/lock.svg' alt='인증 필요'>본인인증 후 표시</li></ul>{SMS}"),
        ("removed", "<h1>판매가 종료된 상품입니다</h1><a href='/p/1'>텀블러 12,000원</a>"),
        ("geo-blocked", "<h1>This item is not available in your country</h1>"),
        ("redirected", "<title>302 Found</title><a href='https://id.example/start'>here</a>"),
        ("a member, verified this year", f"<p>김*수님 성인인증 완료 2026-01-10 (휴대폰 SMS)</p>{GOODS}"),
        ("a member, on the last day", f"<p>성인인증 완료 2025-11-24 (신용카드)</p>{GOODS}"),
    ],
)
def test_verified_withheld_and_removed_goods_are_no_violation(why: str, html: str, gates: GateReader) -> None:
    assert page(gates, html).open is False


@pytest.mark.parametrize(
    ("note", "violation"),
    [
        ("없음", True),
        ("본인인증 절차 없음. 상품과 가격이 그대로 나옴", True),
        ("목록과 상세 모두 보임. 주문서 단계에서만 휴대폰 인증", True),
        ("Guest sees price and photo. Identity check can be skipped.", True),
        ("未登录即可浏览,无需实名验证", True),
        ("PASS 본인인증 화면만 나오고 상품은 보이지 않음", False),
        ("Without identity verification nothing is shown: blank page", False),
        ("未核验身份时页面空白,仅显示身份证实名核验入口", False),
        ("클릭만", True),
        ("生年月日を入力", True),
        ("date of birth typed, nothing checked", True),
        ("勾选已满18岁", True),
        ("결제 단계에서 휴대폰 본인인증", True),
        ("SMS code at checkout", True),
        ("로그인 회원, 성인인증 2025-01-05 (휴대폰 SMS), 확인일 2026-11-20", True),
        ("입장 전 휴대폰 본인확인(SMS)", False),
        ("mobile carrier identity check before any product", False),
        ("进入前运营商实名验证+短信验证码", False),
        ("i-PIN before entry, nothing shown before", False),
        ("로그인 회원, 성인인증 2026-05-05 (휴대폰 SMS), 확인일 2026-11-20", False),
    ],
)
def test_a_note_says_whether_age_and_identity_are_checked_first(
    note: str, violation: bool, gates: GateReader
) -> None:
    assert gates.note(note, TODAY).open is violation


def test_what_decides_is_named(gates: GateReader) -> None:
    gate = page(gates, GOODS)
    assert gate.seen == TITLE and 0 < gate.score <= 1 and gate.reason


@pytest.mark.parametrize("html", ["", "<", "<html>", "\0", "<p>" * 2000, "<!-- 위스키 -->", "<template>"])
def test_broken_pages_are_read(html: str, gates: GateReader) -> None:
    assert page(gates, html).open in (True, False)
