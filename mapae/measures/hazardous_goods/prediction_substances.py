"""Findings of one listing as the answer of a labelled case: the canonical names of the ingredients."""

from __future__ import annotations

from typing import Any

from mapae.model.finding import Finding

__all__ = ["predict"]


def predict(findings: list[Finding]) -> dict[str, Any]:
    """`{"substances": [...]}`: each ingredient's English name as the list writes it, in order, once."""
    return {"substances": sorted({item.reasons[0].matched for item in findings})}
