"""The demo finds what is planted, leaves ordinary goods alone, and shows it all on one page."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from random import Random

import orjson
import pyarrow.parquet as pq
import pytest

from mapae.app.demo import run_demo
from mapae.app.demo_data.market import Market
from mapae.catalog import checks
from mapae.report.details import detail_in

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]
CHECK_OF = {
    "mfds": "hazardous_goods.substances",
    "cpsc": "hazardous_goods.recalls",
    "brand": "counterfeits.text",
    "kc": "hazardous_goods.kc",
}


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def first():
    return []


@pytest.fixture(scope="module")
def demo(out, first):
    return run_demo(out, date(2026, 11, 25), "ko", first.append)


@pytest.fixture(scope="module")
def found(demo, out):
    """(kind, record id) → its findings that are more than a note."""
    table: dict[tuple[str, str], list[dict]] = {}
    for kind in demo.runs:
        for row in pq.read_table(out / kind / "findings.parquet").to_pylist():
            if row["severity"] != "info":
                table.setdefault((kind, row["subject_id"]), []).append(row)
    return table


@pytest.fixture(scope="module")
def key(demo, out):
    lines = (out / "sample/key.jsonl").read_bytes().splitlines()
    return {(item["kind"], item["id"]): item["expect"] for item in map(orjson.loads, lines)}


def test_the_first_finding_is_told_before_the_bulk(first, demo):
    assert len(first) == 1
    assert first[0]["reasons"]


def test_every_measure_that_reads_a_kind_of_the_sample_finds_something(demo):
    able = {check.measure for check in checks() if set(check.kinds) & set(demo.runs)}
    told = Counter({key: n for run in demo.runs.values() for key, n in run.manifest["measures"].items()})
    assert demo.records > 5000
    assert {measure for measure in able if told[measure]} == able


def test_part_of_what_is_offered_in_korean_stands_on_a_platform_in_korea_and_nothing_else_does():
    market = Market(Random(1))
    rows = [market.listing(language, title="x") for language in ("ko", "en", "zh") for _ in range(200)]
    at_home = [row for row in rows if row["platform"] == "Janbyeoul"]
    assert 40 <= len(at_home) <= 95 and {row["language"] for row in at_home} == {"ko"}
    assert all(row["url"].startswith("https://janbyeoul.example/") for row in at_home)


def test_nine_of_ten_planted_records_are_found(found, key, demo):
    hits, wanted = Counter(), Counter()
    known = {check.key for check in checks()}
    for record, expected in key.items():
        for reference in expected if record[0] in demo.runs else ():
            source = reference.partition(":")[0]
            if CHECK_OF.get(source, "age_restricted.gate") not in known:
                continue
            wanted[source] += 1
            hits[source] += any(row["reference_id"].startswith(reference) for row in found.get(record, ()))
    shares = {source: hits[source] / wanted[source] for source in wanted}
    assert hits.total() >= 0.9 * wanted.total(), shares
    assert min(shares.values()) >= 0.8, shares


def test_harmless_look_alikes_and_ordinary_goods_are_left_alone(found, key, demo):
    wrong = {record for record, expected in key.items() if not expected and record in found}
    assert len(wrong) <= 3, wrong
    ordinary = [rows for record, rows in found.items() if record not in key]
    high = [row for rows in ordinary for row in rows if row["severity"] in ("high", "critical")]
    assert len(high) <= 0.002 * demo.records
    assert len(ordinary) <= 0.01 * demo.records


def test_the_page_leads_to_a_report_of_each_kind_and_names_every_measure(demo, out):
    text = demo.page.read_text("utf-8")
    links = set(re.findall(r'href="([^"#:]+)"', text))
    assert links == {f"{kind}/report.html" for kind in demo.runs}
    assert all((out / link).is_file() for link in links)
    assert all(title["ko"] in text for title in demo.measures.values())


def test_the_duty_to_appoint_an_agent_begins_on_its_day(demo):
    answers = {(day, duty.operator, duty.regime): duty.answer for day, duty in demo.duties}
    assert answers[date(2026, 11, 25), "Lumibay Holdings", "ECA"] == "not_required"
    assert answers[date(2027, 1, 21), "Lumibay Holdings", "ECA"] == "required"
    assert answers[date(2027, 1, 21), "Dalmart Global", "ECA"] == "not_required"


def test_striking_findings_come_from_several_measures_and_show_disguise(demo):
    assert 5 <= len(demo.striking) <= 8
    assert len({row["measure"] for row in demo.striking}) >= 3


def test_reasons_are_told_in_korean_too(found):
    details = Counter(
        reason["detail"] for rows in found.values() for row in rows for reason in row["reasons"]
    )
    english = {said: n for said, n in details.items() if said and detail_in(said, "ko") == said}
    assert sum(english.values()) <= 0.05 * sum(details.values()), english
