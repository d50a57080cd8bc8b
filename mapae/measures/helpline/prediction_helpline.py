"""The finding of one complaint as the answer of a labelled case."""

from __future__ import annotations

from typing import Any

from mapae.model.finding import Finding

__all__ = ["predict"]


def predict(findings: list[Finding]) -> dict[str, Any]:
    """`{"category", "operator", "responsible", "rights", "withdrawal_deadline", "hazard"}` of the message's one finding."""
    finding = findings[0]
    told = [reason.matched for reason in finding.reasons if not reason.seen]
    right, last = next(word.split(":")[1:] for word in told if word.startswith("right:"))
    return {
        "category": finding.reference_id.removeprefix("category:"),
        "operator": finding.operator,
        "responsible": next(word.split(":")[1] for word in told if word.startswith("responsible:")),
        "rights": [right],
        "withdrawal_deadline": last or None,
        "hazard": "hazard" in told,
    }
