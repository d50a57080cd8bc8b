"""Is the act lawful on its day? One rule an action; those of redress and mediation have a file of their own."""

from __future__ import annotations

from collections.abc import Callable

from mapae.law.questions import allowed_redress
from mapae.law.questions.case import Case, yes_no
from mapae.law.questions.deadline import withdrawal_end
from mapae.law.questions.spans import anniversary

__all__ = ["allowed"]


def allowed(case: Case) -> str:
    """`yes` or `no`; `no` before the power is law."""
    return yes_no(_RULES[case.regime, case.word](case))


def _withdraw(case: Case) -> bool:
    """A consumer's deal with a business, not excluded, declared in time (ECA 3(1)(3), 17)."""
    if case.facts.get("seller_is_business") is False or case.facts.get("buyer_purpose") == "resale":
        case.cite("ECA 3(1)(3)")
        return False
    return not _excluded(case) and _in_time(case)


def _excluded(case: Case) -> bool:
    """ECA 17(2): nos. 2 to 5 only where the seller took the measure of 17(6); no. 6 with all its conditions (ECD 21)."""
    after_measure = case.rule("eca.17.exclusions_after_measure")
    if not case.lacks("seller_took_17_6_measure") and any(map(case.yes, after_measure)):
        return True
    return all(map(case.yes, case.rule("eca.17.made_to_order_conditions")))


def _in_time(case: Case) -> bool:
    """Before the end of the period; goods not delivered yet leave it open; writing counts when sent (17(4))."""
    if "delivered_on" not in case.facts:
        return True
    end = withdrawal_end(case)
    return end is None or case.facts.get("written_notice_sent_on", case.as_of) <= end


def _keep_trade_record(case: Case) -> bool:
    """For the time of retention also against a withdrawn consent (ECA 6(2), ECD 6(1))."""
    months = case.rule("eca.6.retention").get(case.facts.get("record"), 0)
    return not case.yes("consumer_withdrew_consent") or case.count("age_months") <= months


def _order_suspension(case: Case) -> bool:
    """At most a year; for repetition only where the same breach came within three years of the order (ECA 32(4)1)."""
    if case.count("months") > case.rule("eca.32.suspension_max"):
        return False
    order, again = case.facts.get("order_on"), case.facts.get("same_breach_on")
    if case.facts.get("ground") != "repeat" or order is None or again is None:
        return True
    return bool(order <= again <= min(case.as_of, anniversary(order, case.rule("eca.32.repeat_window"))))


def _close_comment_period(case: Case) -> bool:
    days = case.law("eca.32-2.comment_period")
    return days is not None and case.count("comment_days") >= days


def _ecommerce_consent(case: Case) -> bool:
    """In force, and the application stands (ECA 32-2(1))."""
    return case.law("eca.32-2.consent_decision") is not None and not case.yes("application_withdrawn")


def _fair_trade_consent(case: Case) -> bool:
    """Not for cartels (MRF 89(1)1)."""
    return case.facts.get("conduct") not in case.rule("mrf.89.excluded_conduct")


def _impose_surcharge(case: Case) -> bool:
    """Within seven years of the end of the breach; the clock stops during a consent procedure (MRF 80(4), 90(10))."""
    ended = case.facts.get("ended_on")
    if ended is None or (case.yes("consent_application") and case.law("mrf.90.clock_stops")):
        return True
    return case.as_of <= anniversary(ended, case.rule("mrf.80.limitation"))


_RULES: dict[tuple[str, str], Callable[[Case], bool]] = {
    **allowed_redress.RULES,
    ("ECA", "withdraw"): _withdraw,
    ("ECA", "keep_trade_record"): _keep_trade_record,
    ("ECA", "order_suspension"): _order_suspension,
    ("ECA", "close_comment_period"): _close_comment_period,
    ("ECA", "consent_decision"): _ecommerce_consent,
    ("MRF", "consent_decision"): _fair_trade_consent,
    ("MRF", "impose_surcharge"): _impose_surcharge,
}
