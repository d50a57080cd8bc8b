"""Breaches around the domestic agent: appointing, publishing, choosing and supervising it (ECA 20-5, PIPA 31-2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from mapae.law.questions.case import Case
from mapae.law.questions.vocabulary import read_day

__all__ = ["RULES"]


def _appointment(case: Case) -> bool:
    """The duty applies and no agent was appointed in writing (ECA 20-5(1))."""
    if case.law("eca.20-5.written_form") is None or case.lacks("agent_duty"):
        return False
    return not case.yes("appointed") or case.lacks("in_writing")


def _publication(case: Case) -> bool:
    """All items, first to the KFTC and then on the homepage, and both again after a change (ECA 20-5(3))."""
    items = case.law("eca.20-5.published_items")
    if items is None or case.lacks("agent_duty"):
        return False
    submitted, published = _done(case, "submitted_to_kftc_on"), _done(case, "published_on")
    if submitted is None or published is None or published < submitted:
        return True
    changed = _done(case, "agent_changed_on")
    if changed is not None and min(submitted, published) < changed:
        return True
    if case.facts.get("agent_type") == "corporation":
        items = [*items, *case.rule("eca.20-5.published_items_corporation")]
    shown = case.facts.get("published_fields")
    return shown is not None and not set(items) <= set(shown)


def _done(case: Case, key: str) -> date | None:
    """A day that lies not after as_of, else None: it has not happened yet."""
    day: date | None = case.facts.get(key)
    return day if day is not None and day <= case.as_of else None


def _eligibility_transition(case: Case) -> bool:
    """An outside agent although the operator founded a Korean company; six months for agents appointed before."""
    transition = case.law("pipa.31-2.transition")
    if transition is None or not case.yes("founded_korean_company"):
        return False
    appointed = case.facts.get("appointed_on")
    if appointed is not None and appointed > case.as_of:
        return False
    before = appointed is not None and appointed < read_day(transition["appointed_before"])
    return not (before and case.as_of <= read_day(transition["last_day"]))


def _supervision(case: Case) -> bool:
    """Trained at least once a year and checked in all three respects (PIPD 32-3(4))."""
    trainings = case.law("pipa.31-2.trainings_a_year")
    if trainings is None:
        return False
    untrained = case.facts.get("agent_trainings_last_year", trainings) < trainings
    return untrained or any(map(case.lacks, ("plan_checked", *case.rule("pipa.31-2.plan_checks"))))


RULES: dict[tuple[str, str], Callable[[Case], bool]] = {
    ("ECA", "agent_appointment"): _appointment,
    ("ECA", "agent_publication"): _publication,
    ("PIPA", "agent_eligibility_transition"): _eligibility_transition,
    ("PIPA", "agent_supervision"): _supervision,
}
