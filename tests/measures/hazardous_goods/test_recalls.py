"""A listing is held against the notices that ship with the pack: what names the product, and what only seems to."""

from __future__ import annotations

import dataclasses
import pickle
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from mapae.app.context import make_context
from mapae.contract import Context
from mapae.contract.run import Prepared, prepare
from mapae.lists import ListStore
from mapae.measures.hazardous_goods.prediction_recalls import predict
from mapae.measures.hazardous_goods.recalls import CHECK
from mapae.model.finding import Finding
from mapae.model.records import KINDS

SCHEMA = KINDS["listing"].schema
IDS = [
    "24069",
    "25338",
    "26011",
    "25437",
    "22208",
    "23055",
    "24276",
    "25061",
    "22113",
    "24001",
    "26467",
    "23174",
    "25209",
    "26457",
    "22201",
    "25477",
    "17008",
    "22703",
    "22196",
    "23147",
    "25011",
    "22197",
    "26037",
    "23130",
    "26260",
    "26022",
    "26066",
    "20060",
    "25477",
    "23734",
    "21005",
]


def _context(mode: str = "normal") -> Context:
    whole = make_context(lists="none", as_of=date(2026, 11, 24))
    wanted = pa.array([f"cpsc:{number}" for number in IDS])
    few = ListStore(
        whole.lists.listed,
        lambda table: table.filter(pc.is_in(table["id"], wanted)) if "gtins" in table.column_names else table,
    )
    return dataclasses.replace(whole, lists=few, options={"recall_mode": mode})


@pytest.fixture(scope="module")
def ready() -> Prepared:
    return prepare((CHECK,), _context(), "listing")


def _findings(ready: Prepared, **cells: str) -> list[Finding]:
    row = dict.fromkeys(SCHEMA.names) | {"listing_id": "L1", "platform": "Lumibay"} | cells
    return list(ready.findings(pa.RecordBatch.from_pylist([row], schema=SCHEMA)))


def _ids(ready: Prepared, **cells: str) -> list[str]:
    return predict(_findings(ready, **cells))["recall_ids"]


@pytest.mark.parametrize(
    ("cells", "ids"),
    [
        ({"title": "Anker PowerCore 10000 A-1263 portable charger"}, ["25338"]),
        ({"title": "앵커 파워코어 10000 보조배터리", "model": "A1263"}, ["25338"]),
        ({"title": "安克 充电宝 A1263 黑色", "brand": "安克"}, ["25338"]),
        ({"title": "ESR HaloLock 보조배터리 2G520"}, ["25437", "26011"]),
        ({"title": "ESR HaloLock power bank 2G505"}, ["26011"]),
        ({"title": "블렌드젯2 휴대용 믹서기 시리얼 5388", "brand": "블렌드젯"}, ["24069"]),
        ({"title": "IKEA METALLISK moka pot, date stamp 2138"}, ["22208"]),
        ({"title": "스토케 클릭 하이체어 화이트"}, ["22113"]),
        ({"title": "sour rolling liquid candy 2 oz", "gtin": "898940001917"}, ["24001"]),
        ({"title": "Lightform LF2 Plus AR projector"}, ["22703"]),
        ({"title": "라이트폼 LF2 플러스 프로젝터"}, ["22703"]),
        ({"title": "Dewalt DWS779 sliding miter saw, made 2020"}, ["22196"]),
        ({"title": "앤커 535 보조배터리 20000mAh"}, ["23147"]),
        ({"title": "마끼다 18V 충전 공구 본체", "brand": "마끼다", "model": "XHU08Z"}, ["22197"]),
        ({"title": "LEACHOI 老人床边扶手"}, ["26037"]),
        ({"title": "WLIVE fabric dresser with 12 drawers"}, ["26022"]),
        ({"title": "WLIVE 패브릭 16단 서랍장"}, ["26066"]),
        ({"title": "Evenflo Pillo portable napper"}, ["20060"]),
        ({"title": "RELIEVE lidocaine numbing cream"}, ["25477"]),
        ({"title": "2022 Polaris Sportsman 570 ATV", "brand": "Polaris"}, ["23734"]),
        ({"title": "ASUS ROG Maximus Z690 Hero motherboard", "model": "ROG Maximus Z690 Hero"}, ["22201"]),
        ({"title": "Harbor Breeze Kingsbury 70in ceiling fan"}, ["21005"]),
    ],
    ids=lambda value: value["title"] if isinstance(value, dict) else "",
)
def test_a_listing_of_a_recalled_product_is_found(
    ready: Prepared, cells: dict[str, str], ids: list[str]
) -> None:
    assert _ids(ready, **cells) == ids


@pytest.mark.parametrize(
    "cells",
    [
        {
            "title": "Hard case for Anker PowerCore 10000 A1263",
            "description": "Power bank not included",
            "brand": "Kasero",
        },
        {"title": "앵커 A1263 전용 실리콘 케이스 보조배터리 미포함"},
        {
            "title": "ASUS ROG Maximus Z690 Formula",
            "description": "90MB1890-M0AAY0",
            "brand": "ASUS",
            "model": "ROG Maximus Z690 Formula",
        },
        {"title": "适用安克A1263 散热底座"},
        {"title": "Anker PowerCore A1263 power bank, cells fitted after recall"},
        {"title": "适用安克A1263充电宝保护套"},
        {"title": "Anker 737 power bank A1289"},
        {"title": "Anker A1263 power bank, replacement unit after the recall"},
        {"title": "앵커 보조배터리 A1263 아님 A1229"},
        {"title": "Anker A1229 power bank", "description": "A1263/A1265 아님"},
        {"title": "Owner's manual for Anker PowerCore A1263 power bank", "brand": "Anker"},
        {"title": "설명서 앵커 A1263 보조배터리", "brand": "앵커"},
        {"title": "IKEA METALLISK moka pot, date stamp 2231"},
        {"title": "IKEA METALLISK moka pot - new, date stamp 2011"},
        {"title": "스토케 클릭 하이체어 그린"},
        {"title": "Borvik power bank 10000mAh", "brand": "Borvik"},
        {"title": "BlendJet 2 portable blender serial 5610"},
        {"title": "Cookbook: 100 recipes for your BlendJet 2", "category": "Books"},
        {"title": "Anker A1263 power bank", "description": "The recall was handled: battery pack replaced."},
        {"title": "앵커 A1263 보조배터리 (리콜 조치 완료)"},
        {"title": "安克 A1263 充电宝 召回处理完成"},
        {"title": "Dewalt DWS779 sliding miter saw, made 2024"},
        {"title": "Anker 737 power bank 24000mAh"},
        {"title": "适用 COSORI CP158-AF 空气炸锅 纸托 100张"},
        {"title": "For COSORI CP158-AF air fryer rack"},
        {"title": "마끼다 XHU08Z 교체용 날", "brand": "마끼다", "model": "XHU08Z"},
        {"title": "WLIVE 9 drawer dresser"},
        {"title": "2022 Polaris Sportsman 850 ATV", "brand": "Polaris"},
        {"title": "Harbor Breeze Mazon ceiling fan"},
        {"title": "LShome carbon monoxide alarm 2 pack"},
        {"title": "ASUS ROG Maximus Z690 Hero", "description": "90MB18E1-M0XYZ0"},
    ],
    ids=lambda cells: cells["title"],
)
def test_what_only_seems_the_recalled_product_is_left_alone(ready: Prepared, cells: dict[str, str]) -> None:
    assert _ids(ready, **cells) == []


def test_reasons_show_exactly_what_the_listing_says(ready: Prepared) -> None:
    title = "[특가] 앵커 보조배터리 (A 1263) 블랙"
    (finding,) = _findings(ready, title=title)
    for reason in finding.reasons:
        if reason.end:
            assert title[reason.start : reason.end] == reason.seen
    assert {"A1263", "Anker"} <= {reason.matched for reason in finding.reasons}
    assert finding.provision == "PSF 10-2"
    assert finding.provision_from == date(2026, 6, 3)
    assert finding.severity == "high"


def test_the_bound_check_is_pickled_and_finds_the_same(ready: Prepared) -> None:
    again = pickle.loads(pickle.dumps(ready, protocol=5))
    cells = {"title": "Anker PowerCore A1263 power bank"}
    assert _findings(again, **cells) == _findings(ready, **cells)


def test_high_recall_mode_adds_possible_products_as_notes() -> None:
    wide = prepare((CHECK,), _context("high"), "listing")
    found = _findings(wide, title="HaloLck wireless power bank magnetic")
    assert found and all(item.severity == "info" for item in found)
    assert predict(found) == {"recall_ids": []}


def test_a_match_that_no_number_proves_ranks_lower(ready: Prepared) -> None:
    (proven,) = _findings(ready, title="Anker PowerCore 10000 A1263 portable charger")
    (vague,) = _findings(ready, title="Stokke Clikk high chair")
    assert (proven.severity, vague.severity) == ("high", "low")


@pytest.mark.parametrize(
    "title", ["Borvik set, mad hippie cream, blue colour", "Saddle, specialized for your road bicycle"]
)
def test_a_brand_that_is_a_common_word_does_not_make_a_match(ready: Prepared, title: str) -> None:
    assert _ids(ready, title=title) == []


def test_a_brand_in_hangul_is_heard_behind_a_bracket(ready: Prepared) -> None:
    assert _ids(ready, title="[해외직구] 빌드어베어 하트워밍 허그 곰인형", model="034464") == ["26457"]
