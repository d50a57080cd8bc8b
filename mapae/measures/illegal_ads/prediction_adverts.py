"""Findings of one advert as the answer of a labelled case: is it unlawful, and of which class."""

from __future__ import annotations

from typing import Any

from mapae.model.finding import Finding

__all__ = ["predict"]


def predict(findings: list[Finding]) -> dict[str, Any]:
    """`{"flag", "class"}`; class none where nothing was found."""
    found = [item for item in findings if item.check == "illegal_ads.classes"]
    if not found:
        return {"flag": False, "class": "none"}
    best = max(found, key=lambda item: item.score)
    return {"flag": True, "class": best.reference_id.removeprefix("class:")}
