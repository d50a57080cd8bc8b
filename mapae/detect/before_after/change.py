"""What a comparison of before and after says, and when it says that too little is known."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LEVEL", "Change"]

LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Change:
    """n_before, n_after: values (levels) or events; before, after: medians of the values, or events in 30 days; change:
    after less before (levels: Hodges and Lehmann's shift) or after over before (events), low, high: its interval of at
    least 95 %; p: two-sided; ways: how many arrangements p was counted over, 0 where it was worked out; block: how many
    values in a row were kept together. What is not known is None."""

    n_before: int
    n_after: int
    before: float | None = None
    after: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    ways: int = 0
    block: int = 1

    @property
    def verdict(self) -> str:
        """changed (p at most .05), unclear, or too_little: no outcome of so few could have been told from chance."""
        if self.p is None:
            return "too_little"
        return "changed" if self.p <= LEVEL else "unclear"
