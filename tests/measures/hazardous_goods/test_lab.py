"""Laboratory results against limits: units, multiples, notes for what cannot be judged, the article of the day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from mapae.contract import Context
from mapae.contract.run import prepare
from mapae.law import LawBook
from mapae.lists import ListStore
from mapae.measures.hazardous_goods.lab import CHECK
from mapae.model.finding import Finding
from mapae.model.records import KINDS
from mapae.pack import load_pack


def screen(*results: dict[str, Any], as_of: date = date(2026, 11, 24)) -> list[Finding]:
    pack = load_pack("kr")
    ready = prepare([CHECK], Context(pack, LawBook(pack), ListStore(()), as_of), "lab_result")
    schema = KINDS["lab_result"].schema
    rows = [{name: result.get(name) for name in schema.names} for result in results]
    return list(ready.findings(pa.RecordBatch.from_pylist(rows, schema=schema)))


def result(goods: str, substance: str, value: float | None, unit: str, **more: Any) -> dict[str, Any]:
    named = {"sample_id": "S1", "product_class": goods, "substance": substance, "value": value, "unit": unit}
    return named | more


@pytest.mark.parametrize(
    ("goods", "substance", "value", "unit", "severity", "said"),
    [
        ("귀걸이", "납", 0.63, "%", "critical", "70 times the limit"),
        ("necklace", "lead", 100.0, "mg/kg", "high", "1.11 times the limit"),
        ("首饰", "镉", 2000.0, "ppm", "high", "2 times the limit"),
        ("ring", "nickel release", 1.9, "µg/cm²/week", "high", "3.8 times the limit"),
        ("아동복", "pH", 8.4, "pH", "high", "the limit is 4 to 7.5 pH"),
        ("립스틱", "프탈레이트", 1487.0, "ppm", "critical", "14.9 times the limit"),
        ("eyeliner", "황색포도상구균", 1.0, "검출여부", "high", "none may be found"),
    ],
)
def test_a_result_beyond_its_limit_says_by_how_much(
    goods: str, substance: str, value: float, unit: str, severity: str, said: str
) -> None:
    (finding,) = screen(result(goods, substance, value, unit))
    assert finding.severity == severity
    assert said in finding.reasons[0].detail


def test_a_result_at_or_under_its_limit_is_no_finding() -> None:
    assert screen(result("귀걸이", "납", 0.009, "%"), result("아동복", "pH", 7.5, "pH")) == []


@pytest.mark.parametrize(
    ("word", "substance", "unit", "severities"),
    [
        ("불검출", "황색포도상구균", "검출여부", []),
        ("검출", "황색포도상구균", "검출여부", ["high"]),
        ("ND", "lead", "ppm", []),
        ("< 0.5", "lead", "ppm", []),
        ("< 5000", "lead", "ppm", ["info"]),
        ("see annex", "lead", "ppm", ["info"]),
        ("12", "lead", "ppm", ["info"]),
    ],
)
def test_a_word_in_the_place_of_the_number_is_read(
    word: str, substance: str, unit: str, severities: list[str]
) -> None:
    found = screen(result("lipstick", substance, None, unit, extra=json.dumps({"결과": word})))
    assert [item.severity for item in found] == severities


@pytest.mark.parametrize(
    ("goods", "substance", "value", "unit", "why"),
    [
        ("spaceship", "lead", 5.0, "ppm", "no limit on record for lead in spaceship"),
        ("lipstick", "kryptonite", 5.0, "ppm", "no limit on record for kryptonite in lipstick"),
        ("lipstick", "lead", 5.0, "pH", "the unit does not fit"),
        ("lipstick", "lead", None, "ppm", "no value that can be read"),
    ],
)
def test_what_cannot_be_judged_is_noted_and_not_lost(
    goods: str, substance: str, value: float | None, unit: str, why: str
) -> None:
    (finding,) = screen(result(goods, substance, value, unit))
    assert finding.severity == "info"
    assert why in finding.reasons[0].detail


def test_the_article_of_the_day_the_laboratory_and_the_listing_stand_in_the_finding() -> None:
    given = result("귀걸이", "납", 0.63, "%", listing_id="L9", lab="KTR", tested_on="2026-11-01")
    (finding,) = screen(given)
    assert (finding.provision, finding.provision_from) == ("CHM 10", date(2026, 5, 12))
    assert finding.reference_id == "limit:chm.limits.metal_jewellery/납"
    assert {"KTR", "2026-11-01", "L9"} <= {item.seen for item in finding.reasons}
    (earlier,) = screen(given, as_of=date(2026, 1, 5))
    assert earlier.provision_from == date(2025, 10, 1)


def test_before_the_limit_held_the_result_is_noted_only() -> None:
    (finding,) = screen(result("귀걸이", "납", 0.63, "%"), as_of=date(2019, 6, 1))
    assert finding.severity == "info"
