"""Stretches of days in three languages."""

from __future__ import annotations

import re

import pytest

from mapae.measures.helpline.numbers import STRETCH, days_in


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("정확히 열흘 뒤", 10),
        ("9일 만에", 9),
        ("보름 뒤", 15),
        ("일주일 뒤", 7),
        ("두 주 뒤", 14),
        ("2주 뒤", 14),
        ("십이일 뒤", 12),
        ("삼일 만에", 3),
        ("nine days after", 9),
        ("a week later", 7),
        ("two weeks later", 14),
        ("12 days later", 12),
        ("a fortnight later", 14),
        ("a day later", 1),
        ("十天后", 10),
        ("二十一天后", 21),
        ("两周后", 14),
        ("三个星期后", 21),
        ("半个月后", 15),
        ("8天后", 8),
        ("1주일 뒤", 7),
    ],
)
def test_a_stretch_in_words_or_digits_is_counted_in_days(text: str, days: int) -> None:
    match = re.search(STRETCH, text)
    assert match is not None
    assert days_in(match[0]) == days


def test_a_day_of_the_month_in_a_longer_word_is_no_stretch() -> None:
    assert re.search(STRETCH, "요일이라") is None
