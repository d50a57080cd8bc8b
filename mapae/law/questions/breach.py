"""Is there a breach on the day? One rule a kind; the agents' and the consumers' rules have files of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

from mapae.law.questions import breach_agents, breach_consumers
from mapae.law.questions.case import Case, yes_no

__all__ = ["breach"]


def breach(case: Case) -> str:
    """`yes` or `no`; `no` before the rule is law."""
    return yes_no(_RULES[case.regime, case.word](case))


def _local_publication(case: Case) -> bool:
    """A local body tells the ministry five days before it publishes, or at once if urgent (PSFD 17-2(2))."""
    published, told = case.facts.get("published_on"), case.facts.get("told_ministry_on")
    days = case.law("psf.15-2.notice_period")
    if days is None or published is None or published > case.as_of:
        return False
    if told is None:
        return True
    return bool(told > published - timedelta(days=0 if case.yes("urgent") else days))


def _unmarked_brokerage(case: Case) -> bool:
    """Goods without the mark are brokered and not all measures of the safe harbour are there (KID 30)."""
    measures = case.law("kid.30.safe_harbour")
    return measures is not None and case.yes("brokered_unmarked") and not all(map(case.yes, measures))


def _redress_extension(case: Case) -> bool:
    """Extended without ground, beyond sixty days, or (since Act 21444) without telling why and until when (CON 58(2))."""
    extended_on = case.facts.get("extended_on", case.as_of)
    must_tell = case.law("con.58.extension_notice", extended_on) is not None
    return (
        case.lacks("needs_test")
        or case.count("extend_days") > case.rule("con.58.extension_max")
        or (must_tell and case.lacks("reason_and_date_told"))
    )


def _promotion_share(case: Case) -> bool:
    """More than half, or no written agreement before; free where the supplier itself asked (LRD 11(1)(2)(4)(5))."""
    share, limit = case.number("supplier_share_pct"), case.law("lrd.11.supplier_share")
    if limit is None or case.yes("supplier_asked") or share == 0:
        return False
    return share > limit or case.lacks("written_agreement_before")


def _advert_message(case: Case) -> bool:
    """No consent; or between 21:00 and 08:00 no separate consent (NET 50(1)(3))."""
    night = case.rule("net.50.night")
    sent = case.facts.get("sent_at")
    from_, until = time.fromisoformat(night["from"]), time.fromisoformat(night["until"])
    at_night = sent is not None and (sent >= from_ or sent < until)
    return case.lacks("consent") or (at_night and not case.yes("night_consent"))


def _illegal_drug_notice(case: Case) -> bool:
    """Illegal sale was found and the ministry was not told at once (PHA 61-2(4))."""
    duty = case.law("pha.61-2.tell_ministry") is not None
    return duty and case.yes("platform_found_illegal_drug_sale") and not case.yes("told_mfds")


_RULES: dict[tuple[str, str], Callable[[Case], bool]] = {
    **breach_agents.RULES,
    **breach_consumers.RULES,
    ("PSF", "local_publication"): _local_publication,
    ("KID", "unmarked_brokerage"): _unmarked_brokerage,
    ("CON", "redress_extension"): _redress_extension,
    ("LRD", "promotion_share"): _promotion_share,
    ("NET", "advert_message"): _advert_message,
    ("PHA", "illegal_drug_notice"): _illegal_drug_notice,
}
