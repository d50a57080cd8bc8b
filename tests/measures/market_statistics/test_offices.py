"""Sheets of statistics offices are read as they are: wide years, merged heads, footnotes, signs for no figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.errors import InputError
from mapae.measures.market_statistics.cells import figure
from mapae.measures.market_statistics.offices import read_table
from mapae.text.periods import period

KOSIS = [
    ["국가(대륙)별 해외 직접 판매액"],
    ["(단위: 백만원)"],
    ["국가별", "상품군별", "2022", "2023", "2024p)"],
    ["합계", "합계", "5,324,000", "6,756,700", "7,958,300"],
    ["중국1)", "의류", "1,234", "-", "…"],
    [None, "화장품", "x", "△12", "12p"],
    ["주: 1) 홍콩 제외"],
    ["자료: 통계청"],
]


def test_years_across_give_an_observation_a_cell_with_its_labels() -> None:
    table = read_table(KOSIS, "a.csv")
    assert (table.title, table.unit) == ("국가(대륙)별 해외 직접 판매액", "백만원")
    assert table.notes == ("(단위: 백만원)", "주: 1) 홍콩 제외", "자료: 통계청")
    china = table.chosen(["중국", "의류"])
    assert [(str(each.period), each.value, each.mark) for each in china] == [
        ("2022", 1234, ""), ("2023", None, "nil"), ("2024", None, "unknown"),
    ]  # fmt: skip
    cosmetics = table.chosen(["중국", "화장품"])
    assert [(each.value, each.mark) for each in cosmetics] == [
        (None, "secret"),
        (-12, ""),
        (12, "provisional"),
    ]
    assert table.chosen(["합계"])[2].mark == "provisional"


def test_merged_heads_above_the_years_are_carried_to_the_right() -> None:
    table = read_table(
        [
            ["품목", "수입", None, "수출", None],
            [None, "2022", "2023", "2022", "2023"],
            ["완구", 1.0, 2.0, 3.0, 4.0],
        ]
    )
    assert [(each.labels, each.value) for each in table.observations] == [
        (("완구", "수입"), 1), (("완구", "수입"), 2), (("완구", "수출"), 3), (("완구", "수출"), 4),
    ]  # fmt: skip


def test_a_year_merged_over_its_columns_counts_for_each_of_them() -> None:
    table = read_table(
        [
            ["국가", "2022", None, "2023", None],
            [None, "건수", "금액", "건수", "금액"],
            ["중국", "5", "60", "7", "80"],
        ]
    )
    assert [(str(each.period), each.labels[-1], each.value) for each in table.observations] == [
        ("2022", "건수", 5), ("2022", "금액", 60), ("2023", "건수", 7), ("2023", "금액", 80),
    ]  # fmt: skip


def test_periods_down_are_read_with_their_column_heads() -> None:
    table = read_table(
        [["시점", "중국", "미국"], ["2024.01", "10", "20"], ["2024.02", "11", "-"], ["2024 1/4", "33", "…"]]
    )
    assert [(str(each.period), each.labels, each.value) for each in table.observations] == [
        ("2024-01", ("중국",), 10), ("2024-01", ("미국",), 20), ("2024-02", ("중국",), 11), ("2024-02", ("미국",), None),
        ("2024-Q1", ("중국",), 33), ("2024-Q1", ("미국",), None),
    ]  # fmt: skip


def test_periods_down_may_have_columns_of_labels_and_merged_periods() -> None:
    grid = [
        ["기간", "국가", "수입 건수", "수입 금액"],
        ["총계", "", "999", "9,999"],
        ["2024.01", "중국", "10", "1,000"],
        ["", "미국", "20", "-"],
        ["2024.02", "중국", "11", "1,100"],
        ["자료: 관세청"],
    ]
    table = read_table(grid)
    assert [(str(each.period), each.labels, each.value) for each in table.observations] == [
        ("2024-01", ("중국", "수입 건수"), 10),
        ("2024-01", ("중국", "수입 금액"), 1000),
        ("2024-01", ("미국", "수입 건수"), 20),
        ("2024-01", ("미국", "수입 금액"), None),
        ("2024-02", ("중국", "수입 건수"), 11),
        ("2024-02", ("중국", "수입 금액"), 1100),
    ]
    assert [each.period for each in table.chosen(["중국", "수입 건수"])] == [
        period("2024-01"),
        period("2024-02"),
    ]


def test_a_part_of_a_year_is_a_period_of_its_own() -> None:
    table = read_table([["구분", "2024년", "2025.1~10월"], ["상담", "22,816", "30,066"]])
    assert [str(each.period) for each in table.observations] == ["2024", "2025-01..2025-10"]
    assert table.observations[1].period.partial


def test_an_unreadable_figure_is_named_by_row_and_column() -> None:
    with pytest.raises(InputError, match=r"b\.csv, row 3, column 2.*\n?.*") as caught:
        read_table([["국가", "2022", "2023"], ["중국", "1", "2"], ["미국", "many", "3"]], "b.csv")
    assert "many" in str(caught.value)


def test_a_sheet_without_periods_is_refused() -> None:
    with pytest.raises(InputError, match="no periods"):
        read_table([["a", "b"], ["c", "d"]])


@given(st.integers(-(10**12), 10**12))
def test_a_number_is_read_in_every_writing(value: int) -> None:
    for text in (f"{value}", f"{value:,}", f" {value:,} "):
        found = figure(text)
        assert found is not None and found.value == value
    if value < 0:
        for text in (f"△{-value:,}", f"▲ {-value:,}", f"({-value:,})"):
            assert figure(text) == figure(str(value))


@pytest.mark.parametrize(
    ("text", "mark"),
    [("-", "nil"), ("…", "unknown"), ("...", "unknown"), ("X", "secret"), ("n/a", "unknown")],
)
def test_signs_for_no_figure_are_told_apart(text: str, mark: str) -> None:
    found = figure(text)
    assert found is not None and (found.value, found.mark) == (None, mark)


def test_a_long_table_has_one_figure_a_row_and_its_period_in_a_column() -> None:
    rows = [
        ["국가별", "시점", "항목", "단위", "데이터"],
        ["중국", "2023", "해외직접구매액", "백만원", "3,287,300"],
        ["중국", "2024", "해외직접구매액", "백만원", "4,777,200p"],
        ["미국", "2023", "해외직접구매액", "백만원", "-"],
    ]
    found = read_table(rows).chosen(["중국", "백만원"])
    assert [(str(each.period), each.value, each.mark) for each in found] == [
        ("2023", 3287300, ""),
        ("2024", 4777200, "provisional"),
    ]
    coded = [["TBL_NM", "PRD_DE", "C1_NM", "UNIT_NM", "DT"], ["직구", "202302", "중국", "백만원", "250"]]
    table = read_table(coded)
    assert table.unit == "" and str(table.observations[0].period) == "2023-02"


def test_quarters_below_a_year_and_months_beside_it_are_its_parts() -> None:
    below = [["국가", "2023", "", "2024", ""], ["", "1분기", "2분기", "1분기", "2분기"], ["중국", 1, 2, 3, 4]]
    assert [(str(each.period), each.labels) for each in read_table(below).observations] == [
        ("2023-Q1", ("중국",)),
        ("2023-Q2", ("중국",)),
        ("2024-Q1", ("중국",)),
        ("2024-Q2", ("중국",)),
    ]
    beside = [["연도", "1월", "12월"], ["2023", 10, 20], ["2024", 11, 21]]
    assert [str(each.period) for each in read_table(beside).observations] == [
        "2023-01",
        "2023-12",
        "2024-01",
        "2024-12",
    ]


@pytest.mark.parametrize("head", ["2023p", "2023년p", "2023년(잠정)", "2023 p)", "2023년 잠정치"])
def test_a_provisional_head_holds_for_all_that_a_merged_one_spans(head: str) -> None:
    table = read_table(
        [["시도", "2022년", "", head, ""], ["", "국내", "해외", "국내", "해외"], ["전국", 10, 2, 12, 3]]
    )
    assert [each.mark for each in table.observations] == ["", "", "provisional", "provisional"]


def test_what_stands_above_a_blank_row_is_no_head_of_figures() -> None:
    rows = [
        ["통계표명", "온라인쇼핑 거래액"],
        ["출처", "통계청"],
        ["", ""],
        ["시점", "거래액 (백만원)"],
        ["2024.01", "20,203"],
        ["2024.02", "18,003 p)"],
    ]
    assert [each.labels for each in read_table(rows).observations] == [("거래액 (백만원)",)] * 2
