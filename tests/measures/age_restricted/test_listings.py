"""Goods that minors may not buy and the gates before them, as a table an officer can read; spans and severities."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml

from mapae.contract import Context
from mapae.contract.run import Prepared, prepare
from mapae.law import LawBook
from mapae.lists import ListStore
from mapae.measures.age_restricted.check import CHECK
from mapae.measures.age_restricted.prediction_age_restricted import predict
from mapae.model.finding import Finding
from mapae.model.records import KINDS
from mapae.pack import load_pack

CASES = yaml.safe_load(
    (Path(__file__).parents[2] / "packs" / "kr" / "age_restricted.yaml").read_text("utf-8")
)
AS_OF = date(2026, 11, 24)


def context() -> Context:
    pack = load_pack("kr")
    return Context(pack, LawBook(pack), ListStore(()), AS_OF)


@pytest.fixture(scope="module")
def ready() -> Prepared:
    return prepare([CHECK], context(), "listing")


def screen(ready: Prepared, *rows: dict[str, Any]) -> list[Finding]:
    schema = KINDS["listing"].schema
    records = [
        {name: row.get(name) for name in schema.names} | {"listing_id": str(number)}
        for number, row in enumerate(rows)
    ]
    return list(ready.findings(pa.RecordBatch.from_pylist(records, schema=schema)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['title']} ({case['gate']})")
def test_the_class_and_the_gate_are_told(case: dict[str, Any], ready: Prepared) -> None:
    expected = {"class": case["class"], "violation": case["gate"] == "open"}
    assert predict(screen(ready, case)) == expected


def test_every_word_is_shown_where_it_stands(ready: Prepared) -> None:
    for found in screen(ready, *CASES):
        case = CASES[int(found.subject_id)]
        for reason in found.reasons[:-1]:
            if reason.field != "page_html":
                assert case[reason.field][reason.start : reason.end] == reason.seen != ""
        gate = found.reasons[-1]
        if gate.seen:
            assert case[gate.field][gate.start : gate.end] == gate.seen


def test_the_gate_decides_the_severity(ready: Prepared) -> None:
    rows = [
        {"title": "싱글몰트 위스키 700ml", "age_gate": "없음"},
        {"title": "싱글몰트 위스키 700ml", "age_gate": "입장 전 휴대폰 본인확인(SMS)"},
        {"title": "싱글몰트 위스키 700ml"},
    ]
    assert [found.severity for found in screen(ready, *rows)] == ["high", "info", "low"]


@pytest.mark.parametrize(
    "title",
    [
        "ProSafe 24-port gigabit switch with 2 SFP slots",
        "Sling camera backpack slingshot 200",
        "Reel deal casino championship edition for PC",
        "Lawn edging, garden edging 10 m",
        "Bullet tip dry erase markers",
        "Malbec desodorante colonia 100ml",
        "사정상 급히 팝니다 흥분의 도가니 뮤지컬 앨범",
        "페어리 라이트 전구 3m",
        "婴儿开裆裤 夏季",
        "Art 10770 office binder",
    ],
)
def test_a_stray_word_is_no_class(title: str, ready: Prepared) -> None:
    assert screen(ready, {"title": title}) == []


def test_a_shop_section_names_the_class_only_where_it_is_the_whole_cell(ready: Prepared) -> None:
    (found,) = screen(ready, {"title": "선물 세트 8종", "category": "성인용품"})
    assert found.reference_id == "class:adult_goods"
    assert screen(ready, {"title": "Cable ties, pack of 100", "category": "Home > Office > Wine"}) == []


def test_ordinary_listings_are_rarely_of_a_barred_class_and_never_a_violation(
    shared: Path, ready: Prepared
) -> None:
    from mapae.sources import open_source

    count = found = 0
    for path in sorted((shared / "data" / "listings").glob("*.csv")):
        for batch in open_source(path).batches():
            findings = list(ready.findings(batch))
            assert {item.severity for item in findings} <= {"low", "info"}
            count, found = count + len(batch), found + len(findings)
    assert count > 3000 and found <= 0.01 * count


def test_the_shared_cases_are_predicted_nearly_all_rightly(shared: Path) -> None:
    from mapae.app.evaluate import evaluate

    scored = evaluate("age_restricted", shared / "cases" / "age_restricted.jsonl", context()).score
    assert scored is not None and scored.value >= 0.95
