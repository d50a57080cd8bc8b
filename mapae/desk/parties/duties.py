"""Decides an operator's duties, to have a local agent and to answer takedown recommendations; every change is history."""

from __future__ import annotations

from datetime import date
from typing import Any

from mapae.app.law import Duty, duties
from mapae.desk import clock
from mapae.desk.law import book
from mapae.desk.parties.models import DutyDecision, Operator, OperatorFact

__all__ = ["ANSWERS", "decide", "known_facts", "latest"]

# what is kept → words
ANSWERS = {
    "yes": {"ko": "의무 있음", "en": "has the duty", "zh": "有义务"},
    "no": {"ko": "의무 없음", "en": "has no duty", "zh": "无义务"},
    "unknown": {"ko": "판단 자료 부족", "en": "not known", "zh": "资料不足"},
    "not_in_force": {"ko": "아직 시행 전", "en": "not in force yet", "zh": "尚未施行"},
}
_KEPT = {"required": "yes", "not_required": "no", "unknown": "unknown"}


def decide(operator: Operator, on: date) -> list[DutyDecision]:
    """Ask the law for that day; keep an answer under each law that differs from the one before. The newest ones.

    decided_at: since when the answer is what it is; as_of: the last day for which the law was asked.
    """
    before = latest(operator)
    facts = known_facts(operator, on)
    for duty in duties(book(), _told(operator, facts), on):
        found = _decision(operator, duty, facts, on)
        old = before.get(duty.regime)
        if old is None or _content(old) != _content(found):
            found.save()
            before[duty.regime] = found
        elif old.as_of < on:
            old.as_of = on
            old.save(update_fields=["as_of"])
    return [before[regime] for regime in sorted(before)]


def latest(operator: Operator) -> dict[str, DutyDecision]:
    """The newest decision of each regime."""
    found: dict[str, DutyDecision] = {}
    for decision in operator.duties.order_by("regime", "-decided_at", "-id"):
        found.setdefault(decision.regime, decision)
    return found


def known_facts(operator: Operator, on: date) -> dict[str, OperatorFact]:
    """Facts that count on the day and are known, by name."""
    found: dict[str, OperatorFact | None] = {}
    for fact in operator.facts.filter(as_of__lte=on).order_by("name", "-as_of", "-id"):
        found.setdefault(fact.name, None if fact.value is None else fact)
    return {name: fact for name, fact in found.items() if fact is not None}


def _told(operator: Operator, facts: dict[str, OperatorFact]) -> dict[str, Any]:
    """What the duty question takes: facts of who may be an agent belong to another question."""
    questions = book().pack.data("questions.yaml")
    forms = [*questions["agent_duty"]["facts"].values(), questions["in_scope"]["facts"]["PSF"]]
    asked = {"korean_company"}.union(*forms)
    told: dict[str, Any] = {name: fact.value for name, fact in facts.items() if name in asked}
    if not operator.overseas:
        told.setdefault("korean_address", True)
    return told | {"name": str(operator), "role": operator.role}


def _decision(operator: Operator, duty: Duty, facts: dict[str, OperatorFact], on: date) -> DutyDecision:
    in_force = book().provision(duty.article, on) is not None
    return DutyDecision(
        operator=operator,
        regime=duty.regime,
        article=duty.article,
        answer=_KEPT[duty.answer] if in_force else "not_in_force",
        limbs=[_limb(operator, limb, facts) for limb in duty.limbs],
        reasons=list(duty.reasons),
        company=duty.company or "",
        as_of=on,
        pack_hash=book().pack.hash[:16],
        decided_at=clock.now(),
    )


def _limb(operator: Operator, limb: Any, facts: dict[str, OperatorFact]) -> dict[str, Any]:
    """The limb with the source and day of its fact."""
    fact = facts.get(limb.fact)
    source = fact.source if fact else ""
    return {
        "fact": limb.fact,
        "value": limb.value,
        "threshold": limb.threshold,
        "met": limb.met,
        "source": source,
        "as_of": fact.as_of.isoformat() if fact else "",
    }


def _content(decision: DutyDecision) -> tuple[Any, ...]:
    return decision.answer, decision.limbs, decision.reasons, decision.company
