"""The operator of a case in short: duties by regime, who acts for it today, where it can be served."""

from __future__ import annotations

from datetime import date
from typing import Any

from mapae.desk.law import said
from mapae.desk.officer.cases_links import link
from mapae.desk.parties.models import DutyDecision, Operator

__all__ = ["operator_view"]

_ANSWERS = {
    "yes": {"ko": "의무 있음", "en": "has the duty"},
    "no": {"ko": "의무 없음", "en": "has no duty"},
    "unknown": {"ko": "판단 자료 부족", "en": "not known"},
    "not_in_force": {"ko": "아직 시행 전", "en": "not in force yet"},
}


def operator_view(operator: Operator, today: date) -> dict[str, Any]:
    """What the case page shows of its operator on that day."""
    mandates = [each for each in operator.mandates.select_related("firm") if each.live(today)]
    return {
        "operator": operator,
        "url": link("operator", operator.key) or link("operator", operator.pk),
        "duties": [
            (each.regime, each.article, _words(each.answer), each.as_of) for each in _latest(operator)
        ],
        "mandates": mandates,
        "consents": [each for each in operator.consents.all() if each.holds(today)],
    }


def _latest(operator: Operator) -> list[DutyDecision]:
    """The newest decision of each regime."""
    found: dict[str, DutyDecision] = {}
    for decision in operator.duties.all()[:200]:
        found.setdefault(decision.regime, decision)
    return list(found.values())


def _words(answer: str) -> str:
    return said(_ANSWERS.get(answer, {"en": answer.replace("_", " ")}))
