"""Tables of shares as offices and firms give them: units in headings, merged cells, periods written in many ways."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from mapae.app.context import make_context
from mapae.app.markets_merger import merger
from mapae.detect.markets.read import Read, read_markets
from mapae.sources import open_source


def read(path: Path) -> Read:
    context = make_context("kr", date(2026, 11, 1), "none")
    rows = [row for batch in open_source(path, "market_share").batches() for row in batch.to_pylist()]
    return read_markets(rows, context.pack.data("markets/words.yaml"), context.book, context.as_of)


def table(folder: Path, text: str, encoding: str = "utf-8") -> Read:
    path = folder / "shares.csv"
    path.write_bytes(text.encode(encoding))
    return read(path)


def sheet(folder: Path, rows: list[list[object]], *merged: str) -> Read:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(folder / "shares.xlsx")
    return read(folder / "shares.xlsx")


def shown(found: Read) -> dict[str, tuple[float, str]]:
    return {
        firm.name: (round(float(firm.share[0]), 2), firm.verdict.answer)
        for market in found.judged
        for firm in market.firms
    }


ROWS = "오픈마켓,2024,가나몰,{0}\n오픈마켓,2024,다라몰,{1}\n오픈마켓,2024,기타,{2}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize(
    "head",
    [
        "시장,연도,사업자,매출액(억원)\n",
        "시장명,기준연도,업체명,매출액 (단위: 억원)\n",
        "2024년 시장 현황,,,\n(단위: 억원),,,\n시장,연도,사업자,매출액\n",
        "시장,연도,사업자,매출액[억원] 1)\n",
    ],
)
def test_the_unit_of_a_heading_or_of_the_lines_above_holds_for_all_rows(tmp_path, head, encoding):
    found = table(tmp_path, head + ROWS.format('"12,345"', '"5,000"', '"2,655"'), encoding)
    assert found.flaws == () and found.judged[0].market.unit == "KRW"
    assert found.judged[0].firms[0].sales == (1_234_500_000_000, 1_234_500_000_000)
    assert shown(found) == {"가나몰": (61.73, "yes"), "다라몰": (25.0, "yes")}


def test_a_heading_of_users_counts_users_and_not_money(tmp_path):
    text = "시장,기준월,앱,월간 이용자 수(만명)\n종합몰,2024-02,가,600\n종합몰,2024-02,나,400\n"
    market = table(tmp_path, text).judged[0].market
    assert (market.key.basis, market.key.period, market.unit) == ("users", "2024-02", "")


def test_amounts_written_in_words_are_read_whole(tmp_path):
    text = "시장,연도,사업자,매출액\n" + ROWS.format("1조 2345억원", "5000억원", "2655억원")
    assert shown(table(tmp_path, text))["가나몰"] == (61.73, "yes")


def test_a_triangle_before_a_number_is_a_loss_and_no_turnover(tmp_path):
    found = table(tmp_path, "시장,연도,사업자,매출액(억원)\n" + ROWS.format("100", "△12", "5"))
    assert [(flaw.row, flaw.column, flaw.reason) for flaw in found.flaws] == [
        (1, "value", "a negative turnover")
    ]
    assert found.judged == ()


def test_a_merged_cell_counts_for_every_row_it_spans(tmp_path):
    rows = [
        ["시장", "연도", "사업자", "매출액", "단위"],
        ["오픈마켓", 2024, "가나몰", 600, "억원"],
        [None, None, "다라몰", 400, "억원"],
    ]
    assert shown(sheet(tmp_path, rows, "A2:A3", "B2:B3")) == {
        "가나몰": (60.0, "yes"),
        "다라몰": (40.0, "yes"),
    }


def test_a_row_without_a_market_keeps_the_market_before_it_from_being_judged(tmp_path):
    rows = [["시장", "연도", "사업자", "점유율"], ["오픈마켓", 2024, "가", 60], [None, 2024, "나", 40]]
    found = sheet(tmp_path, rows)
    assert [flaw.reason for flaw in found.flaws] == ["the market is missing"]
    assert found.judged == () and found.left_out[0].key.market == "오픈마켓"


def test_one_period_written_in_four_ways_is_one_market(tmp_path):
    rows = "".join(
        f"shoes,{period},{firm},25\n"
        for period, firm in (("2024 Q1", "A"), ("1Q24", "B"), ("2024년 1분기", "C"), ("2024.1/4분기", "D"))
    )
    found = table(tmp_path, "market,period,firm,share\n" + rows)
    assert [market.market.key.period for market in found.judged] == ["2024-Q1"] and len(shown(found)) == 4


def test_one_firm_with_its_legal_form_written_otherwise_stands_twice(tmp_path):
    text = "시장,연도,사업자,점유율\n신발,2024,(주)가나,30\n신발,2024,㈜가나,20\n신발,2024,주식회사 가나,10\n"
    assert [flaw.row for flaw in table(tmp_path, text).flaws] == [1, 2]


def test_a_header_that_stands_again_is_no_market(tmp_path):
    head = "시장,연도,사업자,매출액(백만원)\n"
    text = head + "신발,2023,가,100\n" + head + "신발,2024,가,90\n신발,2024,소계,120\n"
    found = table(tmp_path, text)
    assert [(flaw.row, flaw.reason) for flaw in found.flaws] == [(1, "the header stands here once more")]
    assert [market.market.key.period for market in found.judged] == ["2023", "2024"]


def test_an_amount_that_is_not_told_leaves_the_shares_open_and_no_flaw(tmp_path):
    found = table(tmp_path, "시장,연도,사업자,매출액\n" + ROWS.format("5000억원", "미공개", "-"))
    assert found.flaws == () and shown(found)["다라몰"][1] == "depends"


def test_headings_in_two_rows_give_each_number_its_year(tmp_path):
    rows = [
        ["시장", "사업자", "점유율", None],
        [None, None, 2023, 2024],
        ["신발", "가", 60, 70],
        ["신발", "나", 40, 30],
    ]
    found = sheet(tmp_path, rows, "A1:A2", "B1:B2", "C1:D1")
    assert found.flaws == () and [market.market.key.period for market in found.judged] == ["2023", "2024"]


TWO_UNITS = """표 3. 온라인 플랫폼 시장 현황
(단위: 억원, %)
시장,사업자,2022년,,2023년,
,,매출액,점유율,매출액,점유율
온라인쇼핑,(주)하늘,"12,345",41.2,"13,001",42.0
,바라다 주식회사,"8,000",26.7,"8,500",27.4
,소리,"3,500",11.7,X,…
,기타,"6,155",20.5,"6,000",
,합계,"30,000",100.0,"30,980",100.0
"""


def test_sales_and_shares_under_one_line_of_units_are_told_apart_and_a_row_with_sales_only_is_no_share(
    tmp_path,
):
    found = table(tmp_path, TWO_UNITS)
    assert not found.flaws
    first, second = found.judged
    assert [firm.sales[0] for firm in first.firms] == [1_234_500_000_000, 800_000_000_000, 350_000_000_000]
    # what all others and the total leave for the one that is kept back, but for rounding
    assert [firm.verdict.answer for firm in second.firms] == ["yes"] * 3
    assert [float(end) for end in second.firms[2].share] == pytest.approx([3479 / 309.80] * 2, abs=0.01)


def test_a_merger_with_the_one_unknown_firm_is_told_as_narrowly_as_its_share(tmp_path):
    path = tmp_path / "shares.csv"
    path.write_text(TWO_UNITS, "utf-8")
    row = merger(path, ("하늘", "소리"), make_context("kr", date(2026, 11, 1), "none"))[1]
    exact = 2 * (13001 / 309.80) * (3479 / 309.80)
    assert row["hhi_added"][0] <= exact <= row["hhi_added"][1] and row["hhi_added"] == pytest.approx(
        [exact] * 2, rel=1e-3
    )


def test_what_all_others_leave_is_the_one_unknown_share_and_two_unknowns_stay_open(tmp_path):
    head = "시장,연도,사업자,점유율(%)\n"
    one = table(
        tmp_path, head + "배달,2024,가나,45.5\n배달,2024,다라,\n배달,2024,마바,20.1\n배달,2024,기타,14.4\n"
    )
    assert {name: answer for name, (_, answer) in shown(one).items()} == dict.fromkeys(
        ("가나", "다라", "마바"), "yes"
    )
    unknown = next(firm for firm in one.judged[0].firms if firm.name == "다라")
    assert [float(end) for end in unknown.share] == pytest.approx([19.8, 20.2])
    two = table(
        tmp_path, head + "배달,2024,가나,45.5\n배달,2024,다라,\n배달,2024,마바,\n배달,2024,기타,14.4\n"
    )
    assert {answer for _, answer in shown(two).values()} == {"depends"}


@pytest.mark.parametrize("cell", ["X", "…", "-", "비공개", "n.a.", "(미공개)", "not disclosed", "未披露"])
def test_a_cell_that_says_that_an_amount_is_not_known_is_no_fault(tmp_path, cell):
    path = tmp_path / "shares.csv"
    path.write_text("시장,연도,사업자,매출액(억원)\n" + ROWS.format("90", cell, "10"), "utf-8")
    source = open_source(path, "market_share")
    rows = [row for batch in source.batches() for row in batch.to_pylist()]
    assert rows[1]["value"] is None and source.cells_rejected == 0
