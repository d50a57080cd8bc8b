"""Concentration: Herfindahl-Hirschman index with owners and partial owners, its bounds over unknown amounts, CR-k."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

from mapae.detect.markets.box import Amount, Box

__all__ = ["Bounds", "change", "cr", "hhi", "hhi_bounds", "hhi_partial", "largest"]

_FULL = 10_000
_STEPS = 40
_CORNERS = 12  # unknown firms up to which every corner of the box is tried


@dataclass(frozen=True, slots=True)
class Bounds:
    """Least and greatest value over all ways the market may be. exact: whether both are reached (or come as near as
    one likes); else they hold but may be wide.
    """

    low: float
    high: float
    exact: bool = True


def hhi(shares: Sequence[float], owners: Sequence[Hashable]) -> float:
    """Sum of squared percentages, 0 to 10,000, shares (parts of one, not rescaled) added up within an owner.

    ValueError where the lists differ in length.
    """
    owned: dict[Hashable, Fraction] = defaultdict(Fraction)
    for share, owner in zip(shares, owners, strict=True):
        owned[owner] += Fraction(share)
    return float(sum(share * share for share in owned.values()) * _FULL)


def hhi_partial(
    shares: Sequence[float],
    profits: Sequence[Sequence[float]],
    control: Sequence[Sequence[float]] | None = None,
) -> float:
    """Modified HHI under partial ownership (O'Brien and Salop, 67 Antitrust L.J. 559, 2000).

    shares: parts of one by firm; profits[i][j]: part of firm j's profit that owner i earns; control[i][j]: owner i's
    weight in firm j's decisions (None: whoever owns the larger part of profits alone). For firms j, k adds
    s_j·s_k·Σ control[i][j]·profits[i][k] ÷ Σ control[i][j]·profits[i][j]. ValueError where nobody controls a firm.
    """
    held = [list(map(Fraction, row)) for row in profits]
    weights = [list(map(Fraction, row)) for row in control] if control else _majority(held)
    size = len(shares)
    exact = list(map(Fraction, shares))
    total = Fraction(0)
    for firm in range(size):
        own = sum(weights[owner][firm] * held[owner][firm] for owner in range(len(held)))
        if own == 0:
            raise ValueError(f"firm {firm} has no owner with both control and profit")
        for other in range(size):
            cross = sum(weights[owner][firm] * held[owner][other] for owner in range(len(held)))
            total += exact[firm] * exact[other] * cross / own
    return float(total * _FULL)


def _majority(held: list[list[Fraction]]) -> list[list[Fraction]]:
    firms = range(len(held[0]))
    most = [max(row[firm] for row in held) for firm in firms]
    return [[Fraction(row[firm] == most[firm]) for firm in firms] for row in held]


def cr(box: Box, count: int) -> Bounds:
    """Joint share of the `count` largest firms in per cent, least and greatest."""
    levels = (box.point(box.level(height), most=True) for height in box.heights())
    least = min(
        (largest(at.amounts, count) / at.total for at in levels if at and at.total), default=Fraction(0)
    )
    best = max((_joint(box, chosen) for chosen in _choices(box, count)), default=Fraction(0))
    return Bounds(float(least * 100), float(best * 100))


def _joint(box: Box, chosen: tuple[int, ...]) -> Amount:
    """The greatest joint share of these firms: themselves as high, everyone else as low as the total allows."""
    outside = sum(low for at, low in enumerate(box.low) if at not in chosen) + box.rest[0]
    inside = min(sum(box.high[at] for at in chosen), max(Fraction(0), box.total[1] - outside))
    whole = max(inside + outside, box.total[0])
    return inside / whole if whole else Fraction(0)


def _choices(box: Box, count: int) -> set[tuple[int, ...]]:
    """Firms that can be the largest together. For a joint share λ the best choice has the greatest (1 − λ)·high + λ·low
    (linear-fractional programming), so a fine row of λ gives them.
    """
    firms = range(len(box.low))
    weights = (Fraction(step, _STEPS) for step in range(_STEPS + 1))
    return {
        tuple(sorted(firms, key=lambda at: -((1 - weight) * box.high[at] + weight * box.low[at]))[:count])
        for weight in weights
    }


def largest(amounts: Sequence[Amount], count: int) -> Amount:
    """The sum of the `count` largest."""
    return sum(sorted(amounts, reverse=True)[:count], Fraction(0))


def hhi_bounds(box: Box) -> Bounds:
    """Least and greatest HHI. The rest of the market counts as many small firms.

    Least: amounts levelled as far as their bounds allow, at the best height. Greatest: at a corner of the box (the
    index is quasi-convex); with more than 12 unknown firms a bound that holds but may be wide.
    """
    least = min(_index(box, box.level(height), most=True) for height in _best_heights(box))
    if box.open and not box.total[1] < sum(box.high):
        return Bounds(float(least * _FULL), float(_FULL) if len(box.low) else 0.0)
    if len(box.unknown) > _CORNERS:
        wide = sum(box.shares(at)[1] ** 2 for at in range(len(box.low)))
        return Bounds(float(least * _FULL), float(min(Fraction(1), wide) * _FULL), exact=False)
    most = max((_index(box, corner) for corner in _corners(box)), default=least)
    return Bounds(float(least * _FULL), float(max(most, least) * _FULL))


def _best_heights(box: Box) -> list[Amount]:
    """Heights of levelling, with those at which the index is stationary between two bounds: Σ fixed² ÷ Σ fixed."""
    marks = box.heights()
    found = set(marks)
    for left, right in pairwise(marks):
        middle = (left + right) / 2
        point = box.point(box.level(middle), most=True)
        if point is None:
            continue
        fixed = [amount for amount in point.amounts if amount != middle]
        base = sum(fixed, point.rest)
        if base and left < (best := sum(amount * amount for amount in fixed) / base) < right:
            found.add(best)
    return sorted(found)


def _index(box: Box, amounts: Sequence[Amount], *, most: bool = False) -> Amount:
    """The HHI as a part of one; 1 where the amounts do not fit the total (so that a minimum passes them by)."""
    point = box.point(amounts, most=most)
    if point is None or not point.total:
        return Fraction(1) if most else Fraction(0)
    return sum((amount * amount for amount in point.amounts), Fraction(0)) / point.total**2


def _corners(box: Box) -> Iterable[list[Amount]]:
    """Every unknown at an end of its bounds; where the total is short, one of them as high as it allows."""
    unknown = box.unknown
    for ends in product((False, True), repeat=len(unknown)):
        amounts = list(box.low)
        for at, high in zip(unknown, ends, strict=True):
            amounts[at] = box.high[at] if high else box.low[at]
        yield amounts
        have = sum(amounts)
        for at in unknown:
            for side in (box.total[1] - box.rest[0], box.total[0] - box.rest[1]):
                fill = side - (have - amounts[at])
                if box.low[at] < fill < box.high[at]:
                    yield [*amounts[:at], fill, *amounts[at + 1 :]]


def change(shares: Sequence[float], before: Sequence[Hashable], after: Sequence[Hashable]) -> float:
    """HHI with owners after, less HHI with owners before."""
    return hhi(shares, after) - hhi(shares, before)
