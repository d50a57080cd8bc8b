"""Listings against the blocked ingredients: the readable cases, the conventions, reasons with places, ordinary listings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
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
from mapae.measures.hazardous_goods.substances import CHECK
from mapae.model.finding import Finding
from mapae.model.records import KINDS
from mapae.pack import load_pack

pytestmark = pytest.mark.slow

CASES = yaml.safe_load(
    (Path(__file__).parents[2] / "packs" / "kr" / "hazard_substances.yaml").read_text("utf-8")
)


def context(as_of: date = date(2026, 11, 24)) -> Context:
    pack = load_pack("kr")
    return Context(pack, LawBook(pack), ListStore.load(pack, user=False), as_of)


@pytest.fixture(scope="module")
def ready() -> Prepared:
    return prepare([CHECK], context(), "listing")


def screen(ready: Prepared, *records: dict[str, Any]) -> list[Finding]:
    shape = KINDS[ready.kind]
    rows = [{name: record.get(name) for name in shape.schema.names} for record in records]
    return list(ready.findings(pa.RecordBatch.from_pylist(rows, schema=shape.schema)))


def names(findings: list[Finding]) -> set[str]:
    return {item.reasons[0].matched for item in findings}


@pytest.fixture(scope="module")
def answers(ready: Prepared) -> dict[str, set[str]]:
    records = [
        {
            "listing_id": str(at),
            "title": case["title"],
            "description": case["text"],
            "category": case.get("category"),
            "brand": case.get("brand"),
        }
        for at, case in enumerate(CASES)
    ]
    found: dict[str, set[str]] = defaultdict(set)
    for item in screen(ready, *records):
        found[item.subject_id] |= names([item])
    return found


@pytest.mark.parametrize("at", range(len(CASES)), ids=[case["title"][:40] for case in CASES])
def test_a_listing_is_read_as_a_lawyer_reads_it(at: int, answers: dict[str, set[str]]) -> None:
    assert answers[str(at)] == set(CASES[at]["expect"]), CASES[at]["why"]


def test_every_name_of_the_list_finds_its_own_ingredient_on_a_supplement(ready: Prepared) -> None:
    vocabulary = ready.bounds[0].vocabulary  # type: ignore[attr-defined]
    plain = [name for name in vocabulary.names if not name.how and name.ingredient is not None]
    records = [
        {"listing_id": str(at), "title": f"{name.text} 500mg", "category": "건강식품 Supplements 膳食补充"}
        for at, name in enumerate(plain)
    ]
    found: dict[str, set[str]] = defaultdict(set)
    for item in screen(ready, *records):
        found[item.subject_id] |= names([item])
    limited = set(vocabulary.words["limits"])
    wrong = []
    for at, name in enumerate(plain):
        entry = vocabulary.ingredients[name.ingredient]
        if entry.name not in limited and found[str(at)] != ({entry.name} if entry.blocked else set()):
            wrong.append((name.text, found[str(at)]))
    assert not wrong


def test_the_list_has_three_hundred_and_twelve_designated_and_two_released_ingredients() -> None:
    table = context().lists.table("ingredients")
    assert sorted(table.column("status").to_pylist()).count("designated") == 312
    assert table.num_rows == 314


def test_a_reason_shows_the_text_that_was_seen_and_the_article(ready: Prepared) -> None:
    title = "다이어트 캡슐 시.부.트.라.민 15mg"
    (finding,) = screen(ready, {"listing_id": "1", "title": title, "platform": "Lumibay"})
    reason = finding.reasons[0]
    assert (reason.field, title[reason.start : reason.end]) == ("title", "시.부.트.라.민")
    assert reason.seen == "시.부.트.라.민"
    assert "signs between the characters of 시.부.트.라.민" in reason.detail
    assert (finding.reference_id, finding.provision) == ("mfds:Sibutramine", "IFA 25-3")
    assert finding.provision_from == date(2024, 6, 14)
    assert finding.severity == "high"


def test_a_misspelt_name_is_read_and_a_lawful_word_near_it_is_not(ready: Prepared) -> None:
    found = screen(
        ready,
        {"listing_id": "1", "title": "Sibutramnie capsules"},
        {"listing_id": "2", "title": "Theanine capsules, melamine bowl, cortisol"},
    )
    assert [(item.subject_id, item.reasons[0].matched) for item in found] == [("1", "Sibutramine")]


def test_an_ingredient_counts_from_the_day_of_its_designation() -> None:
    record = {"listing_id": "1", "title": "Evodiamine 25 mg capsules", "category": "Supplements"}
    before = prepare([CHECK], context(date(2026, 2, 4)), "listing")
    after = prepare([CHECK], context(date(2026, 2, 5)), "listing")
    assert names(screen(before, record)) == set()
    assert names(screen(after, record)) == {"Evodiamine"}


def test_nothing_is_found_before_the_article_was_in_force() -> None:
    early = prepare([CHECK], context(date(2024, 6, 13)), "listing")
    assert screen(early, {"listing_id": "1", "title": "Sibutramine 15 mg"}) == []


def test_adverts_and_posts_are_read_too() -> None:
    advert = prepare([CHECK], context(), "advert")
    found = screen(
        advert,
        {"advert_id": "a1", "headline": "Slim fast", "text": "sibutramine 15mg inside", "platform": "p"},
    )
    assert [(item.subject_kind, item.subject_id) for item in found] == [("advert", "a1")]
    post = prepare([CHECK], context(), "post")
    assert names(screen(post, {"post_id": "p1", "text": "타다라필 20mg 팝니다"})) == {"Tadalafil"}


def test_the_same_listing_twice_gives_the_same_findings(ready: Prepared) -> None:
    record = {"listing_id": "1", "title": "Kratom powder 100 g", "category": "Herbs"}
    assert screen(ready, record) == screen(ready, record)


@pytest.fixture
def scored(shared: Path) -> Callable[[Path], float]:
    from mapae.app.evaluate.run import evaluate

    def value(path: Path) -> float:
        score = evaluate("substances", path, context()).score
        assert score is not None
        return score.value

    return value


@pytest.mark.no_cover
def test_the_shared_and_the_own_cases_reach_the_goal(scored: Callable[[Path], float], shared: Path) -> None:
    own = Path(__file__).parents[2] / "cases" / "substances.jsonl"
    assert scored(shared / "cases" / "substances.jsonl") >= 0.95
    assert scored(own) >= 0.95
