"""Open questions: `unknown` exactly where a fact that is not given could change the answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest

from mapae.law import LawBook
from mapae.law.questions import answer
from mapae.pack import load_pack

BIG, SMALL = 2_000_000_000_000, 999
YES_NO = (True, False)
# regime → the values a fact may take, on either side of its limit
DUTY: dict[str, dict[str, tuple[Any, ...]]] = {
    "ECA": {
        "role": ("seller", "board_provider"), "korean_address": YES_NO, "revenue_krw_prior_year": (BIG, SMALL),
        "consumers_monthly_avg_q4": (2_000_000, 1), "data_demand": YES_NO,
    },
    "PIPA": {
        "korean_address": YES_NO, "revenue_krw_prior_year": (BIG, SMALL), "data_subjects_daily_avg_q4": (2_000_000, 1),
        "pipc_resolution": YES_NO,
    },
    "TBA": {"korean_address": YES_NO, "users_daily_avg_q4": (2_000_000, 1), "traffic_share_pct": (2.5, 0.5)},
}  # fmt: skip
FIXED = {
    "ECA": {"threshold_source": "draft_decree_2026-03-11"},
    "PIPA": {"role": "controller"},
    "TBA": {"role": "value_added_telecom"},
}
ELIGIBLE: dict[str, dict[str, tuple[Any, ...]]] = {
    "ECA": {
        "named": ("law_firm", "founded_korean_company"), "named_korean_address": YES_NO,
        "founded_korean_company": YES_NO, "dominated_korean_company": YES_NO,
    },
    "PIPA": {
        "named_korean_address": YES_NO, "founded_korean_company": YES_NO, "capital_share_pct": (30, 29.99),
        "officers_appointed_pct": (50, 49.9), "appoints_ceo": YES_NO,
    },
}  # fmt: skip
CASES = [
    *(("agent_duty", regime, FIXED[regime], domain) for regime, domain in DUTY.items()),
    ("agent_eligible", "ECA", {}, ELIGIBLE["ECA"]),
    ("agent_eligible", "PIPA", {"named": "law_firm"}, ELIGIBLE["PIPA"]),
]


def _partial(domain: dict[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    for values in product(*((*options, None) for options in domain.values())):
        yield {key: value for key, value in zip(domain, values, strict=True) if value is not None}


@pytest.mark.parametrize(("question", "regime", "fixed", "domain"), CASES, ids=lambda item: str(item)[:12])
def test_unknown_means_that_a_missing_fact_could_change_it(
    question: str, regime: str, fixed: dict[str, Any], domain: dict[str, tuple[Any, ...]]
) -> None:
    book, day = LawBook(load_pack("kr")), date(2027, 3, 2)

    def said(facts: dict[str, Any]) -> str:
        return str(answer(question, regime, {**fixed, **facts}, day, book).value)

    full = {values: said(dict(zip(domain, values, strict=True))) for values in product(*domain.values())}
    for facts in _partial(domain):
        reach = {
            told for values, told in full.items()
            if all(facts.get(key, value) == value for key, value in zip(domain, values, strict=True))
        }  # fmt: skip
        assert said(facts) == (reach.pop() if len(reach) == 1 else "unknown"), facts


def test_before_the_rule_nothing_is_required_whatever_is_not_told() -> None:
    book = LawBook(load_pack("kr"))
    assert answer("agent_duty", "ECA", {}, date(2027, 1, 20), book).value == "not_required"
    assert answer("agent_duty", "PIPA", {}, date(2023, 9, 14), book).value == "not_required"
    assert answer("in_scope", "PSF", {}, date(2026, 6, 2), book).value == "no"


def test_without_a_named_draft_the_thresholds_are_not_known() -> None:
    book, facts = (
        LawBook(load_pack("kr")),
        {"role": "seller", "korean_address": False, "revenue_krw_prior_year": BIG},
    )
    assert answer("agent_duty", "ECA", facts, date(2027, 3, 2), book).value == "unknown"
