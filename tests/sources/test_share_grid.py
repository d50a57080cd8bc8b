"""Tables of shares with years or firms across: read as what they say, by the reader of any table of shares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.sources.share_grid import share_grid
from mapae.sources.source import open_source

YEARS_OVER_MEASURES = """표: 검색광고 시장 (단위: 백만원),,,,,
시장,업체,2023,,2024,
,,매출액,점유율(%),매출액,점유율(%)
검색광고,가람,500,50.0,600,54.5
,나래,300,30.0,320,29.1
,합계,800,80.0,920,83.6
"""
FIRMS_OVER_MEASURES = """market,period,Garam,,Narae,
,,sales,share,sales,share
search,2023,500,50,300,30
search,2024,600,54.5,320,29.1
"""
TITLE_AND_YEARS = """<표 3> 오픈마켓 시장점유율,,,
(단위: %),,,
구분,2023,2024p,비고
알파마켓,44.0,52.1,
베타샵,-,25.0,추정
계,100,100,
주: 거래액 기준,,,
"""


def read(path: Path) -> list[dict[str, Any]]:
    source = open_source(path, "market_share")
    keys = ("market", "firm", "period", "value", "share", "unit")
    return [{key: row[key] for key in keys} for batch in source.batches() for row in batch.to_pylist()]


def written(folder: Path, text: str) -> Path:
    path = folder / "shares.csv"
    path.write_text(text, "utf-8")
    return path


def test_years_over_measures_become_a_row_for_each_firm_and_year(tmp_path: Path) -> None:
    rows = read(written(tmp_path, YEARS_OVER_MEASURES))
    assert [row["firm"] for row in rows] == ["가람", "가람", "나래", "나래", "합계", "합계"]
    assert rows[0] == {
        "market": "검색광고",
        "firm": "가람",
        "period": "2023",
        "value": 500,
        "share": 50,
        "unit": "백만원",
    }
    assert rows[3] == {
        "market": "검색광고",
        "firm": "나래",
        "period": "2024",
        "value": 320,
        "share": 29.1,
        "unit": "백만원",
    }


def test_a_workbook_with_merged_heads_says_the_same(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for line in YEARS_OVER_MEASURES.splitlines():
        sheet.append(
            [float(cell) if cell.replace(".", "").isdigit() else cell or None for cell in line.split(",")]
        )
    for cells in ("C2:D2", "E2:F2", "A4:A6"):
        sheet.merge_cells(cells)
    book.save(tmp_path / "shares.xlsx")
    assert read(tmp_path / "shares.xlsx") == read(written(tmp_path, YEARS_OVER_MEASURES))


def test_firms_over_measures_become_rows(tmp_path: Path) -> None:
    rows = read(written(tmp_path, FIRMS_OVER_MEASURES))
    assert [(row["firm"], row["period"], row["value"], row["share"]) for row in rows] == [
        ("Garam", "2023", 500, 50), ("Narae", "2023", 300, 30), ("Garam", "2024", 600, 54.5), ("Narae", "2024", 320, 29.1),
    ]  # fmt: skip


def test_the_title_names_the_market_and_says_that_figures_are_shares(tmp_path: Path) -> None:
    rows = read(written(tmp_path, TITLE_AND_YEARS))
    assert {row["market"] for row in rows} == {"오픈마켓 시장점유율"}
    assert [(row["firm"], row["share"]) for row in rows] == [
        ("알파마켓", 44.0), ("알파마켓", 52.1), ("베타샵", None), ("베타샵", 25.0), ("계", 100), ("계", 100),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "market,period,firm,value\nsearch,2023,Garam,500\n",
        "market,firm,share,employees\nsearch,Garam,50,12\n",
        "market,firm,low,high\nsearch,Garam,10,20\n",
    ],
)
def test_a_long_table_is_none_of_these(text: str) -> None:
    cells = [line.split(",") for line in text.splitlines()]
    assert share_grid(cells) is None


@given(
    st.lists(
        st.lists(st.sampled_from(["", "2023", "7", "점유율", "계", "가", "market", "-"]), max_size=6),
        max_size=6,
    )
)
def test_no_table_breaks_it(cells: list[list[str]]) -> None:
    found = share_grid(cells)
    assert found is None or len(found.rows) == len(found.lines) > 0


def test_a_first_column_of_words_names_the_markets_where_another_names_the_firms(tmp_path: Path) -> None:
    text = YEARS_OVER_MEASURES.replace("시장,업체", "구분,업체")
    assert read(written(tmp_path, text)) == read(written(tmp_path, YEARS_OVER_MEASURES))


def test_a_cell_that_counts_in_words_is_read_in_won_whatever_the_unit_above(tmp_path: Path) -> None:
    text = (
        '(단위: 억원)\n시장,기간,사업자,매출액\n오픈마켓,2025,해든,"1조 2,000"\n오픈마켓,2025,나루,"8,100"\n'
    )
    told = [(row["value"], row["unit"]) for row in read(written(tmp_path, text))]
    assert told == [(1.2e12, "원"), (8100.0, "억원")]
