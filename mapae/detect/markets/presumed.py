"""Is a firm presumed dominant: yes, no, or does it hang on amounts that are not known? Exact over all that may be.

The rule is that of MRF 6 as the question `presumed_dominant` reads it: half the market, or one of the up to three
largest with three quarters together and a tenth alone; in both cases sales of the least amount.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Literal

from mapae.detect.markets.box import Amount, Box, Point

__all__ = ["Rule", "Verdict", "decide", "presumed"]

Ground = Literal["single", "joint"]
_TOP = 60  # firms beside the one judged that are tried as companions in the joint case


@dataclass(frozen=True, slots=True)
class Rule:
    """The thresholds as parts of one; firms that are added up; least sales in the market's unit (None: not judged)."""

    single: Fraction
    joint: Fraction
    firms: int
    small: Fraction
    sales: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """answer for one firm; grounds by which it can be met; a way the market may be for each side where it depends."""

    answer: Literal["yes", "no", "depends"]
    grounds: tuple[Ground, ...]
    met: Point | None
    unmet: Point | None


def presumed(point: Point, at: int, rule: Rule) -> Ground | None:
    """The ground on which the firm is presumed dominant in this one way of the market; None where it is not."""
    own, total = point.amounts[at], point.total
    if total == 0 or (rule.sales is not None and own < rule.sales):
        return None
    if own >= rule.single * total:
        return "single"
    top = sorted(point.amounts, reverse=True)[: rule.firms]
    joint = sum(top) >= rule.joint * total and own >= top[-1] and own >= rule.small * total
    return "joint" if joint else None


def decide(box: Box, at: int, rule: Rule) -> Verdict:
    """The verdict on firm `at` over every way the market may be. It never gets worse for a firm to have more:
    so the highest own amount is tried for a yes, the lowest for a no (proved in docs/explanation/market_power.md).
    """
    met = _met(box, at, rule)
    unmet = _unmet(box, at, rule)
    grounds = tuple(dict.fromkeys(found for _, found in met))
    if not met:
        return Verdict("no", (), None, unmet)
    return Verdict("yes" if unmet is None else "depends", grounds, met[0][0], unmet)


def _met(box: Box, at: int, rule: Rule) -> list[tuple[Point, Ground]]:
    """Ways in which the firm is presumed dominant, at most one a ground."""
    found: dict[Ground, Point] = {}
    others_low = sum(box.low) - box.low[at] + box.rest[0]
    own = min(box.high[at], box.total[1] - others_low)
    for amounts in (_filled(box, {at: own}), *_companies(box, at, own, rule)):
        point = box.point(amounts)
        ground = presumed(point, at, rule) if point else None
        if point and ground and ground not in found:
            found[ground] = point
    return [(point, ground) for ground, point in found.items()]


def _companies(box: Box, at: int, own: Amount, rule: Rule) -> list[list[Amount]]:
    """The firm with up to `firms` − 1 companions as high as helps and everyone else as low as can be."""
    others = [other for other in range(len(box.low)) if other != at]
    others = sorted(others, key=lambda other: (-box.high[other], -box.low[other]))[:_TOP]
    ways = []
    for size in range(1, rule.firms):
        for chosen in combinations(others, size):
            ways.extend(_raised(box, at, own, chosen, rule))
    return ways


def _raised(box: Box, at: int, own: Amount, chosen: tuple[int, ...], rule: Rule) -> list[list[Amount]]:
    """The companions' sum a must keep: rest ≤ (1 − joint)/joint · (own + a) and own ≥ small · total.

    Both ends of what is left of their bounds are ways.
    """
    left_out = [low for other, low in enumerate(box.low) if other != at and other not in chosen]
    outside = sum(left_out, box.rest[0])
    floor, roof = (sum((side[other] for other in chosen), Fraction(0)) for side in (box.low, box.high))
    slack = (1 - rule.joint) / rule.joint
    least = max(floor, outside / slack - own, rule.joint * box.total[0] - own)
    most = min(roof, min(box.total[1], own / rule.small) - own - outside)
    if least > most:
        return []
    return [_spread(box, at, own, chosen, total) for total in dict.fromkeys((least, most))]


def _spread(box: Box, at: int, own: Amount, chosen: tuple[int, ...], total: Amount) -> list[Amount]:
    """The companions' sum handed out from their lows up, the first filled first; everyone else as low as can be."""
    held = {at: own} | {other: box.low[other] for other in chosen}
    left = total - sum(box.low[other] for other in chosen)
    for other in chosen:
        more = min(left, box.high[other] - box.low[other])
        held[other] += more
        left -= more
    return _filled(box, held)


def _filled(box: Box, held: dict[int, Amount]) -> list[Amount]:
    """These amounts with everyone else at the low end, or levelled no higher than the market's total asks for."""
    amounts = [held.get(other, low) for other, low in enumerate(box.low)]
    needed = box.total[0] - box.rest[1]
    if sum(amounts) >= needed:
        return amounts
    levels = (box.level(height, held) for height in box.heights(held))
    return next((level for level in levels if sum(level) >= needed), amounts)


def _unmet(box: Box, at: int, rule: Rule) -> Point | None:
    """A way in which the firm is not presumed dominant: itself at its lowest, the others levelled at some height.

    Levelling gives the least share of the largest and the most total. Where the total leaves no room for that, just as
    many firms as needed are put right above the firm.
    """
    others_high = sum(box.high) - box.high[at] + box.rest[1]
    keep = {at: max(box.low[at], box.total[0] - others_high)}
    for held in (keep, _overtaken(box, at, keep[at], rule)):
        for height in _heights(box, at, held, rule) if held else ():
            amounts = box.level(height, held)
            for most in (True, False):
                point = box.point(amounts, most=most)
                if point and presumed(point, at, rule) is None:
                    return point
    return None


def _heights(box: Box, at: int, held: dict[int, Amount], rule: Rule) -> list[Amount]:
    """Heights of levelling, and between any two those at which a threshold is met; with a place between any two."""
    marks = box.heights(held)
    found = set(marks)
    gaps = [_gaps(box, at, held, rule, height) for height in marks]
    for left, right, before, after in zip(marks, marks[1:], gaps, gaps[1:], strict=False):
        for low, high in zip(before, after, strict=True):
            if low * high < 0:
                found.add(left + (right - left) * low / (low - high))
    steps = sorted(found)
    return sorted({*steps, *((a + b) / 2 for a, b in pairwise(steps))})


def _gaps(box: Box, at: int, held: dict[int, Amount], rule: Rule, height: Amount) -> tuple[Amount, ...]:
    """How far own amount and the largest together are from their thresholds, with the most rest at this height."""
    amounts = box.level(height, held)
    point = box.point(amounts, most=True)
    if point is None:
        return (Fraction(0),) * 3
    own, top, total = amounts[at], sum(sorted(amounts, reverse=True)[: rule.firms], Fraction(0)), point.total
    return own - rule.single * total, top - rule.joint * total, own - rule.small * total


def _overtaken(box: Box, at: int, own: Amount, rule: Rule) -> dict[int, Amount]:
    """The firm with as many others above it as are added up, each no higher than needed; empty where they do not fit."""
    able = [other for other, high in enumerate(box.high) if other != at and high > own]
    chosen = sorted(able, key=lambda other: -box.low[other])[: rule.firms]
    short = [other for other in chosen if box.low[other] <= own]
    low = sum(box.low) - box.low[at] + own + box.rest[0]
    room = box.total[1] - low - sum(own - box.low[other] for other in short)
    if len(chosen) < rule.firms or (short and room <= 0):
        return {}
    step = min((room / len(short), *((box.high[other] - own) / 2 for other in short))) if short else 0
    return {at: own} | {other: own + step if other in short else box.low[other] for other in chosen}
