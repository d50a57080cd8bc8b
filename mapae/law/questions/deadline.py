"""The last day (or moment) on which it is still in time: most kinds are a row of the table, some a rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from mapae.errors import FactError
from mapae.law.questions.case import Case
from mapae.law.questions.spans import period_end

__all__ = ["deadline", "withdrawal_end"]

# regime and kind → the fact that starts the period, the parameter that measures it
_PERIODS: dict[tuple[str, str], tuple[str, str]] = {
    ("ECA", "refund_not_supplied"): ("paid_on", "eca.15.refund_not_supplied_period"),
    ("ECA", "complaint_progress"): ("received_on", "eca.20.complaint_progress_period"),
    ("ECA", "complaint_result"): ("received_on", "eca.20.complaint_result_period"),
    ("ECA", "forward_redress_application"): ("requested_on", "eca.9-2.forward_period"),
    ("ECA", "interim_stop_objection"): ("order_received_on", "eca.32-4.objection_period"),
    ("ECA", "earliest_comment_end"): ("noticed_on", "eca.32-2.comment_period"),
    ("PSF", "takedown_report"): ("received_on", "psf.10-2.report_period"),
    ("PSF", "objection"): ("known_on", "psf.12.objection_period"),
    ("PSF", "accident_report"): ("known_at", "psf.13-2.report_period"),
    ("CON", "redress_agreement"): ("received_on", "con.58.agreement_period"),
    ("CON", "mediation"): ("applied_on", "con.66.mediation_period"),
    ("CON", "mediation_answer"): ("notified_on", "con.67.answer_period"),
    ("CON", "defect_report"): ("known_on", "con.47.defect_report_period"),
    ("PIPA", "access"): ("requested_on", "pipa.requests.access"),
    ("PIPA", "erasure"): ("requested_on", "pipa.requests.erasure"),
    ("PIPA", "automated_decision"): ("requested_on", "pipa.requests.automated_decision"),
    ("PIPA", "breach_notice_to_subjects"): ("known_at", "pipa.34.notice_period"),
    ("ADV", "proof_of_claims"): ("requested_on", "adv.5.proof_period"),
    ("LRD", "pay_supplier"): ("month_closing", "lrd.8.consignment_payment"),
    ("CUS", "prove_lawsuit"): ("notified_on", "cus.235.proof_period"),
    ("NET", "illegal_information_review"): ("requested_on", "net.44-7.review_period"),
}


def deadline(case: Case) -> str:
    """An ISO date, or an ISO moment to the minute where the period runs in hours."""
    rule = _RULES.get((case.regime, case.word))
    if rule is not None:
        return rule(case).isoformat()
    fact, key = _PERIODS[case.regime, case.word]
    end = period_end(case, key, case.day(fact))
    return end.isoformat(timespec="minutes") if isinstance(end, datetime) else str(end.isoformat())


def withdrawal_end(case: Case) -> date | None:
    """Last day of the withdrawal under ECA 17(1); None while the period has not begun.

    Seven days, or a longer agreed time, from the document or a later delivery (no. 1), from knowing the
    address where no proper document was received (no. 2), from the end of an obstruction (no. 3); the latest.
    """
    key = "eca.17.withdrawal_period"
    days = max(case.rule(key), case.count("agreed_days"))
    document, delivered = case.facts.get("contract_document_on"), case.facts.get("delivered_on")
    no_document = "contract_document_on" in case.facts and document is None
    address = case.facts.get("seller_address_known_on")
    starts = [case.facts.get("obstruction_ended_on"), address]
    if not no_document or address is not None:
        starts += [document, delivered]
    given = [start for start in starts if start is not None]
    return period_end(case, key, max(given), days) if given else None


def _withdrawal(case: Case) -> date:
    end = withdrawal_end(case)
    if end is None:
        raise FactError(
            "the period has not begun",
            where="seller_address_known_on",
            mend="give the day on which it begins",
        )
    return end


def _mismatch(case: Case) -> date:
    """Three months from delivery and thirty days from knowledge, whichever ends first (ECA 17(3))."""
    ends: list[date] = []
    if "delivered_on" in case.facts:
        ends.append(period_end(case, "eca.17.mismatch_period", case.day("delivered_on")))
    if "known_on" in case.facts or not ends:
        ends.append(period_end(case, "eca.17.mismatch_knowledge_period", case.day("known_on")))
    return min(ends)


def _refund(case: Case) -> date:
    """From the return of goods; from the withdrawal for services and where nothing was supplied (ECA 18(2))."""
    start = "withdrawn_on" if case.facts.get("supplied") else "goods_returned_on"
    return _end(case, "eca.18.refund_period", case.day(start))


def _supply(case: Case) -> date:
    """Three business days from payment (told, or with the order) if prepaid, else seven days from the order (ECA 15(1))."""
    if case.yes("prepaid") or "ordered_on" not in case.facts:
        return _end(case, "eca.15.supply_period_prepaid", case.day("paid_on", "ordered_on"))
    return _end(case, "eca.15.supply_period", case.day("ordered_on"))


def _objection_decision(case: Case) -> date:
    """Thirty days, extended by at most thirty more (PSF 12(2))."""
    extra = min(case.count("extended_days"), case.rule("psf.12.decision_extension"))
    key = "psf.12.decision_period"
    return _end(case, key, case.day("applied_on"), case.rule(key) + extra)


def _end(case: Case, key: str, start: Any, length: int | None = None) -> date:
    end: date = period_end(case, key, start, length)
    return end


_RULES: dict[tuple[str, str], Callable[[Case], date]] = {
    ("ECA", "withdrawal"): _withdrawal,
    ("ECA", "withdrawal_mismatch"): _mismatch,
    ("ECA", "refund"): _refund,
    ("ECA", "supply"): _supply,
    ("PSF", "objection_decision"): _objection_decision,
}
