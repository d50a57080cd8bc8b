"""Periods as people and offices write them."""

from __future__ import annotations

import pytest

from mapae.text.periods import named_period

WRITTEN = {
    "2024": "2024|2024년|2024년도|FY2024|2024p|2024 1)|２０２４",
    "2024-Q1": "2024 Q1|2024Q1|1Q24|Q1 2024|2024년 1분기|2024. 1/4분기|2024第一季度|2024-Q1",
    "2024-H2": "2024H2|2H24|2024년 하반기|2024下半年",
    "2024-05": "2024-05|2024.5|2024년 5월(p)|2024年5月|May 2024|2024.05.",
    "2025-01..2025-10": "2025.1~10월|2025년 1월 ~ 2025년 10월",
}


@pytest.mark.parametrize(
    ("text", "wanted"), [(text, wanted) for wanted, texts in WRITTEN.items() for text in texts.split("|")]
)
def test_each_way_of_writing_names_its_period(text, wanted):
    assert str(named_period(text)) == wanted


@pytest.mark.parametrize("text", ["", "합계", "24", "2024-13", "1800", "about 2024", "2024-05-03 12:00"])
def test_what_names_no_period_is_none(text):
    assert named_period(text) is None
