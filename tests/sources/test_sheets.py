"""Workbooks as offices keep them: a cover, a month a sheet, the same columns in another order."""

from __future__ import annotations

import io

import openpyxl


def _book(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_every_sheet_with_the_same_columns_is_read_and_others_are_named(read):
    rows, source = read(
        "year.xlsx",
        _book(
            {
                "표지": [["모니터링 결과"], ["작성자", "팀"]],
                "1월": [["상품명", "판매가"], ["가방", 3000]],
                "2월": [["2월 목록"], ["판매가", "상품명"], [5000, "신발"]],
            }
        ),
    )
    assert [(row["title"], row["price"]) for row in rows] == [("가방", 3000.0), ("신발", 5000.0)]
    assert any("'2월' has the same columns" in note for note in source.notes)
    assert any("'표지' has other columns and was left out" in note for note in source.notes)


def test_the_sum_below_a_list_of_goods_is_no_listing_and_is_told(read):
    rows, source = read(
        "month.xlsx",
        _book(
            {
                "8월": [
                    ["상품번호", "상품명", "판매자명", "판매가"],
                    ["x1", "가방", "가게", 3000],
                    ["합계", None, None, 3000],
                ]
            }
        ),
    )
    assert [row["listing_id"] for row in rows] == ["x1"]
    assert any("totals" in note for note in source.notes)
