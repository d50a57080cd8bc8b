"""May this person be the domestic agent, and whose breach is the agent's? (ECA 20-5(2)(4), PIPA 31-2(2), NET, TBA)."""

from __future__ import annotations

from mapae.law.questions.case import Case, Known, at_least, either, every, neither, three_words

__all__ = ["agent_eligible", "attributed_to"]

# the facts that show a Korean company of the operator; NET 32-5(2) has no such rule
_COMPANY_RULE = {
    "ECA": "eca.20-5.company_rule",
    "PIPA": "pipa.31-2.company_rule",
    "TBA": "tba.22-8.company_rule",
}


def agent_eligible(case: Case) -> str:
    """An address in Korea, and one of the operator's own Korean companies where it has any."""
    if case.regime == "ECA" and case.law("eca.20-5.company_rule") is None:
        return "yes"  # nobody is barred before the article is law
    address = case.known("named_korean_address")
    key = _COMPANY_RULE.get(case.regime)
    if key is None or case.law(key) is None:
        case.cite(f"{case.regime}: an address in Korea is enough")
        return three_words(address, "yes", "no")
    named = case.facts.get("named")
    own = None if named is None else named in ("founded_korean_company", "dominated_korean_company")
    return three_words(every(address, either(own, neither(_has_company(case)))), "yes", "no")


def _has_company(case: Case) -> Known:
    """Whether a Korean company exists that the operator founded or dominates (PIPD 32-3(3) for PIPA)."""
    founded = case.known("founded_korean_company")
    if case.regime != "PIPA":
        return either(founded, case.known("dominated_korean_company"))
    return either(
        founded,
        at_least(case.facts.get("capital_share_pct"), case.law("pipa.31-2.capital_share")),
        at_least(case.facts.get("officers_appointed_pct"), case.law("pipa.31-2.officers_share")),
        case.known("appoints_ceo"),
    )


def attributed_to(case: Case) -> str:
    """The agent's breach within its tasks counts as the operator's (ECA 20-5(4)); before that law, as its own."""
    return "operator" if case.law("eca.20-5.attribution") else "agent"
