"""Markup that is a table and not a page: what office systems export as a spreadsheet."""

from __future__ import annotations

import pytest

ROWS = "".join(f"<tr><td>Toy {i}</td><td>{i},000원</td></tr>" for i in range(1, 4))
TABLE = f"<table><tr><td colspan=2>2026 목록</td></tr><tr><th>상품명</th><th>판매가</th></tr>{ROWS}</table>"
OFFICE = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>'
    "<Row><Cell><Data>title</Data></Cell><Cell><Data>brand</Data></Cell><Cell><Data>price</Data></Cell></Row>"
    '<Row><Cell><Data>Toy</Data></Cell><Cell ss:Index="3"><Data>3.5</Data></Cell></Row></Table></Worksheet></Workbook>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16"])
def test_an_html_table_under_the_name_of_a_spreadsheet_is_a_table(read, encoding):
    page = f'<html><head><meta charset="{encoding}"></head><body>{TABLE}</body></html>'
    rows, source = read("list.xls", page.encode(encoding))
    assert [(row["title"], row["price"], row["currency"]) for row in rows] == [
        ("Toy 1", 1000.0, "KRW"), ("Toy 2", 2000.0, "KRW"), ("Toy 3", 3000.0, "KRW"),
    ]  # fmt: skip
    assert (source.kind, source.profile) == ("listing", "listing")


def test_a_page_with_a_table_beside_its_text_stays_a_page(read):
    page = (
        f"<html><body><h1>Baby teether</h1><p>{'Soft and safe for the gums. ' * 20}</p>{TABLE}</body></html>"
    )
    (row,), source = read("page.html", page)
    assert source.profile == "product-page"
    assert row["page_html"] == page


def test_a_spreadsheet_in_xml_is_read_with_its_skipped_cells(read):
    (row,), _ = read("list.xls", OFFICE)
    assert (row["title"], row["brand"], row["price"]) == ("Toy", None, 3.5)


def test_a_policy_in_a_table_is_not_taken_for_records(read):
    _, source = read("policy.html", f"<html><body>{TABLE}</body></html>", kind="policy")
    assert source.profile == "policy-page"
