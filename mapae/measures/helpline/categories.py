"""The category of a message: cues weighed, and corrected by a trained model where there is one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapae.measures.helpline.cues import CATEGORIES, Cue, scores
from mapae.measures.helpline.operators import Operator

if TYPE_CHECKING:
    from mapae.measures.helpline.triage import Complaint

__all__ = ["Categories", "Category"]


@dataclass(frozen=True, slots=True)
class Category:
    """A category with its confidence (0–1) and the one that came next."""

    name: str
    confidence: float
    second: str


@dataclass(frozen=True)
class Categories:
    """Decides by the sum of the cues' weights and what the record's own fields say."""

    def decide(
        self, text: str, cues: Sequence[Cue], complaint: Complaint, operator: Operator | None
    ) -> Category:
        """The category with the highest sum; confidence is its share after a softmax."""
        sums = scores(cues)
        for name, weight in _fields(complaint, operator).items():
            sums[name] += weight
        order = sorted(CATEGORIES, key=lambda name: -sums[name])
        shares = [math.exp(sums[name]) for name in order]
        return Category(order[0], shares[0] / sum(shares), order[1])


def _fields(complaint: Complaint, operator: Operator | None) -> dict[str, float]:
    """What the days and the service of the record speak for."""
    found: dict[str, float] = {}
    if complaint.delivered_on is not None:
        found |= {"delivery": -2.0, "not_as_described": 0.2, "defective": 0.2}
    elif complaint.purchased_on is not None:
        found |= {"delivery": 0.5, "cancellation_refused": 0.2, "refund_delay": 0.3, "defective": -0.8}
    else:
        found |= {"defective": -0.8, "not_as_described": -0.8}
    if complaint.purchased_on is None and complaint.delivered_on is None:
        found["other"] = 0.4 if operator is None else 0.0
    if operator is not None:
        found["other"] = found.get("other", 0.0) - 1.5
    return found
