"""Who may issue what and when: competence, law in force, evidence, prior notice."""

from __future__ import annotations

from datetime import date

import pytest

from mapae.law import LawBook
from mapae.pack import load_pack
from mapae.workflow.force import Refusal, document_kinds, evidence_rank, may_issue

BOOK = LawBook(load_pack("kr"))
KINDS = document_kinds(BOOK)
DAY = date(2026, 11, 25)


def _may(
    kind: str, body: str, measure: str = "hazardous_goods", evidence: str = "tested", **more: object
) -> str:
    on = more.pop("on", DAY)
    refusal = may_issue(KINDS[kind], body, measure, evidence, on, BOOK, **more)  # type: ignore[arg-type]
    return refusal.why if refusal else ""


@pytest.mark.parametrize(
    ("kind", "body", "measure", "evidence", "why"),
    [
        ("takedown_recommendation", "motir", "hazardous_goods", "verified", ""),
        ("takedown_recommendation", "kftc", "hazardous_goods", "verified", "competence"),
        ("takedown_recommendation", "motir", "counterfeits", "verified", "measure"),
        ("takedown_recommendation", "motir", "hazardous_goods", "captured", "evidence"),
        ("guidance", "kcs", "counterfeits", "seen", ""),
        ("block_request", "moip", "counterfeits", "captured", ""),
        ("block_request", "kca", "counterfeits", "captured", "competence"),
        ("corrective_order", "kftc", "local_agents", "verified", "prior"),
        ("corrective_order", "local", "local_agents", "verified", "competence"),
        ("corrective_recommendation", "local", "local_agents", "verified", ""),
    ],
)
def test_a_document_is_open_or_closed_for_the_first_reason(
    kind: str, body: str, measure: str, evidence: str, why: str
) -> None:
    assert _may(kind, body, measure, evidence) == why


def test_an_article_not_yet_in_force_opens_on_its_first_day() -> None:
    kind = KINDS["takedown_recommendation_children"]
    before = may_issue(kind, "motir", "hazardous_goods", "verified", date(2026, 12, 2), BOOK)
    assert before == Refusal("not_in_force", "2026-12-03")
    assert may_issue(kind, "motir", "hazardous_goods", "verified", date(2026, 12, 3), BOOK) is None


def test_the_duty_to_have_an_agent_cannot_be_demanded_before_its_day() -> None:
    assert _may("information_demand", "kftc", "local_agents") == "not_in_force"
    assert _may("information_demand", "kftc", "local_agents", on=date(2027, 1, 21)) == ""


def test_an_order_opens_once_its_notice_was_heard() -> None:
    assert _may("corrective_order", "kftc", "local_agents", heard={"prior_notice"}) == ""
    assert _may("corrective_order", "kftc", "local_agents", heard={"guidance"}) == "prior"


def test_whatever_binds_or_burdens_needs_two_persons_or_a_notice() -> None:
    for kind in KINDS.values():
        assert kind.binding == (kind.force == "order")
        assert kind.approvals >= 1
        if kind.after is not None:
            assert kind.approvals >= 2
            assert KINDS[kind.after].clock == "opinion"


def test_the_evidence_ladder_rises() -> None:
    ranks = [evidence_rank(BOOK, rung) for rung in ("stated", "seen", "captured", "verified", "tested")]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 5
