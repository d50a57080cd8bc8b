"""Findings of one listing as the answer of a labelled case: a fake or not, and whose mark."""

from __future__ import annotations

from typing import Any

from mapae.model.finding import Finding

__all__ = ["predict"]


def predict(findings: list[Finding]) -> dict[str, Any]:
    """`{"flag", "brand"}`: the best finding's brand, or false and None."""
    if not findings:
        return {"flag": False, "brand": None}
    best = max(findings, key=lambda item: item.score)
    return {"flag": True, "brand": best.reference_id.removeprefix("brand:")}
