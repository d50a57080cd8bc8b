"""Couriers' manifests in the shapes they come in: headings of three languages, totals below, recipients in the open."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from mapae.sources import open_source

KOREAN = """특송물품 통관목록,,,,,,,,,
No,B/L번호,신고일자,발송인,발송국가,수취인 개인통관고유부호,품명,총중량(kg),물품가격,통화
1,BL1,2026-03-04,예시무역,중국,P123-456,가방,"0,8",35,USD
2,BL2,2026-03-04,예시무역,중국,p123456,신발,1.1,"1,200",CNY
합계,,,,,,,1.9,"1,235",
"""
CHINESE = """运单号,日期,发件人,启运国,收件人,商品名称,毛重,申报价值（美元）,清关方式
YT1,2026/3/4,示例商行,中国,张三,手表,0.3,29.9,清单
合计,,,,,,0.3,29.9,
"""
ENGLISH = """AWB No;Shipment Date;Shipper Name;Ship From;Consignee Phone;Contents;Gross Wt (kg);Value;Currency;Clearance
A1;2026-03-04;Sample Ltd;CN;+82 10-1234-5678;belt;0.4;25;EUR;List
A2;2026-03-04;Sample Ltd;CN;010 1234 5678;Total;0.4;26;EUR;List
Grand total;;;;;;0.8;51;EUR;
"""


def _read(folder: Path, text: str) -> tuple[list[dict[str, Any]], Any]:
    path = folder / "manifest.csv"
    path.write_text(text, "utf-8")
    source = open_source(path, "consignment")
    return [row for batch in source.batches() for row in batch.to_pylist()], source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (KOREAN, ("BL1", "2026-03-04", "예시무역", "중국", "가방", "0,8", 35.0, "USD")),
        (CHINESE, ("YT1", "2026-03-04", "示例商行", "中国", "手表", "0.3", 29.9, "USD")),
        (ENGLISH, ("A1", "2026-03-04", "Sample Ltd", "CN", "belt", "0.4", 25.0, "EUR")),
    ],
    ids=["Korean", "Chinese", "English"],
)
def test_headings_of_three_languages_are_known(text, expected, tmp_path):
    rows, _ = _read(tmp_path, text)
    columns = "consignment_id date seller country_of_departure description net_mass value currency".split()
    assert tuple(rows[0][column] for column in columns) == expected


@pytest.mark.parametrize(("text", "records"), [(KOREAN, 2), (CHINESE, 1), (ENGLISH, 2)])
def test_a_row_of_totals_is_no_parcel_and_is_told(text, records, tmp_path):
    rows, source = _read(tmp_path, text)
    assert len(rows) == records
    assert any("totals" in note for note in source.notes)


def test_a_code_and_a_telephone_are_kept_as_hashes_of_one_spelling(tmp_path):
    rows, _ = _read(tmp_path, KOREAN)
    assert {row["recipient_code_hash"] for row in rows} == {hashlib.sha256(b"P123456").hexdigest()}
    phones, _ = _read(tmp_path, ENGLISH)
    assert {row["recipient_phone_hash"] for row in phones} == {hashlib.sha256(b"01012345678").hexdigest()}
    assert "P123" not in str(rows) and "5678" not in str(phones)


def test_hashes_stay_as_they_are(tmp_path):
    rows, _ = _read(tmp_path, "waybill,recipient_code_hash,description\nA,ab12,bag\n")
    assert rows[0]["recipient_code_hash"] == "ab12"
