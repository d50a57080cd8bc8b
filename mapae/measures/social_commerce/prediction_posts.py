"""What findings say of a case of the set `posts`: does the post sell?"""

from __future__ import annotations

from mapae.model.finding import Finding

__all__ = ["predict"]


def predict(findings: list[Finding]) -> dict[str, bool]:
    """True where the check found that the post sells."""
    return {"sells": any(item.check == "social_commerce.market_posts" for item in findings)}
