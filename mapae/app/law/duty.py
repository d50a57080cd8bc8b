"""Which operators must appoint a domestic agent or answer takedown recommendations, under which law, limb by limb."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mapae.errors import InputError
from mapae.law import LawBook
from mapae.law.questions import answer
from mapae.pack.checks import near

__all__ = ["LIMBS", "Duty", "Limb", "duties", "facts_of"]

# Each limb: the fact (the first given counts) and the parameter it is held against; no parameter: a yes/no fact.
LIMBS: dict[str, tuple[tuple[tuple[str, ...], str | None], ...]] = {
    "ECA": (
        (("revenue_krw_prior_year",), "eca.20-5.revenue_threshold"),
        (("consumers_monthly_avg_q4",), "eca.20-5.consumers_threshold"),
        (("data_demand",), None),
    ),
    "PIPA": (
        (("revenue_krw_prior_year", "revenue_foreign"), "pipa.31-2.revenue_threshold"),
        (("data_subjects_daily_avg_q4",), "pipa.31-2.data_subjects_threshold"),
        (("pipc_resolution",), None),
    ),
    "NET": (
        (("revenue_krw_prior_year",), "net.32-5.revenue_threshold"),
        (("it_service_revenue_krw_prior_year",), "net.32-5.service_revenue_threshold"),
        (("data_demand",), None),
    ),
    "TBA": (
        (("users_daily_avg_q4",), "tba.22-8.users_threshold"),
        (("traffic_share_pct",), "tba.22-8.traffic_threshold"),
    ),
    "PSF": (
        (("revenue_krw_prior_year",), "psf.3.revenue_threshold"),
        (("consumers_monthly_avg_q4",), "psf.3.consumers_threshold"),
    ),
}
ARTICLES = {"ECA": "ECA 20-5", "PIPA": "PIPA 31-2", "NET": "NET 32-5", "TBA": "TBA 22-8", "PSF": "PSF 10-2"}
# no agent is due under this one: whether recommendations may be addressed to the operator, who must then report on them
SCOPE = {"PSF": {"yes": "required", "no": "not_required", "unknown": "unknown"}}
# what an operator is under a law that knows one role only; the role in trade (ECA, PSF) is to be told
ROLES = {"PIPA": "controller", "NET": "information_service_provider", "TBA": "value_added_telecom"}
OWN = frozenset({"name", "role", "roles", "korean_company"})


@dataclass(frozen=True, slots=True)
class Limb:
    """One criterion: the fact and its value, the threshold, whether it is met (yes, no, unknown)."""

    fact: str
    value: Any
    threshold: Any
    met: str


@dataclass(frozen=True, slots=True)
class Duty:
    """The answer for an operator under one law, and what it rests on. company: the one that must be the agent."""

    operator: str
    regime: str
    article: str
    answer: str
    limbs: tuple[Limb, ...]
    reasons: tuple[str, ...]
    company: str | None

    @property
    def of_agent(self) -> bool:
        """Whether it is the duty to appoint an agent."""
        return self.regime not in SCOPE


def duties(
    book: LawBook, operator: Mapping[str, Any], as_of: date, *, draft: str | None = None
) -> list[Duty]:
    """The duty under every law that knows agents, and under the one on takedowns; FactError for a fact no law knows.

    draft: the announced draft by which the ECA's thresholds are read; without it they are not known.
    """
    name = str(operator.get("name", "operator"))
    _refuse_unknown(book, operator, name)
    return [_duty(book, operator, name, regime, as_of, draft) for regime in LIMBS]


def _duty(
    book: LawBook, operator: Mapping[str, Any], name: str, regime: str, as_of: date, draft: str | None
) -> Duty:
    facts = facts_of(book, operator, regime)
    if draft and regime == "ECA":
        facts.setdefault("threshold_source", draft)
    scope = SCOPE.get(regime)
    found = answer("in_scope" if scope else "agent_duty", regime, facts, as_of, book, where=name)
    said = scope[found.value] if scope else found.value
    limbs = (_abroad(facts), *(_limb(book, facts, names, key, as_of) for names, key in LIMBS[regime]))
    agent = regime != "NET" and scope is None
    company = operator.get("korean_company") if said != "not_required" and agent else None
    return Duty(
        name,
        regime,
        ARTICLES[regime],
        said,
        limbs,
        found.reasons,
        None if company is None else str(company),
    )


def facts_of(book: LawBook, operator: Mapping[str, Any], regime: str) -> dict[str, Any]:
    """The operator's facts that a law asks for, with its role under it."""
    known = _known(book)[regime]
    facts = {key: value for key, value in operator.items() if key in known and key != "role"}
    roles = operator.get("roles") or {}
    role = roles.get(regime) or ROLES.get(regime) or operator.get("role")
    if role and regime in SCOPE and role != "intermediary":
        role = "seller"  # that law asks only whether the operator is an intermediary
    if regime in SCOPE and (won := _won(facts.pop("revenue_foreign", None))) is not None:
        facts.setdefault("revenue_krw_prior_year", won)  # of whatever currency
    return facts | ({"role": role} if role else {})


def _won(foreign: Any) -> int | None:
    """Foreign money in won at the prior year's average rate; None where amount or rate is not told."""
    told = foreign if isinstance(foreign, Mapping) else {}
    amount, rate = told.get("amount"), told.get("avg_rate_prior_year")
    return None if amount is None or rate is None else round(float(rate) * float(amount))


def _abroad(facts: Mapping[str, Any]) -> Limb:
    address = facts.get("korean_address")
    return Limb("korean_address", address, None, "unknown" if address is None else "no" if address else "yes")


def _limb(
    book: LawBook, facts: Mapping[str, Any], names: tuple[str, ...], key: str | None, as_of: date
) -> Limb:
    name = next((item for item in names if item in facts), names[0])
    value = facts.get(name)
    if isinstance(value, Mapping):
        value = _won(value)
    if key is None:
        return Limb(name, value, None, "unknown" if value is None else "yes" if value else "no")
    threshold = book.value(key, as_of, draft=True)
    if value is None or threshold is None:
        return Limb(name, value, threshold, "unknown")
    return Limb(name, value, threshold, "yes" if float(value) >= float(threshold) else "no")


def _known(book: LawBook) -> dict[str, frozenset[str]]:
    questions = book.pack.data("questions.yaml")
    forms = {
        **questions["agent_duty"]["facts"],
        **{key: questions["in_scope"]["facts"][key] for key in SCOPE},
    }
    return {regime: frozenset(forms[regime]) for regime in LIMBS}


def _refuse_unknown(book: LawBook, operator: Mapping[str, Any], name: str) -> None:
    known = OWN.union(*_known(book).values())
    for key in operator:
        if key not in known:
            raise InputError(f"unknown fact {key!r}", where=f"{name}.{key}", mend=near(str(key), known))
