"""Duties of an operator under every law: what is told apart where no agent is due."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mapae.app.law import Duty, duties
from mapae.law import LawBook
from mapae.pack import load_pack

ON = date(2026, 11, 26)
ABROAD: dict[str, Any] = {"name": "Lumibay", "korean_address": False}


def under(regime: str, on: date = ON, **facts: Any) -> Duty:
    found = {duty.regime: duty for duty in duties(LawBook(load_pack("kr")), ABROAD | facts, on)}
    return found[regime]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"role": "intermediary", "revenue_krw_prior_year": 1_000_000_000_000}, "required"),
        ({"role": "intermediary", "consumers_monthly_avg_q4": 1_000_000}, "required"),
        ({"role": "intermediary"}, "unknown"),
        ({"role": "intermediary", "korean_address": True}, "not_required"),
        ({"role": "seller", "revenue_krw_prior_year": 9_000_000_000_000}, "not_required"),
        ({"role": "board_provider", "revenue_krw_prior_year": 9_000_000_000_000}, "not_required"),
    ],
)
def test_a_large_intermediary_abroad_answers_takedown_recommendations(
    facts: dict[str, Any], said: str
) -> None:
    duty = under("PSF", **facts)
    assert (duty.answer, duty.article, duty.of_agent) == (said, "PSF 10-2", False)


def test_revenue_in_any_currency_counts_at_the_average_rate_of_the_year_before() -> None:
    dollars = {"amount": 800_000_000, "currency": "USD", "avg_rate_prior_year": 1_300, "spot_rate": 1_200}
    assert under("PSF", role="intermediary", revenue_foreign=dollars).answer == "required"
    assert (
        under("PSF", role="intermediary", revenue_foreign={**dollars, "amount": 700_000_000}).answer
        == "unknown"
    )


@pytest.mark.parametrize("missing", ["amount", "avg_rate_prior_year"])
def test_foreign_revenue_told_in_part_is_not_known(missing: str) -> None:
    dollars = {"amount": 800_000_000, "currency": "USD", "avg_rate_prior_year": 1_300}
    told = {key: value for key, value in dollars.items() if key != missing}
    for regime in ("PSF", "PIPA"):
        duty = under(regime, role="intermediary", revenue_foreign=told)
        assert (duty.answer, duty.limbs[1].met) == ("unknown", "unknown")


def test_before_the_law_on_overseas_goods_nobody_answers_recommendations() -> None:
    duty = under("PSF", date(2026, 6, 2), role="intermediary", revenue_krw_prior_year=9_000_000_000_000)
    assert duty.answer == "not_required"


def test_a_duty_without_an_agent_names_no_company_for_one() -> None:
    facts = {
        "role": "intermediary",
        "revenue_krw_prior_year": 9_000_000_000_000,
        "korean_company": "Lumibay Korea",
    }
    assert under("PSF", **facts).company is None
    assert under("PIPA", **facts).company == "Lumibay Korea"
