"""Questions put to the law as of a day: a row's facts in, a bare answer with reasons and working out.

Every question is a pure function of its facts, the day and the law book; thresholds, dates and tables are
parameters of the pack, the words a question knows are in the pack's questions.yaml.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from mapae.errors import FactError
from mapae.law.book import LawBook
from mapae.law.questions import (
    age,
    agent_duty,
    agent_eligible,
    allowed,
    breach,
    customs,
    deadline,
    dominance,
    in_force,
    limit,
    max_krw,
    mediation,
    records,
    refund,
)
from mapae.law.questions.case import Answer, Case
from mapae.law.questions.vocabulary import Vocabulary
from mapae.pack import load_pack

__all__ = ["QUESTIONS", "Answer", "answer", "vocabulary"]

QUESTIONS: dict[str, Callable[[Case], Any]] = {
    "agent_duty": agent_duty.agent_duty,
    "in_scope": agent_duty.in_scope,
    "agent_eligible": agent_eligible.agent_eligible,
    "attributed_to": agent_eligible.attributed_to,
    "breach": breach.breach,
    "max_krw": max_krw.max_krw,
    "deadline": deadline.deadline,
    "allowed": allowed.allowed,
    "in_force": in_force.in_force,
    "in_force_from": in_force.in_force_from,
    "period_end": in_force.period_last_day,
    "interest_krw": refund.interest_krw,
    "payer": refund.payer,
    "retention_months": records.retention_months,
    "missing": records.missing,
    "report_required": records.report_required,
    "outcome": mediation.outcome,
    "effect": mediation.effect,
    "admission": mediation.admission,
    "presumed_dominant": dominance.presumed_dominant,
    "is_youth": age.is_youth,
    "guardian_consent": age.guardian_consent,
    "age_check_accepted": age.age_check_accepted,
    "child_product": age.child_product,
    "limit": limit.limit,
    "duty_free": customs.duty_free,
    "list_clearance": customs.list_clearance,
    "security_krw": customs.security_krw,
    "exempt": customs.exempt,
    "match": customs.match,
    "trademark_use": dominance.trademark_use,
    "applies": dominance.applies,
}


def vocabulary(pack: str = "kr") -> Vocabulary:
    """The pack's vocabulary of questions: facts, forms and words by question, regime and kind."""
    return Vocabulary(load_pack(pack).data("questions.yaml"))


def answer(
    question: str, regime: str, facts: Mapping[str, Any], as_of: date, book: LawBook, *, where: str = ""
) -> Answer:
    """The bare answer (a word, whole won or months, an ISO date or moment, a list) with reasons and working.

    FactError, placed at `where` (row, then key), for an unknown question, key or word, and for a fact without
    which there is no answer. Missing facts: see the README of the cases (nothing special happened; in open
    questions not known).
    """
    words = Vocabulary(book.pack.data("questions.yaml"))
    line, read = words.read(question, regime, facts, where)
    case = Case(regime, line.word, read, as_of, book)
    try:
        value = QUESTIONS[question](case)
    except FactError as error:
        place = ".".join(part for part in (where, error.where) if part)
        raise FactError(error.what, where=place, mend=error.mend) from error
    return Answer(value, tuple(case.used.values()), tuple(case.steps))
