"""helpline.surges: the surge is found on its first day, with the words, sellers and goods that rose, and once only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from mapae.app.context import make_context
from mapae.app.inputs import open_inputs
from mapae.contract import Whole
from mapae.measures.helpline.surges import judge
from mapae.model.finding import finding_id
from mapae.model.records import KINDS

pytestmark = pytest.mark.slow

FIRST = date(2026, 3, 2)
DAYS = 100
TEETHER = {
    "text": "치발기가 부러져 아이가 다쳤어요",
    "product": "치발기",
    "seller": "s99",
    "category": "unsafe_product",
}
STRUCK = FIRST + timedelta(days=95)


def _row(number: int, day: date, **more: Any) -> dict[str, Any]:
    row = {
        "complaint_id": f"c{number}", "received_on": day.isoformat(), "operator": "테무", "seller": f"s{number % 7}",
        "text": "배송이 늦어요", "category": "delivery", "area": "서울",
    }  # fmt: skip
    return row | more


def _rows(surge: int = 0) -> list[dict[str, Any]]:
    """About ten a day for a hundred days on two services; `surge` more a day about a teether from day 95 on."""
    random = np.random.default_rng(7)
    rows: list[dict[str, Any]] = []
    for at in range(DAYS):
        day = FIRST + timedelta(days=at)
        for _ in range(random.poisson(10 if day.weekday() < 5 else 5)):
            operator = "알리익스프레스" if random.random() < 0.5 else "테무"
            rows.append(_row(len(rows), day, operator=operator))
        for _ in range(surge if at >= 95 else 0):
            rows.append(_row(len(rows), day, **TEETHER))
    return rows


def _judged(rows: list[dict[str, Any]], as_of: date = FIRST + timedelta(days=DAYS)) -> Whole:
    names = KINDS["complaint"].schema.names
    table = pa.Table.from_pylist(
        [{name: row.get(name) for name in names} for row in rows], KINDS["complaint"].schema
    )

    def records() -> Iterator[pa.RecordBatch]:
        yield from table.to_batches(max_chunksize=500)

    found = judge(records, make_context("kr", as_of, "none"))
    return Whole(tuple(found.findings), found.tables, found.faults)


def test_a_surge_is_found_on_its_first_day_in_every_series_it_belongs_to() -> None:
    found = _judged(_rows(surge=25))
    by_series = {each.subject_id: each for each in found.findings}
    assert {"all", "operator:Temu", "seller:s99", "product:치발기", "category:unsafe_product"} <= set(
        by_series
    )
    assert "operator:AliExpress" not in by_series
    assert by_series["all"].reference_id == f"surge:{STRUCK}"
    assert by_series["operator:Temu"].operator == "Temu"
    assert by_series["all"].severity in ("critical", "high")


def test_reasons_name_the_words_goods_and_sellers_that_rose() -> None:
    whole = next(each for each in _judged(_rows(surge=25)).findings if each.subject_id == "all")
    said = {reason.matched: reason.detail for reason in whole.reasons}
    assert "words: " in said["risen"] and "배송" not in said["risen"]
    assert "product: 치발기" in said["risen"] and "seller: s99" in said["risen"]
    assert said["examples"].count(",") == 2


def test_titles_are_korean_first_and_a_service_is_told_by_its_users() -> None:
    by_series = {each.subject_id: each for each in _judged(_rows(surge=25)).findings}
    assert str(by_series["all"].subject_title).startswith("전체 상담 급증: 2026-06-")
    assert "위해 제품 상담 급증" in str(by_series["category:unsafe_product"].subject_title)
    said = {reason.matched: reason.detail for reason in by_series["operator:Temu"].reasons}
    assert "per million monthly users (5,810,000 users in 2024-02, WiseApp" in said["users"]
    assert "users" not in {reason.matched for reason in by_series["all"].reasons}


def test_where_nothing_happens_there_is_no_finding_but_a_table() -> None:
    found = _judged(_rows())
    assert found.findings == ()
    table = found.tables["surges"]
    assert table.num_rows and not any(table["alarm"].to_pylist())
    assert set(table["day"].to_pylist()) <= {FIRST + timedelta(days=DAYS - 1)}


def test_a_surge_that_goes_on_stays_the_same_finding() -> None:
    rows = _rows(surge=25)
    day = {
        each.subject_id: finding_id(each)
        for each in _judged(rows, STRUCK).findings
        if each.subject_id in ("all", "seller:s99")
    }
    later = {each.subject_id: finding_id(each) for each in _judged(rows, STRUCK + timedelta(days=3)).findings}
    assert len(day) == 2
    assert day.items() <= later.items()


def test_the_table_tells_series_day_bound_and_words() -> None:
    table = _judged(_rows(surge=25)).tables["surges"].to_pylist()
    first = next(row for row in reversed(table) if row["alarm"] and row["series"] == "all")
    assert first["day"] == STRUCK
    assert first["observed"] > first["bound"] > first["expected"]
    assert first["q"] < 0.001 and "치발기" in first["words"]


def test_complaints_without_a_day_are_left_out_and_counted_in_the_title() -> None:
    rows = [*_rows(), _row(99_999, FIRST) | {"received_on": "someday"}]
    title = _judged(rows).tables["surges"].schema.metadata[b"mapae.title.en"].decode()
    assert "1 without a day" in title
    assert _judged([_row(1, FIRST) | {"received_on": None}]).tables == {}


def test_the_surge_of_2015_is_found_by_its_first_day_and_no_quiet_week_raises_an_alarm(shared: Path) -> None:
    path = shared / "data" / "surge" / "complaints_2015.csv"
    feeds = open_inputs((path,), kind="complaint", columns={}).feeds

    def records() -> Iterator[pa.RecordBatch]:
        for feed in feeds:
            yield from feed.batches()

    found = judge(records, make_context("kr", date(2026, 11, 24), "none"))
    alarms = [row for row in found.tables["surges"].to_pylist() if row["alarm"]]
    days = {row["day"] for row in alarms if row["series"] == "all"}
    assert date(2015, 6, 23) in days and date(2015, 6, 24) in days
    assert min(row["day"] for row in alarms) == date(2015, 6, 23)
    assert next(iter(found.findings)).severity == "critical"
    first = {(row["series"], row["day"]): row["observed"] for row in alarms}
    assert first["all", date(2015, 6, 23)] == 190
