"""Findings of one listing as the answer of a labelled case: the recalls that name its product."""

from __future__ import annotations

from typing import Any

from mapae.model.finding import Finding

__all__ = ["predict"]


def predict(findings: list[Finding]) -> dict[str, Any]:
    """`{"recall_ids": […]}` of findings that are more than notes, in order of id."""
    named = {
        item.reference_id
        for item in findings
        if item.check == "hazardous_goods.recalls" and item.severity != "info"
    }
    return {"recall_ids": sorted(name.removeprefix("cpsc:") for name in named)}
