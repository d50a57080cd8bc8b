"""Operators and first pages screened: duty by law and day, unfit agents, missing parts; nothing before the law."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from mapae.app.context import make_context
from mapae.catalog import checks
from mapae.contract.run import prepare
from mapae.model.finding import Finding
from mapae.model.records import KINDS

LARGE = {
    "operator_id": "lumibay", "names": '{"ko": "루미베이", "en": "Lumibay"}', "roles": "intermediary",
    "korean_address": "no", "korean_companies": "[]", "revenue": 2e12, "users": "3000000",
    "extra": '{"data_demand": false, "threshold_source": "draft_decree_2026-03-11", "data_subjects_daily_avg_q4": 10}',
}  # fmt: skip


def screened(kind: str, as_of: date, **record: Any) -> list[Finding]:
    shape = KINDS[kind]
    row = {name: record.get(name) for name in shape.schema.names}
    ready = prepare(checks(("local_agents",)), make_context("kr", as_of, "none"), kind)
    return list(ready.findings(pa.RecordBatch.from_pylist([row], schema=shape.schema)))


def test_no_agent_is_a_finding_from_the_first_day_of_the_duty_only() -> None:
    before = {
        item.provision for item in screened("operator", date(2027, 1, 20), **LARGE) if item.severity == "high"
    }
    after = {
        item.provision for item in screened("operator", date(2027, 1, 21), **LARGE) if item.severity == "high"
    }
    assert "ECA 20-5" not in before
    assert "PIPA 31-2" in before
    assert after == before | {"ECA 20-5"}


def test_an_agent_abroad_is_unfit() -> None:
    agents = '[{"name": "Example Pte", "regime": "ECA", "named": "firm_in_singapore", "named_korean_address": false}]'
    found = screened("operator", date(2027, 1, 21), **{**LARGE, "agents": agents})
    mine = [item for item in found if item.provision == "ECA 20-5"]
    assert [item.severity for item in mine] == ["high"]
    assert "unfit" in mine[0].reasons[0].matched


def test_a_missing_fact_gives_a_note_and_never_a_silent_no() -> None:
    found = screened("operator", date(2026, 11, 25), operator_id="x", korean_address="no")
    assert {item.severity for item in found} == {"info"}
    assert {"PIPA 31-2", "NET 32-5"} <= {item.provision for item in found}


def test_an_operator_with_an_address_here_owes_nothing() -> None:
    assert not screened("operator", date(2027, 1, 21), **{**LARGE, "korean_address": "서울특별시 예시로 1"})


def test_a_first_page_without_the_agents_contact_is_found_once_the_law_is_in_force() -> None:
    page = {
        "document_id": "p1",
        "operator": "lumibay",
        "doc_kind": "first_page",
        "text": "국내대리인 법무법인 한들 | 전화 02-000-0001",
    }
    (later,) = screened("policy", date(2027, 1, 21), **page)
    (now,) = screened("policy", date(2026, 11, 25), **page)
    assert (later.severity, now.severity) == ("medium", "info")
    assert "address in Korea, e-mail" in later.reasons[0].detail
    assert all(r.seen == page["text"][r.start : r.end] for r in later.reasons)
    assert not screened("policy", date(2027, 1, 21), **{**page, "doc_kind": "privacy"})
