"""Claims of medicine on listings: readable cases, places shown, the article by goods and by day, few ordinary listings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import yaml

from mapae.contract import Context
from mapae.contract.run import prepare
from mapae.law import LawBook
from mapae.lists import ListStore
from mapae.measures.illegal_ads.claims import CHECK
from mapae.model.finding import Finding
from mapae.model.records import KINDS
from mapae.pack import load_pack
from mapae.report.details import detail_in
from mapae.sources import open_source

Screen = Callable[..., list[Finding]]
CASES = yaml.safe_load(
    (Path(__file__).parents[2] / "packs" / "kr" / "listing_claims.yaml").read_text("utf-8")
)


def listing(row: dict[str, Any]) -> dict[str, Any]:
    return {"title": row["title"], "description": row["text"], "category": row.get("category")}


@pytest.mark.parametrize("row", CASES, ids=lambda row: f"{row['title']}: {row['text'][:24]}")
def test_a_listing_claims_what_an_officer_reads_in_it(screen: Screen, row: dict[str, Any]) -> None:
    found = screen(listing(row), kind="listing")
    assert [item.provision for item in found] == [row["article"]] * (row["article"] != "none")
    if wanted := row.get("severity"):
        assert [item.severity for item in found] == [wanted]


def test_every_claim_is_shown_where_it_stands_and_said_in_korean(screen: Screen) -> None:
    rows = [listing(row) for row in CASES]
    for item in screen(*rows, kind="listing"):
        assert item.reasons
        for reason in item.reasons:
            assert rows[int(item.subject_id)][reason.field][reason.start : reason.end] == reason.seen != ""
            assert detail_in(reason.detail, "ko") != reason.detail


def test_a_cure_of_a_grave_illness_weighs_more_than_an_effect_on_a_slight_one(screen: Screen) -> None:
    grave, prevented, slight = (
        screen({"title": "양파즙 30포", "description": text}, kind="listing")[0]
        for text in ("고혈압을 완치합니다", "감기를 예방합니다", "변비에 좋은 즙")
    )
    assert (grave.severity, prevented.severity, slight.severity) == ("high", "low", "low")
    assert grave.score > prevented.score > slight.score


def test_words_written_with_traditional_characters_are_read(screen: Screen) -> None:
    [found] = screen({"title": "靈芝膠囊", "description": "治癒糖尿病,三個月見效"}, kind="listing")
    assert [reason.seen for reason in found.reasons] == ["治癒糖尿病"]


def test_before_an_article_holds_nothing_is_found() -> None:
    pack = load_pack("kr")
    book = LawBook(pack)
    day = date(1990, 1, 1)
    assert book.provision("FLA 8", day) is None
    ready = prepare((CHECK,), Context(pack, book, ListStore.load(pack, user=False), day), "listing")
    row = dict.fromkeys(KINDS["listing"].schema.names) | {"listing_id": "1", "title": "당뇨 완치 여주즙"}
    assert not list(ready.findings(pa.RecordBatch.from_pylist([row], schema=KINDS["listing"].schema)))


def test_at_most_one_ordinary_listing_in_two_hundred_is_found(screen: Screen, shared: Path) -> None:
    names = ("title", "description", "category")
    rows = [
        {name: row.get(name) for name in names}
        for path in sorted((shared / "data" / "listings").glob("*.csv"))
        for batch in open_source(path).batches()
        for row in batch.to_pylist()
    ]
    found = screen(*rows, kind="listing")
    assert len(rows) > 3000
    assert len(found) <= len(rows) / 200
    assert not [item for item in found if item.severity in ("high", "critical")]
