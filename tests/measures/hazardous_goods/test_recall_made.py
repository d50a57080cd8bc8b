"""Months of manufacture in words, weeks and date codes; generations of a product."""

from __future__ import annotations

import pytest

from mapae.measures.hazardous_goods.recalls.made import made_months, written_months
from mapae.measures.hazardous_goods.recalls.names import generations_in


@pytest.mark.parametrize("text", ["week 14 of 2023", "2023년 14주차", "2023年第14周"])
def test_a_week_of_a_year_is_its_month(text: str) -> None:
    assert [month for month, _, _, _ in made_months(text)] == ["2023-04"]


def test_a_date_code_is_read_in_the_order_that_the_notice_tells() -> None:
    text = "date code 1423, price 4500"
    assert [found[:2] for found in written_months(text, "WWYY")] == [("2023-04", "2023-04")]
    assert written_months("date code 2304", "YYMM")[0][0] == "2023-04"
    assert written_months(text, "MMYY") == []
    assert written_months(text, "") == []


def test_generations_are_told_in_three_languages_and_those_of_processors_are_none() -> None:
    assert generations_in("carbon 5th generation") == {"5"}
    assert generations_in("carbon gen 6 20kh") == {"6"}
    assert generations_in("카본 3세대 노트북") == {"3"}
    assert generations_in("二代 耳机") == {"2"}
    assert generations_in("laptop 8th gen intel i7") == set()


def test_a_month_and_year_without_a_zero_is_read_beside_words_of_a_label_where_the_notice_writes_so() -> None:
    text = "Label inside: CADENCE 3/25. 5/8 inch bolt."
    assert [month for month, _, _, _ in made_months(text, short=True)] == ["2025-03"]
    assert made_months("price 3/25", short=True) == []
    assert made_months(text) == []
