"""What an operator itself stated of a commitment, for everybody: only figures that name where they were published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mapae.desk.agreements.models import OperatorEvent
from mapae.desk.parties.models import Operator
from mapae.measures.agreements.score import Declared, Score

__all__ = ["with_stated"]


def with_stated(found: dict[Operator, list[Score]], as_of: date) -> dict[Operator, list[Score]]:
    """The scores with what their operators had stated until that day, each held against the interval."""
    rows = OperatorEvent.objects.filter(operator__in=found, event="declared", value__isnull=False)
    told: dict[tuple[int, str], list[OperatorEvent]] = {}
    for row in rows.exclude(source="").filter(at__lt=f"{as_of.isoformat()}T99").order_by("at", "pk"):
        told.setdefault((row.operator_id, row.subject_id), []).append(row)
    return {
        operator: [_beside(score, operator.pk, told) for score in scores]
        for operator, scores in found.items()
    }


def _beside(score: Score, operator: int, told: dict[tuple[int, str], list[OperatorEvent]]) -> Score:
    names = (score.commitment.key, f"{score.agreement.key}:{score.commitment.key}")
    rows = [row for name in names for row in told.get((operator, name), ())]
    return replace(score, declared=tuple(_declared(score, row) for row in rows))


def _declared(score: Score, row: OperatorEvent) -> Declared:
    stated = float(row.value or 0)
    value = stated / 100 if score.commitment.metric != "time" and stated > 1 else stated
    inside = score.low <= value <= score.high if score.n else None
    return Declared(value, row.n, date.fromisoformat(row.at[:10]), row.source, inside)
