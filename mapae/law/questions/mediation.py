"""The state and effect of a mediation (CON 67), and what a consent decision admits (ECA 32-2(4))."""

from __future__ import annotations

from mapae.law.questions.case import Case
from mapae.law.questions.spans import period_end

__all__ = ["admission", "effect", "outcome"]


def outcome(case: Case) -> str:
    """Refused in time: not accepted; silence or a late answer after fifteen days: accepted; else pending."""
    last = period_end(case, "con.67.answer_period", case.day("notified_on"))
    answered = case.facts.get("answered_on")
    refused = case.facts.get("answer") == "refused"
    if refused and (answered is None or answered <= min(last, case.as_of)):
        return "not_accepted"
    return "accepted" if case.as_of > last else "pending"


def effect(case: Case) -> str:
    """An accepted mediation has the effect of a settlement in court (CON 67(4))."""
    return str(case.rule("con.67.effect")[case.facts.get("outcome", "accepted")])


def admission(case: Case) -> str:
    """A consent decision neither finds nor admits a breach (ECA 32-2(4))."""
    case.law("eca.32-2.consent_decision")
    return "no"
