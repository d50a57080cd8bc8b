"""Periods as data writes them, and as people and offices do."""

from __future__ import annotations

from datetime import date

import pytest

from mapae.text.periods import Period, named_period, period

EXACT = [
    ("2024", "2024", (2024, 1, 1), (2024, 12, 31), "year", 12),
    (" 2023 ", "2023", (2023, 1, 1), (2023, 12, 31), "year", 12),
    ("2024-H1", "2024-H1", (2024, 1, 1), (2024, 6, 30), "half", 6),
    ("2024h2", "2024-H2", (2024, 7, 1), (2024, 12, 31), "half", 6),
    ("2024-Q1", "2024-Q1", (2024, 1, 1), (2024, 3, 31), "quarter", 3),
    ("2024-q3", "2024-Q3", (2024, 7, 1), (2024, 9, 30), "quarter", 3),
    ("2024Q4", "2024-Q4", (2024, 10, 1), (2024, 12, 31), "quarter", 3),
    ("2024-02", "2024-02", (2024, 2, 1), (2024, 2, 29), "month", 1),
    ("2023-12", "2023-12", (2023, 12, 1), (2023, 12, 31), "month", 1),
    ("2024-02-29", "2024-02-29", (2024, 2, 29), (2024, 2, 29), "day", 1),
    ("2025-01..2025-10", "2025-01..2025-10", (2025, 1, 1), (2025, 10, 31), "months", 10),
    ("2024-11..2026-02", "2024-11..2026-02", (2024, 11, 1), (2026, 2, 28), "months", 16),
    ("2025-03..2025-03", "2025-03", (2025, 3, 1), (2025, 3, 31), "month", 1),
]
WRITTEN = {
    "2024": "2024|2024년|2024년도|FY2024|2024p|2024 1)|２０２４",
    "2024-Q1": "2024 Q1|2024Q1|1Q24|Q1 2024|2024년 1분기|2024. 1/4분기|2024第一季度|2024-Q1",
    "2024-Q2": "2024第二季度|2024 2/4|2Q 2024|Q2, 24",
    "2024-Q3": "2024 3분기|2024第三季度|3Q24",
    "2024-Q4": "2024第四季度|2024 4q|Q4-2024",
    "2024-H1": "2024 상반기|2024上半年|1H 2024|2024-H1",
    "2024-H2": "2024H2|2H24|2024년 하반기|2024下半年",
    "2024-01": "2024-1|Jan 2024|2024.1",
    "2024-05": "2024-05|2024.5|2024년 5월(p)|2024年5月|May 2024|2024.05.",
    "2024-12": "2024/12|December-2024|DEC. 2024",
    "2024-01..2024-12": "2024.1~12",
    "2025-01..2025-10": "2025.1~10월|2025년 1월 ~ 2025년 10월",
    "2024-12..2025-02": "2024.12~2025.2",
    "1900": "1900",
    "2100": "2100년",
}


@pytest.mark.parametrize(
    ("text", "wanted"), [(text, wanted) for wanted, texts in WRITTEN.items() for text in texts.split("|")]
)
def test_each_way_of_writing_names_its_period(text, wanted):
    assert str(named_period(text)) == wanted


@pytest.mark.parametrize(
    "text", ["", "합계", "24", "2024-13", "1899", "2101", "about 2024", "2024-05-03 12:00"]
)
def test_what_names_no_period_is_none(text):
    assert named_period(text) is None


@pytest.mark.parametrize(
    "text", ["2024.0~3", "2024.1~13", "2024.10~3", "2024.1~0", "xyz 2024", "2024년 0월", "2024.13"]
)
def test_a_month_that_is_none_names_no_period(text):
    assert named_period(text) is None


@pytest.mark.parametrize(("text", "told", "first", "last", "form", "months"), EXACT)
def test_a_period_is_read_from_its_first_to_its_last_day(text, told, first, last, form, months):
    found = period(text)
    assert found == Period(date(*first), date(*last), form)
    assert (str(found), found.months, found.partial) == (told, months, form == "months")
    assert period(str(found)) == found


@pytest.mark.parametrize(
    "text",
    ["", "x", "2024-13", "2024-00", "2024-02-30", "2024-Q5", "2024-H3", "0000", "2024..2025", "2024-01..2024-02-03",
     "2024-01-02..2024-03", "2024-03..2024-02", "2024-1"],
)  # fmt: skip
def test_what_is_no_period_is_refused_by_its_text(text):
    with pytest.raises(ValueError, match="no period: "):
        period(text)
