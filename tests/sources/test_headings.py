"""What headings and the lines above them say: cells that count in words themselves, a basis in a title."""

from __future__ import annotations

import pytest

from mapae.sources.headings import basis_above, counted

HEADS = {
    "월간이용자수": "users",
    "이용자수": "users",
    "검색량": "traffic",
    "검색량수": "traffic",
    "users": "users",
}


@pytest.mark.parametrize(
    ("cell", "unit", "told"),
    [
        ("1조 2,000", "억원", ("1조 2,000억", "원")),
        ("1조 2345억원", "억원", ("1조 2345억원", "원")),
        ("3만 5천", "만명", ("3만 5천", "명")),
        ("1억", "백만", ("1억", "원")),
        ("2,000", "억원", None),
        ("1조 2,000", "%", None),
    ],
)
def test_a_cell_that_counts_in_words_is_whole_and_its_unit_counts_no_more(cell, unit, told):
    assert counted(cell, unit) == told


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("[표 3] 중고거래 앱 월간 이용자 수 (단위: 만명)", "users"),
        ("앱 이용자 수와 매출액 현황", None),
        ("앱 이용자 수, 검색량 수", None),
        ("이용자 보호 실태", None),
    ],
)
def test_a_title_tells_the_basis_where_it_names_one_and_no_money(text, basis):
    assert basis_above(text, HEADS) == basis
