"""A merger in a market with known, bounded or missing amounts: HHI after, HHI added, and the presumption of MRF 9(3)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from mapae.detect.markets.box import Amount, Box
from mapae.detect.markets.concentration import Bounds, hhi_bounds
from mapae.detect.markets.presumed import Rule, decide

__all__ = ["Merger", "merge", "merged_box"]

_ROUNDS = 40
_FULL = 10_000


@dataclass(frozen=True, slots=True)
class Merger:
    """HHI before, after and added; the joint share (parts of one); dominance and lead by MRF 9(3) no. 1: yes, no, depends."""

    before: Bounds
    after: Bounds
    added: Bounds
    share: tuple[Amount, Amount]
    dominance: str
    lead: str

    @property
    def presumed(self) -> str:
        """Both conditions: yes where both are, no where one is not, else depends."""
        answers = {self.dominance, self.lead}
        return "no" if "no" in answers else "yes" if answers == {"yes"} else "depends"


def merge(box: Box, one: int, other: int, rule: Rule, lead: Fraction) -> Merger:
    """The merger of two firms. lead: the part of the joint share by which it must lead the next (MRF 9(3) no. 1 다)."""
    joined = merged_box(box, one, other)
    at = len(joined.names) - 1
    rest = list(range(at))
    ahead = _ahead(joined, at, rest, lead)
    verdict = decide(joined, at, Rule(rule.single, rule.joint, rule.firms, rule.small))
    return Merger(
        hhi_bounds(box), hhi_bounds(joined), _added(box, one, other), joined.shares(at), verdict.answer, ahead
    )


def merged_box(box: Box, one: int, other: int) -> Box:
    """The box with the two firms as one, last."""
    kept = [at for at in range(len(box.names)) if at not in (one, other)]
    free = {kept.index(at) for at in box.open if at in kept} | (
        {len(kept)} if box.open & {one, other} else set()
    )
    return Box(
        (*(box.names[at] for at in kept), f"{box.names[one]} + {box.names[other]}"),
        (*(box.low[at] for at in kept), box.low[one] + box.low[other]),
        (*(box.high[at] for at in kept), box.high[one] + box.high[other]),
        box.rest,
        box.total,
        frozenset(free),
    )


def _ahead(box: Box, at: int, rest: list[int], lead: Fraction) -> str:
    """Largest, and ahead of the next by `lead` of its own share: every other has at most (1 − lead) of its amount."""
    part = 1 - lead
    if all(box.high[other] <= part * box.low[at] for other in rest):
        return "yes"
    return "no" if any(box.low[other] > part * box.high[at] for other in rest) else "depends"


def _added(box: Box, one: int, other: int) -> Bounds:
    """Twice the product of the two shares in per cent: least at corners, greatest where neither passes all the others."""
    outside = [at for at in range(len(box.names)) if at not in (one, other)]
    low = sum((box.low[at] for at in outside), box.rest[0])
    high = sum((box.high[at] for at in outside), box.rest[1])
    ends = [(box.low[at], box.high[at]) for at in (one, other)]
    least = min(_product(a, b, side, box) for a, b in product(*ends) for side in (low, high))
    most = max(_best(a, b, low, ends, box) for a, b in product(*ends))
    return Bounds(float(least) * _FULL * 2, float(most) * _FULL * 2)


def _product(a: Amount, b: Amount, others: Amount, box: Box) -> Amount:
    total = min(max(a + b + others, box.total[0]), max(box.total[1], a + b))
    return a * b / total**2 if total else Fraction(0)


def _best(a: Amount, b: Amount, others: Amount, ends: list[tuple[Amount, Amount]], box: Box) -> Amount:
    """Raise each in turn to where one more would no longer help: the other firm and all outside together."""
    best = _product(a, b, others, box)
    for _ in range(_ROUNDS):
        a = min(max(b + others, ends[0][0]), ends[0][1])
        b = min(max(a + others, ends[1][0]), ends[1][1])
        found = _product(a, b, others, box)
        if found <= best:
            break
        best = found
    return best
