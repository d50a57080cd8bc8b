"""Lawful steps in redress and mediation under the Framework Act on Consumers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mapae.law.questions.case import Case
from mapae.law.questions.spans import period_end

__all__ = ["RULES"]


def _collective_mediation(case: Case) -> bool:
    """Fifty consumers without those settled, in other mediation or in court, and a common issue (COND 56)."""
    left = case.count("consumers") - sum(
        map(case.count, ("already_settled", "in_other_mediation", "in_court"))
    )
    case.note(f"{left} consumers remain")
    return left >= case.rule("con.68.collective_consumers") and not case.lacks("common_issue")


def _single_mediator(case: Case) -> bool:
    """Applied for since the track is law, and all parties agree (CON 63-3(1)3; Act 21444, addendum 3)."""
    applied: date = case.facts.get("applied_on", case.as_of)
    since = case.law("con.63-3.single_mediator") and case.law("con.63-3.single_mediator", applied)
    return bool(since) and case.yes("both_consent")


def _extend_redress(case: Case) -> bool:
    """A case that needs a test, sixty days at most; since 2026-09-11 reason and last day are told (CON 58(2))."""
    told = case.law("con.58.extension_notice") is None or not case.lacks("reason_and_date_told")
    ground = case.yes("needs_test") or not {"needs_test", "field"} & case.facts.keys()
    return ground and told and case.count("extend_days") <= case.rule("con.58.extension_max")


def _trader_refers(case: Case) -> bool:
    """Thirty days have passed without agreement, or the consumer agrees (CON 55(3)1, 2)."""
    if case.yes("consumer_agrees"):
        case.cite("CON 55(3)2")
        return True
    asked = case.facts.get("consumer_request_on")
    return asked is not None and bool(case.as_of > period_end(case, "con.55.trader_wait", asked))


RULES: dict[tuple[str, str], Callable[[Case], bool]] = {
    ("CON", "collective_mediation"): _collective_mediation,
    ("CON", "single_mediator"): _single_mediator,
    ("CON", "extend_redress"): _extend_redress,
    ("CON", "trader_refers_to_kca"): _trader_refers,
}
