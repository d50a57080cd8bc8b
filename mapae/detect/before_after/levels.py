"""Values by day: did their level shift after a day? Neighbouring days are alike, so blocks of them are shuffled.

The blocks are as long as it takes for the likeness of neighbours (lag-1 correlation of what is left of each side's median,
corrected for its bias in short series, Kendall 1954) to fall below a tenth; what likeness blocks still have by that
correlation widens the differences that chance gives. All arrangements are counted where there are few, else a drawn sample
with the observed one among them (Phipson and Smyth 2010). The shift and its interval are those of Hodges and Lehmann (1963)
over the blocks, from the exact law of the rank sum, widened alike.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from itertools import combinations, pairwise
from statistics import fmean, median

import numpy as np
import numpy.typing as npt

from mapae.detect.before_after.change import LEVEL, Change

__all__ = ["levels_changed"]

_ALL = 20_000  # arrangements up to which every one is counted
_DRAWN = 9_999
_BLOCKS = 100  # of a side: long series are shuffled in longer blocks, so that work and sums stay small
_ALIKE = 0.1
_TINY = 1e-9


def levels_changed(points: Sequence[tuple[date, float]], day: date, rng: np.random.Generator) -> Change:
    """The change of the values after `day` against those up to it. rng: draws arrangements where there are too many."""
    rows = sorted(points)
    before = [value for at, value in rows if at <= day]
    after = [value for at, value in rows if at > day]
    levels = [median(side) if side else None for side in (before, after)]
    told = Change(len(before), len(after), levels[0], levels[1])
    alike = _likeness([before, after])
    size = 1 if alike <= _ALIKE else math.ceil(math.log(_ALIKE) / math.log(alike))
    size = max(size, math.ceil(max(len(before), len(after)) / _BLOCKS))
    wider = math.sqrt(1 + 2 * _between_blocks(alike, size))
    left, right = _means(before[::-1], size)[::-1], _means(after, size)
    ways = math.comb(len(left) + len(right), len(left))
    if not left or not right or 2 / ways > LEVEL:
        return Change(*_counts(told), block=size)
    p, counted = _shuffled(left, right, ways, wider, rng)
    shift, low, high = _shift(left, right)
    ends = (shift - wider * (shift - low), shift + wider * (high - shift))
    return Change(*_counts(told), shift, *ends, p, counted, size)


def _counts(told: Change) -> tuple[int, int, float | None, float | None]:
    return told.n_before, told.n_after, told.before, told.after


def _likeness(sides: Sequence[Sequence[float]]) -> float:
    """The correlation of neighbours, from 0 to .98; 0 where nothing varies or too few values tell."""
    rest = [[value - median(side) for value in side] for side in sides if side]
    spread = sum(value * value for side in rest for value in side)
    number = sum(map(len, rest))
    if spread <= _TINY or number < 4:
        return 0.0
    alike = sum(one * other for side in rest for one, other in pairwise(side)) / spread
    return min(0.98, max(0.0, alike + (1 + 3 * alike) / number))


def _between_blocks(alike: float, size: int) -> float:
    """The correlation of neighbouring means of `size` values, where each value keeps `alike` of the one before."""
    if not alike or size == 1:
        return alike
    left = 1 - alike**size
    return alike * left * left / (size * (1 - alike * alike) - 2 * alike * left)


def _means(values: Sequence[float], size: int) -> list[float]:
    """Means of blocks from the first value on; a last one that is not half full is left out."""
    parts = [values[at : at + size] for at in range(0, len(values), size)]
    return [fmean(part) for part in parts if 2 * len(part) >= size]


def _shuffled(
    left: Sequence[float], right: Sequence[float], ways: int, wider: float, rng: np.random.Generator
) -> tuple[float, int]:
    """(p, arrangements counted): how often the sides lie as far apart when blocks are dealt by chance, `wider` times."""
    every = np.array([*left, *right])
    if ways <= _ALL:
        chosen = np.array(list(combinations(range(len(every)), len(left))))
    else:
        keys = rng.random((_DRAWN, len(every)))
        chosen = np.argpartition(keys, len(left) - 1, axis=1)[:, : len(left)]
    sums = every[chosen].sum(axis=1)
    means = sums / len(left) - (every.sum() - sums) / len(right)
    seen = abs(fmean(left) - fmean(right))
    far = int((wider * np.abs(means) >= seen - _TINY * max(1.0, seen)).sum())
    return (far / ways, ways) if ways <= _ALL else ((far + 1) / (_DRAWN + 1), _DRAWN + 1)


def _shift(left: Sequence[float], right: Sequence[float]) -> tuple[float, float, float]:
    """(shift, low, high): the median of all differences, and those that the exact law of the rank sum leaves outside."""
    differences = sorted(after - before for before in left for after in right)
    out = _outside(len(left), len(right))
    return median(differences), differences[out], differences[-1 - out]


def _outside(first: int, second: int) -> int:
    """How many of the differences may be left out at each end for an interval of at least 95 % (Mann and Whitney 1947)."""
    counts = np.zeros(first * second + 1)
    counts[0] = 1.0
    for size in range(1, second + 1):  # the generating function of the rank sum, factor by factor
        counts = _times(counts, first + size, size)
    below = np.cumsum(counts) / math.comb(first + second, first)
    return max(0, int(np.searchsorted(below, LEVEL / 2, "right")) - 1)


def _times(counts: npt.NDArray[np.float64], up: int, down: int) -> npt.NDArray[np.float64]:
    """The series multiplied by (1 - x^up) / (1 - x^down), cut to its length."""
    made = counts.copy()
    if up < len(made):
        made[up:] -= counts[: len(made) - up]
    for at in range(down, len(made)):
        made[at] += made[at - down]
    return made
