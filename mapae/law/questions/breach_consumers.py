"""Breaches towards consumers in electronic commerce: complaints, withdrawal, interfaces, subscriptions, reviews."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from mapae.law.questions.case import Case
from mapae.law.questions.spans import period_end

__all__ = ["RULES"]


def _complaint_progress(case: Case) -> bool:
    """The consumer was not told the progress within three business days (ECD 25-2 no. 3)."""
    last: date = period_end(case, "eca.20.complaint_progress_period", case.day("received_on"))
    told: date | None = case.facts.get("told_on")
    if told is None or told > case.as_of:
        return case.as_of > last
    return told > last


def _withdrawal_penalty(case: Case) -> bool:
    """A penalty or damages are asked because of the withdrawal (ECA 18(9))."""
    return bool(case.number("penalty_pct") > case.rule("eca.18.penalty_allowed"))


def _nagging(case: Case) -> bool:
    """The consumer cannot mute the repeated request for seven days or more (ECA 21-2(1)5, ECD 27-2)."""
    days = case.law("eca.21-2.mute_period")
    return days is not None and case.count("mute_days") < days


def _leaving_harder(case: Case) -> bool:
    """Leaving is possible only by another way than joining, without a good reason (ECA 21-2(1)4 나)."""
    rule = case.law("eca.21-2.other_way_only") is not None
    return rule and case.facts.get("leave") == "phone_only" and not case.yes("good_reason")


def _subscription_rise(case: Case) -> bool:
    """Consent within the thirty days before the rise, and notice of how to cancel (ECA 13(6), ECD 20-2).

    Counts for rises since the article is law (Act 20302, addendum 2); the day of the rise is not before it.
    """
    rise, consent = case.facts.get("rise_on"), case.facts.get("consent_on")
    days = case.law("eca.13.subscription_window", rise)
    if rise is None or days is None or rise > case.as_of:
        return False
    in_window = consent is not None and rise - timedelta(days=days) <= consent < rise
    return not in_window or case.lacks("notice")


def _review_rules(case: Case) -> bool:
    """How reviews are collected and handled is not published (ECA 21-4(1))."""
    return case.law("eca.21-4.review_rules") is not None and not case.yes("published_rules")


RULES: dict[tuple[str, str], Callable[[Case], bool]] = {
    ("ECA", "complaint_progress"): _complaint_progress,
    ("ECA", "withdrawal_penalty"): _withdrawal_penalty,
    ("ECA", "nagging"): _nagging,
    ("ECA", "leaving_harder"): _leaving_harder,
    ("ECA", "subscription_rise"): _subscription_rise,
    ("ECA", "review_rules"): _review_rules,
}
