"""Change points of a series: every step of a series that stands still between steps, shifts of the level of a noisy one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

__all__ = ["change_points"]

_SHORT = 8  # values below which every change is a step
_STILL = 0.5  # share of values equal to the one before from which a series stands still between steps
_PENALTY = 3.0  # times log n: what a further shift must gain (about BIC for place and level)


def change_points(values: Sequence[float]) -> list[int]:
    """Places of the first value after each change, ascending.

    A noisy series is cut in two where this lowers the squared error most, again and again, as long as the gain is above
    3·log n times its noise (binary segmentation; noise from the median of absolute differences).
    """
    steps = [at for at in range(1, len(values)) if values[at] != values[at - 1]]
    if len(values) < _SHORT or len(steps) <= (1 - _STILL) * (len(values) - 1):
        return steps
    noise = _noise(values)
    if noise == 0:
        return steps
    limit = _PENALTY * math.log(len(values)) * noise
    found: list[int] = []
    waiting = [(0, len(values))]
    while waiting:
        first, last = waiting.pop()
        place, gain = _best(values, first, last)
        if place is not None and gain > limit:
            found.append(place)
            waiting += [(first, place), (place, last)]
    return sorted(found)


def _noise(values: Sequence[float]) -> float:
    """Variance of one value about its level, from differences of neighbours (robust against the shifts themselves)."""
    middle = median(abs(after - before) for before, after in pairwise(values))
    return float((middle / 0.6745) ** 2 / 2)


def _best(values: Sequence[float], first: int, last: int) -> tuple[int | None, float]:
    """The place that lowers the squared error of first:last most, and by how much."""
    size, total = last - first, sum(values[first:last])
    best: tuple[int | None, float] = (None, 0.0)
    left = 0.0
    for place in range(first + 1, last):
        left += values[place - 1]
        one, other = place - first, last - place
        gain = left**2 / one + (total - left) ** 2 / other - total**2 / size
        if gain > best[1] and min(one, other) > 1:
            best = (place, gain)
    return best
