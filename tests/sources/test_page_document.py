"""Pages as documents: what keeps its form, and what is no part of the document."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from mapae.sources.page_document import document_text


def lines(body: str, limit: int = 1 << 20) -> list[str]:
    text = document_text(LexborHTMLParser(f"<html><body>{body}</body></html>"), limit)
    return [line for line in text.split("\n") if line]


def test_headings_lists_and_pairs_of_terms_keep_their_form():
    body = (
        "<h2>위탁</h2><ol><li>필수<ul><li>이름</li><li>주소</li></ul></li><li><p>선택</p></li></ol>"
        "<dl><dt>전화 :</dt><dd>02-0000-1111</dd></dl><p><strong>제2조</strong></p><p>a <b>b</b></p>"
    )
    assert lines(body) == [
        "## 위탁",
        "1. 필수",
        "  - 이름",
        "  - 주소",
        "2. 선택",
        "- 전화: 02-0000-1111",
        "**제2조**",
        "a b",
    ]


def test_a_cell_that_spans_rows_is_told_in_each_and_titles_at_the_side_become_pairs():
    table = (
        "<table><tr><th>곳</th><th>일</th></tr><tr><td rowspan=2>㈜가</td><td>배송</td></tr><tr><td>포장</td></tr></table>"
        "<table><tr><th>성명</th><td>홍<br>길동</td></tr><tr><th>전화</th><td>1|2</td></tr></table>"
    )
    assert lines(table) == [
        "| 곳 | 일 |",
        "| --- | --- |",
        "| ㈜가 | 배송 |",
        "| ㈜가 | 포장 |",
        "- 성명: 홍 길동",
        "- 전화: 1/2",
    ]


def test_a_table_for_looks_is_read_through():
    body = "<table><tr><td><h2>Title</h2><p>One.</p></td><td>x</td></tr><tr><td>Two.</td></tr></table>"
    assert lines(body) == ["## Title", "One.", "x", "Two."]


def test_menus_scripts_hidden_parts_and_banners_that_ask_for_consent_are_no_part():
    body = (
        "<nav>Home</nav><div role=navigation>Cart</div><div id=cookie-banner><p>You can reject all cookies.</p></div>"
        "<div style='display: none'>gone</div><script>x</script><button>OK</button>"
        "<section id=cookies><p>We use cookies.</p></section>"
    )
    assert lines(body) == ["We use cookies."]


def test_a_link_to_another_page_is_shown_as_a_link_and_one_within_the_page_is_not():
    body = "<p>See <a href='https://a.example/c'>our notice</a> or <a href='#x'>below</a>.</p>"
    assert lines(body) == ["See [our notice](https://a.example/c) or below."]


def test_a_bottomless_page_is_read_up_to_the_limit():
    assert len(document_text(LexborHTMLParser("<div>" * 20_000 + "word " * 50_000), 1_000)) == 1_000
