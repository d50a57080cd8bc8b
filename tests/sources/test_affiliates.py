"""Affiliates on a sheet of their own are joined to the firms of a table of shares."""

from __future__ import annotations

import openpyxl
import pytest

from mapae.sources.readers import read_file
from mapae.sources.rejects import RejectLog

SHARES = [
    ["시장", "기간", "사업자", "매출액(백만원)"],
    ["숙박예약", "2025", "(주)별빛스테이", "310,000"],
    ["숙박예약", "2025", "별빛투어", "220,000"],
    ["숙박예약", "2025", "가람여행", "300,000"],
]


def read(folder, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "shares.xlsx")
    log = RejectLog("shares.xlsx")
    reader = read_file(folder / "shares.xlsx", log, "market_share", lambda names: float(len(names)))
    blocks = list(reader.blocks())
    return reader, [value for block in blocks for value in block.columns.get("group", [])], log


@pytest.mark.parametrize(
    "listed",
    [
        [["기업집단", "계열사"], ["별빛", "별빛스테이"], ["별빛", "별빛투어"]],
        [
            ["계열회사 현황"],
            [],
            ["그룹명", "계열회사명"],
            ["별빛", "주식회사 별빛스테이"],
            [None, "별빛투어"],
        ],
        [["Group", "Affiliates"], ["별빛", "별빛스테이, 별빛투어"]],
    ],
)
def test_a_list_of_groups_and_firms_tells_the_group_of_each_firm(tmp_path, listed):
    reader, groups, _ = read(tmp_path, ("점유율", SHARES), ("계열회사", listed))
    assert groups == ["별빛", "별빛", None]
    assert list(reader.columns)[-1] == "group"


def test_a_table_with_groups_of_its_own_and_other_sheets_are_left_as_they_are(tmp_path):
    own = [[*row, "자기"] for row in SHARES]
    own[0][-1] = "기업집단"
    reader, _, _ = read(
        tmp_path, ("점유율", own), ("계열회사", [["기업집단", "계열사"], ["별빛", "별빛투어"]])
    )
    assert list(reader.columns) == own[0]
    reader, groups, _ = read(tmp_path, ("점유율", SHARES), ("비고", [["항목", "설명"], ["자료", "제출"]]))
    assert groups == []
