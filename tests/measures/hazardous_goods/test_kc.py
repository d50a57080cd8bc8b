"""Goods that want the KC mark: what listings say of it, which article holds, what the intermediary's safe harbour needs."""

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
from mapae.measures.hazardous_goods.kc import CHECK
from mapae.model.finding import Finding
from mapae.model.records import KINDS
from mapae.pack import load_pack

CASES = yaml.safe_load((Path(__file__).parents[2] / "packs" / "kr" / "hazard_kc.yaml").read_text("utf-8"))

SAID = {
    "nothing": "nothing of the KC mark",
    "absent": "carry no KC mark",
    "bare": "without a well-formed number",
    "evaded": "gives no number",
    "agency": "through an agent",
    "notice": "does not free goods",
}


@pytest.fixture(scope="module")
def ready() -> Prepared:
    pack = load_pack("kr")
    return prepare([CHECK], Context(pack, LawBook(pack), ListStore(()), date(2026, 11, 24)), "listing")


def screen(ready: Prepared, **record: Any) -> list[Finding]:
    schema = KINDS["listing"].schema
    row = {name: record.get(name) for name in schema.names}
    return list(ready.findings(pa.RecordBatch.from_pylist([row], schema=schema)))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_listing_is_read_as_the_act_reads_it(case: dict[str, Any], ready: Prepared) -> None:
    found = screen(
        ready, listing_id="1", title=case["title"], description=case["text"], currency=case.get("currency")
    )
    if case["expect"] is None:
        assert found == []
        return
    (finding,) = found
    group, saying, provision = case["expect"]
    assert (finding.reference_id, finding.provision) == (f"kc:{group}", provision)
    assert finding.severity == case["severity"]
    assert SAID[saying] in finding.reasons[0].detail


def test_the_three_parts_of_the_safe_harbour_are_reasons(ready: Prepared) -> None:
    (finding,) = screen(ready, listing_id="1", title="유아 치발기")
    parts = [
        item.matched.removeprefix("safe harbour: ") for item in finding.reasons if "harbour" in item.matched
    ]
    assert parts == ["deleted_at_once", "certificate_entry_required", "certificate_shown"]
    assert finding.provision_from == date(2016, 1, 27)


def test_the_place_of_the_words_is_shown(ready: Prepared) -> None:
    text = "상품 안내. KC인증번호: AB-12 입니다"
    (finding,) = screen(ready, listing_id="1", title="멀티탭 3구", description=text)
    mark = finding.reasons[0]
    assert mark.field == "description"
    assert text[mark.start : mark.end] == mark.seen == "KC인증번호: AB-12"


def test_a_group_whose_article_is_not_yet_in_force_gives_nothing() -> None:
    pack = load_pack("kr")
    early = Context(pack, LawBook(pack), ListStore(()), date(2015, 1, 1))
    assert screen(prepare([CHECK], early, "listing"), listing_id="1", title="유아 치발기") == []
