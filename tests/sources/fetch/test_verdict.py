"""What a page says of a listing: each verdict in Korean, English and Chinese; in doubt nothing counts as removed."""

from __future__ import annotations

from typing import Any

import pytest

from mapae.sources.fetch import FetchOutcome, Hop
from mapae.sources.fetch.verdict import Seen, verdict_of

URL = "https://www.shop.example/item/1001.html"
BEFORE = {"title": "몽몽토이 실리콘 치발기 MT-300 과일 모양", "price": 9900.0, "currency": "KRW"}
PAGE = """<html><head><title>{title} - 쇼핑몰</title></head><body><nav>로그인 회원가입 장바구니</nav>
<h1>{title}</h1><div class="price">{price}</div><button>구매하기</button>
<p>말랑한 실리콘 치발기입니다. 열탕 소독할 수 있고 아기가 쥐기 쉬운 고리 모양입니다.</p>
<section><h2>추천 상품</h2><ul><li>원목 딸랑이 품절</li><li>수면 조끼 판매종료</li></ul></section></body></html>"""


def _look(body: str, status: int = 200, url: str = URL, kind: str = "page", **before: Any) -> Seen:
    headers = (("content-type", "text/html; charset=utf-8"),)
    hop = Hop(url, "203.0.113.5", (), status, headers, body.encode())
    outcome = FetchOutcome(kind, url, status, body.encode(), hops=(hop,))
    return verdict_of(outcome, URL, {**BEFORE, **before})


def _shown(title: str = BEFORE["title"], price: str = "9,900원") -> str:  # type: ignore[assignment]
    return PAGE.format(title=title, price=price)


def test_goods_that_are_still_offered_are_still_up_whatever_is_recommended_beside_them() -> None:
    assert _look(_shown()) == Seen("still_up", "same", str(BEFORE["title"]))


@pytest.mark.parametrize("status", [404, 410])
def test_404_and_410_mean_removed(status: int) -> None:
    assert _look("<h1>Oops</h1>", status).verdict == "removed"


@pytest.mark.parametrize(
    "words",
    [
        "삭제된 상품입니다.", "이 상품은 판매가 종료되었습니다.", "존재하지 않는 상품입니다", "현재 판매중지된 상품입니다",
        "Sorry, this item is no longer available.", "This listing has ended", "Product not found",
        "很抱歉，您查看的商品已下架", "该商品不存在或已被删除", "商品已下架，看看其他商品吧", "Sold out",
    ],
)  # fmt: skip
def test_the_shops_own_words_mean_removed(words: str) -> None:
    found = _look(f"<title>Shop</title><h1>{words}</h1><p>다른 상품을 둘러보세요</p>")
    assert found.verdict == "removed", found


def test_a_notice_of_removal_above_recommended_goods_is_seen() -> None:
    cards = "".join(
        f'<li class="item"><h3>아기 딸랑이 {n}</h3><span class="price">5,{n}00원</span></li>'
        for n in range(9)
    )
    assert _look(f"<h1>상품을 찾을 수 없습니다</h1><ul>{cards}</ul>").verdict == "removed"


@pytest.mark.parametrize(
    ("body", "status", "verdict", "why"),
    [
        ("<h1>Access Denied</h1>", 403, "refused_us", "status"),
        ("<h1>x</h1>", 429, "refused_us", "status"),
        ("<title>Just a moment...</title><h1>Checking your browser</h1>", 503, "refused_us", "robot"),
        ("<title>보안문자 입력</title><p>로봇이 아닙니다</p>", 200, "refused_us", "robot"),
        ("<title>滑动验证页面</title><p>请按住滑块</p>", 200, "refused_us", "robot"),
        ("<title>Security check</title><h1>Are you a robot?</h1>", 404, "refused_us", "robot"),
        ("<h1>로그인이 필요한 서비스입니다</h1><input type=password>", 200, "differs", "login"),
        ("<h1>请登录后查看</h1>", 200, "differs", "login"),
        ("<h1>성인인증이 필요합니다</h1><p>만 19세 이상</p>", 200, "differs", "login"),
        ("<h1>This item is not available in your country</h1>", 200, "differs", "place"),
        ("<p>该商品无法送达您所在的地区</p>", 200, "differs", "place"),
        ("", 451, "differs", "status"),
        ("", 401, "differs", "status"),
        ("oops", 500, "unreachable", "status"),
        ("<html><body><div id=root></div><script src=app.js></script></body></html>", 200, "unreachable", "empty"),
    ],
)  # fmt: skip
def test_what_keeps_us_out_is_never_a_removal(body: str, status: int, verdict: str, why: str) -> None:
    found = _look(body, status)
    assert (found.verdict, found.why) == (verdict, why)


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        ("unreachable", "unreachable"), ("too_slow", "unreachable"), ("too_large", "unreachable"), ("refused", "unreachable"),
        ("no_page", "unreachable"), ("off_site", "differs"), ("later", "refused_us"),
    ],
)  # fmt: skip
def test_a_fetch_that_came_to_nothing_is_never_a_removal(kind: str, verdict: str) -> None:
    assert _look("", 0, kind=kind).verdict == verdict


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (_shown(title="원목 블록 쌓기 장난감 40피스"), "title"),
        (_shown(price="19,900원"), "price"),
        (_shown() + '<link itemprop="availability" href="https://schema.org/OutOfStock">', "sold_out"),
        (_shown(title=f"[품절] {BEFORE['title']}"), "sold_out"),
    ],
)
def test_another_title_price_or_an_empty_shelf_is_a_change(body: str, why: str) -> None:
    found = _look(body)
    assert (found.verdict, found.why) == ("changed", why), found


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [
        ("https://other.example/x/A1.jpg_640x640.jpg?v=2", "still_up"),
        ("https://img.example/B9.webp", "changed"),
        ("data:image/gif;base64,AAAA", "still_up"),
    ],
)
def test_other_pictures_in_place_of_all_the_known_ones_are_a_change(shown: str, verdict: str) -> None:
    body = _shown().replace("<button>", f'<img src="{shown}"><button>')
    known = '["https://img.example/a1.jpg", "https://img.example/a2.jpg"]'
    assert _look(body, image_urls=known).verdict == verdict
    assert _look(body).verdict == "still_up"


def test_a_price_in_another_currency_is_no_change() -> None:
    assert _look(_shown(price="$7.20")).verdict == "still_up"


def test_the_shops_first_page_in_place_of_the_goods_is_no_proof() -> None:
    home = "<title>쇼핑몰</title><h1>오늘의 특가</h1><p>매일 새로운 상품을 만나 보세요. 무료 배송과 반품.</p>"
    found = _look(home, url="https://www.shop.example/")
    assert (found.verdict, found.why) == ("differs", "elsewhere")


def test_a_page_in_an_old_korean_charset_is_read() -> None:
    body = _shown().encode("cp949")
    hop = Hop(URL, "203.0.113.5", (), 200, (("Content-Type", "text/html; charset=EUC-KR"),), body)
    assert verdict_of(FetchOutcome("page", URL, 200, body, hops=(hop,)), URL, BEFORE).verdict == "still_up"
