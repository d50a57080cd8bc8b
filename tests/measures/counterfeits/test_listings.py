"""Listings that signal a fake and listings that do not, as an officer would judge them; spans, severity, reasons."""

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
from mapae.measures.counterfeits.check import CHECK
from mapae.measures.counterfeits.prediction_counterfeits import predict
from mapae.model.finding import Finding
from mapae.model.records import KINDS
from mapae.pack import load_pack

pytestmark = pytest.mark.slow

CASES = yaml.safe_load((Path(__file__).parents[2] / "packs" / "kr" / "counterfeits.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def ready() -> Prepared:
    pack = load_pack("kr")
    lists = ListStore.load(pack, user=False)
    return prepare([CHECK], Context(pack, LawBook(pack), lists, date(2026, 11, 24)), "listing")


def screen(ready: Prepared, *rows: dict[str, Any]) -> list[Finding]:
    schema = KINDS["listing"].schema
    records = [
        {name: row.get(name) for name in schema.names} | {"listing_id": str(number)}
        for number, row in enumerate(rows)
    ]
    for record in records:
        for name in ("price", "genuine_price"):
            record[name] = None if record[name] is None else float(record[name])
    return list(ready.findings(pa.RecordBatch.from_pylist(records, schema=schema)))


@pytest.mark.parametrize("case", CASES["fakes"], ids=lambda case: case["title"])
def test_a_listing_that_signals_a_fake_is_found_with_the_brand_it_copies(
    case: dict[str, Any], ready: Prepared
) -> None:
    assert predict(screen(ready, case)) == {"flag": True, "brand": case["brand_meant"]}


@pytest.mark.parametrize("case", CASES["honest"], ids=lambda case: case["title"])
def test_an_honest_listing_is_left_alone(case: dict[str, Any], ready: Prepared) -> None:
    assert predict(screen(ready, case)) == {"flag": False, "brand": None}


def test_every_reason_shows_the_words_where_they_stand(ready: Prepared) -> None:
    for found in screen(ready, *CASES["fakes"]):
        case = CASES["fakes"][int(found.subject_id)]
        assert found.reasons and found.provision == "TM 108" and found.provision_from is not None
        for reason in found.reasons:
            if reason.field != "price":
                assert case[reason.field][reason.start : reason.end] == reason.seen != ""


@pytest.mark.parametrize(
    ("title", "seen"),
    [
        ("신상 샤*넬 클래식 정품급", "샤*넬"),
        ("겨울 톰ㅂ 가디건 레플", "톰ㅂ"),
        ("New Ray B@n aviator mirror quality", "Ray B@n"),
        ("全新 普拉da 高仿 腋下包", "普拉da"),
        ("Сhanel flap replica", "Сhanel"),
        ("P X G 아이언 레플", "P X G"),
    ],
)
def test_the_hidden_name_is_shown_as_it_was_written(title: str, seen: str, ready: Prepared) -> None:
    (found,) = screen(ready, {"title": title})
    assert seen in [reason.seen for reason in found.reasons]


def test_a_price_alone_is_a_finding_of_low_severity(ready: Prepared) -> None:
    row = {"title": "셀린느 트리오페 숄더백", "price": 63000, "currency": "KRW", "genuine_price": 2250000}
    (found,) = screen(ready, row)
    assert (found.severity, found.reasons[-1].field) == ("low", "price")


def test_several_signs_together_are_a_finding_of_high_severity(ready: Prepared) -> None:
    (found,) = screen(ready, {"title": "구*찌 벨트 미러급 로고 동일"})
    assert found.severity == "high"


def test_the_same_words_of_copies_without_a_brand_are_no_finding(ready: Prepared) -> None:
    assert screen(ready, {"title": "토트백 미러급 1:1 정품급 로고 동일"}) == []


def test_words_that_deny_a_copy_do_not_make_one(ready: Prepared) -> None:
    rows = [
        {"title": "구찌 벨트 레플 아님 백화점 구매 영수증"},
        {"title": "Gucci belt, not a replica, boutique receipt"},
        {"title": "古驰 腰带 拒绝高仿 专柜购 附发票"},
    ]
    assert screen(ready, *rows) == []


def test_what_the_listing_says_it_is_not_is_no_brand_of_it(ready: Prepared) -> None:
    rows = [
        {"title": "구찌 아닌 국내 소가죽 벨트", "price": 19000.0, "currency": "KRW"},
        {"title": "leather belt, not Gucci", "price": 12.0, "currency": "USD"},
        {
            "title": "프라다 원단 나일론 토트백",
            "description": "프라다 원단",
            "price": 9900.0,
            "currency": "KRW",
        },
    ]
    assert screen(ready, *rows) == []


def test_a_hint_beside_the_name_says_more_than_one_apart_from_it(ready: Prepared) -> None:
    near = {"title": "AirPods Pro clone earphones"}
    apart = {"title": "AirPods Pro earphones for music, clone of your playlist"}
    assert [found.subject_id for found in screen(ready, near, apart)] == ["0"]


def test_the_style_of_a_house_is_no_excuse_where_its_logo_is_there(ready: Prepared) -> None:
    rows = [{"title": "C h a n e l inspired brooch, CC logo"}, {"title": "Chanel inspired tweed brooch"}]
    assert [found.subject_id for found in screen(ready, *rows)] == ["0"]


def test_a_maker_of_copies_is_named_with_the_brand_it_copies(ready: Prepared) -> None:
    (found,) = screen(ready, {"title": "Lepin 2000 pcs bricks, compatible with all brands"})
    assert found.reference_id == "brand:Lego"


def test_a_row_without_a_price_and_a_row_without_a_title_are_read(ready: Prepared) -> None:
    assert screen(ready, {"title": None, "description": None}, {"title": "", "price": 0.0}) == []


def test_ordinary_listings_are_hardly_ever_flagged(shared: Path, ready: Prepared) -> None:
    from mapae.sources import open_source

    count = flagged = high = 0
    for path in sorted((shared / "data" / "listings").glob("*.csv")):
        for batch in open_source(path).batches():
            found = list(ready.findings(batch))
            count, flagged = count + len(batch), flagged + len(found)
            high += sum(item.severity == "high" for item in found)
    assert count > 3000 and flagged <= 0.005 * count and high == 0


@pytest.mark.no_cover
def test_the_shared_cases_are_predicted_nearly_all_rightly(shared: Path) -> None:
    from mapae.app.evaluate import evaluate

    pack = load_pack("kr")
    context = Context(pack, LawBook(pack), ListStore.load(pack, user=False), date(2026, 11, 24))
    scored = evaluate("counterfeits", shared / "cases" / "counterfeits.jsonl", context).score
    assert scored is not None and scored.value >= 0.95
