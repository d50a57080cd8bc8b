"""Findings of one listing as the answer of a labelled case: its class, and whether the gate is violated."""

from __future__ import annotations

from typing import Any

from mapae.model.finding import Finding

__all__ = ["predict"]


def predict(findings: list[Finding]) -> dict[str, Any]:
    """`{"class", "violation"}`: a finding of severity info names a class that is rightly guarded."""
    if not findings:
        return {"class": "none", "violation": False}
    best = max(findings, key=lambda item: item.score)
    return {
        "class": best.reference_id.removeprefix("class:"),
        "violation": best.severity not in ("info", "low"),
    }
