"""Where a verdict that hangs on unknown amounts flips: for each unknown, the amounts with and without presumption."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from mapae.detect.markets.box import Amount, Box
from mapae.detect.markets.presumed import Rule, presumed

__all__ = ["Flip", "Stretch", "flips"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Amounts of one unknown from start to end over which the answer stays the same (ends as they are in the text)."""

    start: Amount
    end: Amount
    met: bool


@dataclass(frozen=True, slots=True)
class Flip:
    """One unknown varied, the other unknowns held at their lowest or highest; stretches in order of amount."""

    unknown: int
    others: str
    stretches: tuple[Stretch, ...]


def flips(box: Box, at: int, rule: Rule) -> Iterator[Flip]:
    """For every unknown amount: where presumption of firm `at` begins and ends as it grows.

    Other unknowns are held at their lowest, then (where they have one) at their highest. An unknown that changes
    nothing gives a flip with one stretch. Exact: the borders are roots of linear equations.
    """
    unknown = box.unknown
    for one in unknown:
        rest = [other for other in unknown if other != one]
        yield Flip(one, "lowest" if rest else "", _along(box, at, rule, one, box.low))
        if rest and not box.open & set(rest):
            yield Flip(one, "highest", _along(box, at, rule, one, box.high))


def _along(box: Box, at: int, rule: Rule, one: int, others: tuple[Amount, ...]) -> tuple[Stretch, ...]:
    """Stretches of the amount of `one` between its bounds, the rest of the market as small as it can be."""

    def met(amount: Amount) -> bool | None:
        amounts = [amount if other == one else value for other, value in enumerate(others)]
        point = box.point(amounts)
        return None if point is None else presumed(point, at, rule) is not None

    marks = _marks(box, at, rule, one, others)
    pieces: list[Stretch] = []
    for left, right in pairwise(marks):
        answer = met((left + right) / 2)
        if answer is None:
            continue
        if pieces and pieces[-1].met == answer and pieces[-1].end == left:
            pieces[-1] = replace(pieces[-1], end=right)
        else:
            pieces.append(Stretch(left, right, answer))
    return tuple(pieces)


def _marks(box: Box, at: int, rule: Rule, one: int, others: tuple[Amount, ...]) -> list[Amount]:
    """Amounts at which the order of firms changes, a threshold is met, or the total is full."""
    fixed = {value for other, value in enumerate(others) if other != one}
    have = sum((value for other, value in enumerate(others) if other != one), Fraction(0))
    wanted = fixed | {side - have - rest for side in box.total for rest in box.rest}
    wanted |= {rule.sales} if rule.sales is not None and one == at else set()
    low, high = box.low[one], box.high[one]
    order = sorted({low, high, *(mark for mark in wanted if low < mark < high)})
    marks = set(order)
    for left, right in pairwise(order):
        before, after = (_gaps(box, at, rule, one, others, side) for side in (left, right))
        for first, last in zip(before, after, strict=True):
            if first * last < 0:
                marks.add(left + (right - left) * first / (first - last))
    return sorted(marks)


def _gaps(
    box: Box, at: int, rule: Rule, one: int, others: tuple[Amount, ...], amount: Amount
) -> tuple[Amount, ...]:
    amounts = [amount if other == one else value for other, value in enumerate(others)]
    point = box.point(amounts)
    total = point.total if point else sum(amounts, box.rest[0])
    top = sum(sorted(amounts, reverse=True)[: rule.firms], Fraction(0))
    own = amounts[at]
    return own - rule.single * total, top - rule.joint * total, own - rule.small * total
