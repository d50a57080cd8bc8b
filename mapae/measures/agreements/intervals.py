"""Intervals of a share and of a quantile, without an assumption on how times are spread."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

__all__ = ["poisson", "quantile_ranks", "quantile_with_open_ends", "wilson"]


def wilson(kept: int, total: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share (Wilson 1927); 0 to 1 where there is nothing to count."""
    if not total:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share, scale = kept / total, 1 + z * z / total
    centre = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def quantile_ranks(total: int, quantile: float, level: float = 0.95) -> tuple[int, int]:
    """Ranks (from 1) of the order statistics between which the quantile lies with at least that probability.

    0 and total + 1 stand for no bound: there are too few values for one. Exact for any continuous law, cautious where
    values tie (David and Nagaraja 2003, 7.1): the number of values below the quantile is binomial.
    """
    if not total:
        return 0, 1
    below = np.cumsum(_binomial(total, quantile))
    tail = (1 - level) / 2
    low = int(np.searchsorted(below, tail, "right"))
    high = int(np.searchsorted(below, 1 - tail, "left")) + 1
    return low, min(high, total + 1)


def quantile_with_open_ends(
    ended: npt.NDArray[np.int64], waiting: npt.NDArray[np.int64], quantile: float, level: float = 0.95
) -> tuple[float, float, float]:
    """A quantile of times and its interval where some have not ended: (value, low, high), `inf` for no bound.

    ended: whole times. waiting: how long the open ones have stood; each ends some day after that, so that the low bound
    takes them as ending now and the high one as never ending.
    """
    soonest = np.sort(np.concatenate([ended, waiting]).astype(float))
    latest = np.sort(np.concatenate([ended.astype(float), np.full(len(waiting), math.inf)]))
    total = len(latest)
    if not total:
        return math.inf, 0.0, math.inf
    low, high = quantile_ranks(total, quantile, level)
    middle = latest[max(0, math.ceil(quantile * total) - 1)]
    return (
        float(middle),
        float(soonest[low - 1]) if low >= 1 else 0.0,
        float(latest[high - 1]) if high <= total else math.inf,
    )


def poisson(count: int, level: float = 0.95) -> tuple[float, float]:
    """Exact interval of the mean of a Poisson count (Garwood 1936), by halving; ± 1e-6 of its size."""
    tail = (1 - level) / 2
    low = 0.0 if not count else _mean_where(lambda mean: 1 - _at_most(count - 1, mean) - tail, count)
    return low, _mean_where(lambda mean: tail - _at_most(count, mean), count)


def _at_most(count: int, mean: float) -> float:
    """Probability of at most so many events."""
    if not mean:
        return 1.0
    logs = (n * math.log(mean) - mean - math.lgamma(n + 1) for n in range(count + 1))
    return min(1.0, math.fsum(map(math.exp, logs)))


def _mean_where(rises: Callable[[float], float], count: int) -> float:
    """The mean at which a rising function crosses nought."""
    low, high = 0.0, 2.0 * count + 20.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if rises(middle) > 0 else (middle, high)
    return (low + high) / 2


def _binomial(total: int, share: float) -> npt.NDArray[np.float64]:
    """Probabilities of 0 … total successes."""
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, total + 1)))])
    counts = np.arange(total + 1)
    found: npt.NDArray[np.float64] = np.exp(
        logs[total] - logs - logs[::-1] + counts * math.log(share) + (total - counts) * math.log1p(-share)
    )
    return found
