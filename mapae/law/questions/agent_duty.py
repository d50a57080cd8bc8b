"""Must the operator appoint a domestic agent? (ECA 20-5(1), PIPA 31-2(1), NET 32-5(1), TBA 22-8(1)); PSF and LRD scope."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from mapae.law.questions.case import Case, Known, at_least, either, every, neither, three_words

__all__ = ["agent_duty", "in_scope"]


def agent_duty(case: Case) -> str:
    """`required`, `not_required`, or `unknown` where a fact that is not given could change it."""
    return three_words(_DUTY[case.regime](case), "required", "not_required")


def in_scope(case: Case) -> str:
    """Whether the operator is an overseas intermediary (PSF 3 no. 5) or a large retailer (LRD 2 no. 1)."""
    return three_words(_SCOPE[case.regime](case), "yes", "no")


def won(case: Case) -> Fraction | None:
    """Revenue of the prior year in won; foreign money at the prior year's average rate (PIPD 32-3(2), PSFD 1-2(2))."""
    if "revenue_krw_prior_year" in case.facts:
        return Fraction(case.facts["revenue_krw_prior_year"])
    foreign = case.facts.get("revenue_foreign") or {}
    amount, rate = foreign.get("amount"), foreign.get("avg_rate_prior_year")
    if amount is None or rate is None:
        return None
    case.note(f"revenue {amount} × {float(rate)} = {float(amount * rate):.0f} won")
    return Fraction(amount * rate)


def _abroad(case: Case, roles_key: str) -> Known:
    """The role is one of those covered and there is no address in Korea; False before the rule is law."""
    roles = case.law(roles_key)
    if roles is None:
        return False
    role = case.facts.get("role")
    return every(None if role is None else role in roles, neither(case.known("korean_address")))


def _ecommerce(case: Case) -> Known:
    covered = _abroad(case, "eca.20-5.roles")
    if covered is False:
        return False
    if "threshold_source" not in case.facts:
        case.note("the decree with the thresholds was not seen and no draft is named")
        return None
    limbs = either(
        at_least(won(case), case.law("eca.20-5.revenue_threshold", draft=True)),
        at_least(
            case.facts.get("consumers_monthly_avg_q4"), case.law("eca.20-5.consumers_threshold", draft=True)
        ),
        case.known("data_demand"),
    )
    return every(covered, limbs)


def _privacy(case: Case) -> Known:
    limbs = either(
        at_least(won(case), case.law("pipa.31-2.revenue_threshold")),
        at_least(case.facts.get("data_subjects_daily_avg_q4"), case.law("pipa.31-2.data_subjects_threshold")),
        case.known("pipc_resolution"),
    )
    return every(_abroad(case, "pipa.31-2.roles"), limbs)


def _network(case: Case) -> Known:
    total, service = won(case), case.facts.get("it_service_revenue_krw_prior_year")
    threshold = case.law("net.32-5.service_revenue_threshold")
    by_service = at_least(service, threshold)
    if service is None and at_least(total, threshold) is False:
        by_service = False  # a division cannot earn more than the whole
    limbs = either(
        at_least(total, case.law("net.32-5.revenue_threshold")),
        by_service,
        every(case.known("serious_incident"), case.known("data_demand")),
    )
    return every(_abroad(case, "net.32-5.roles"), limbs)


def _telecom(case: Case) -> Known:
    return every(
        _abroad(case, "tba.22-8.roles"),
        at_least(case.facts.get("users_daily_avg_q4"), case.law("tba.22-8.users_threshold")),
        at_least(case.facts.get("traffic_share_pct"), case.law("tba.22-8.traffic_threshold")),
    )


def _overseas_intermediary(case: Case) -> Known:
    limbs = either(
        at_least(won(case), case.law("psf.3.revenue_threshold")),
        at_least(case.facts.get("consumers_monthly_avg_q4"), case.law("psf.3.consumers_threshold")),
    )
    return every(_abroad(case, "psf.3.roles"), limbs)


def _large_retailer(case: Case) -> Known:
    sales = case.law("lrd.2.sales_threshold")
    limbs = either(
        at_least(case.facts.get("retail_sales_krw_prior_year"), sales),
        at_least(case.facts.get("floor_m2"), case.law("lrd.2.floor_threshold")),
    )
    return every(sales is not None, case.known("buys_and_resells"), limbs)


_DUTY: dict[str, Callable[[Case], Known]] = {
    "ECA": _ecommerce,
    "PIPA": _privacy,
    "NET": _network,
    "TBA": _telecom,
}
_SCOPE: dict[str, Callable[[Case], Known]] = {"PSF": _overseas_intermediary, "LRD": _large_retailer}
