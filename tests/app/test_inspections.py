"""Inspection sheets: one a policy, with exact quotes and places, harmless text, and a PDF where it can be drawn."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pypdf
import pytest

from mapae.app.context import make_context
from mapae.app.inspections import FOLDER, inspect, write_inspections
from mapae.app.screen import Request, screen
from mapae.model.records import KINDS
from mapae.report import inspection_pdf
from mapae.report.inspection import render_inspection, sheet_data

TEXT = """# 물푸레상점 개인정보 처리방침
## 처리 목적
주문을 배송하고 대금을 결제하기 위해 처리합니다.
## 국내대리인
명칭: 주식회사 물결대리
전화: 02-000-2222
<script>alert(1)</script> #let x = 1
"""
DAY = date(2026, 11, 25)


def row(**more: object) -> dict[str, Any]:
    return {"document_id": "mul", "operator": "물푸레상점", "doc_kind": "privacy", "text": TEXT} | more


def records(*rows: dict[str, Any]) -> Any:
    schema = KINDS["policy"].schema
    full = [{name: item.get(name) for name in schema.names} for item in rows]

    def again() -> Iterator[pa.RecordBatch]:
        yield pa.RecordBatch.from_pylist(full, schema=schema)

    return again


def test_every_quote_is_the_text_at_its_place() -> None:
    sheet = inspect(row(), make_context("kr", DAY, "none"))
    assert len(sheet.items) == 15 and len(sheet.transfer) == 5
    quoted = [line for line in (*sheet.items, *sheet.transfer) if line.quote]
    assert quoted and all(TEXT[line.start : line.end] == line.quote for line in quoted)
    first = sheet.items[0]
    assert TEXT.split("\n")[first.line - 1] == "주문을 배송하고 대금을 결제하기 위해 처리합니다."
    assert first.provision["en"] == "PIPA Art. 30" and first.since == "2023-09-15"
    assert sheet.items[14].provision["ko"] == "개인정보 보호법 제31조의2" and sheet.agent is not None


def test_the_provision_is_that_of_the_day() -> None:
    sheet = inspect(row(), make_context("kr", date(2020, 1, 1), "none"))
    assert sheet.items[14].since == ""
    assert "기준일에 시행 전" in str(sheet_data(sheet, "ko")["items"][14]["provision"])


def test_the_page_speaks_both_languages_and_runs_nothing_of_the_text() -> None:
    page = render_inspection(inspect(row(), make_context("kr", DAY, "none")), "ko")
    assert "부족한 점" in page and "What is absent" in page and "가독성" in page
    assert "<script>alert(1)" not in page
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)


def test_the_steps_of_the_record_are_scored() -> None:
    sheet = inspect(row(extra='{"steps": 3, "login": true}'), make_context("kr", DAY, "none"))
    points = {point.key: point.score for item in sheet.criteria for point in item.points}
    assert points["steps"] == 0.0 and points["login"] == 0.0


def test_screening_policies_leaves_a_sheet_for_each_and_the_report_names_them(tmp_path: Path) -> None:
    lines = [row(), row(document_id="../mul"), row(document_id="terms", doc_kind="terms")]
    path = tmp_path / "p.jsonl"
    path.write_bytes(b"\n".join(orjson.dumps(item) for item in lines))
    result = screen(
        Request((path,), tmp_path / "out", DAY, "policy", ("privacy.policy",), lists="none", language="ko")
    )
    names = sorted(item.name for item in (tmp_path / "out" / FOLDER).glob("*.html"))
    assert names == ["_mul.html", "mul.html"] or names == ["mul-2.html", "mul.html"]
    assert len(result.manifest["inspections"]) == 2
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert all(f'href="{FOLDER}/{name}"' in report for name in names)


def test_the_pdf_holds_the_items_and_is_the_same_every_time(tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="drawing needs Typst (extra desk)")
    context = make_context("kr", DAY, "none")
    write_inspections(records(row()), context, tmp_path, "ko")
    made = (tmp_path / FOLDER / "mul.pdf").read_bytes()
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)
    assert "국내대리인" in text and "alert(1)" in text and "적정성" in text
    assert made == inspection_pdf.printed(sheet_data(inspect(row(), context), "ko"))


def test_without_typst_the_pages_are_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mapae.report.inspection_pdf._NEEDED", ("no_such_module",))
    assert write_inspections(records(row()), make_context("kr", DAY, "none"), tmp_path, "en") == (
        f"{FOLDER}/mul.html",
    )
    assert not list((tmp_path / FOLDER).glob("*.pdf"))
