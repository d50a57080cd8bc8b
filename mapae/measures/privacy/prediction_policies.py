"""The findings of one policy as the answer of a labelled case."""

from __future__ import annotations

from typing import Any

from mapae.measures.privacy.agent import PARTS
from mapae.model.finding import Finding

__all__ = ["predict"]


def predict(findings: list[Finding]) -> dict[str, Any]:
    """`{"items", "cross_border", "agent"}` with all keys."""
    status = {finding.reference_id: finding.reasons[0].matched for finding in findings}
    told = {
        reason.matched.split(":", 2)[1]: reason.matched.split(":", 2)[2]
        for finding in findings
        for reason in finding.reasons
        if reason.matched.startswith("agent:")
    }
    return {
        "items": {
            key.removeprefix("item:"): value for key, value in status.items() if key.startswith("item:")
        },
        "cross_border": {
            key.removeprefix("cross_border:"): value
            for key, value in status.items()
            if key.startswith("cross_border:")
        },
        "agent": {part: told.get(part) for part in PARTS} if told else None,
    }
