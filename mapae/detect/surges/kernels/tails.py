"""Exact upper tails of counts: Poisson where the variance is the mean, else the negative binomial of that variance."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

__all__ = ["bounds", "tails"]

_MOST = 200_000  # terms summed at most


@njit(cache=True, nogil=True)
def _log_mass(k, mean, size):  # type: ignore[no-untyped-def]
    """Log probability of k; size < 0: Poisson."""
    if size < 0:
        return k * math.log(mean) - mean - math.lgamma(k + 1.0)
    return (
        math.lgamma(k + size)
        - math.lgamma(size)
        - math.lgamma(k + 1.0)
        + size * math.log(size / (size + mean))
        + k * math.log(mean / (size + mean))
    )


@njit(cache=True, nogil=True)
def _ratio(k, mean, size):  # type: ignore[no-untyped-def]
    """Probability of k + 1 over that of k."""
    if size < 0:
        return mean / (k + 1.0)
    return (k + size) / (k + 1.0) * (mean / (size + mean))


@njit(cache=True, nogil=True)
def _tail(observed, mean, variance):  # type: ignore[no-untyped-def]
    """P(Y >= observed): summed upward from it, or 1 minus what lies below where that is the greater part."""
    if observed <= 0:
        return 1.0
    size = mean * mean / (variance - mean) if variance > mean * (1 + 1e-9) else -1.0
    if observed <= mean:
        mass = math.exp(_log_mass(0.0, mean, size))
        below = 0.0
        for k in range(observed):
            below += mass
            mass *= _ratio(k, mean, size)
        if below > 0.0:
            return max(0.0, 1.0 - below)
    mass = math.exp(_log_mass(float(observed), mean, size))
    total, k = 0.0, observed
    while k < observed + _MOST:
        total += mass
        step = _ratio(k, mean, size)
        mass *= step
        k += 1
        if step < 1.0 and mass < 1e-16 * total * (1.0 - step):
            break
    return min(1.0, total)


@njit(cache=True, nogil=True)
def _tails(observed, means, variances, out):  # type: ignore[no-untyped-def]
    for at in range(len(out)):
        out[at] = _tail(observed[at], means[at], variances[at])


@njit(cache=True, nogil=True)
def _bounds(means, variances, alpha, out):  # type: ignore[no-untyped-def]
    for at in range(len(out)):
        low, high = 0, int(means[at]) + 1
        while _tail(high + 1, means[at], variances[at]) > alpha:
            low, high = high, 2 * high + 1
        while low < high:
            middle = (low + high) // 2
            if _tail(middle + 1, means[at], variances[at]) > alpha:
                low = middle + 1
            else:
                high = middle
        out[at] = high


def tails(observed: Any, means: Any, variances: Any) -> Any:
    """P(Y >= observed) for each of n counts. means > 0, variances float64 (n,); a variance below the mean counts as it."""
    out = np.empty(len(observed), np.float64)
    _tails(np.asarray(observed, np.int64), np.asarray(means), np.asarray(variances), out)
    return out


def bounds(means: Any, variances: Any, alpha: float) -> Any:
    """The least count b with P(Y > b) <= alpha, for each of n: int64 (n,)."""
    out = np.empty(len(means), np.int64)
    _bounds(np.asarray(means), np.asarray(variances), alpha, out)
    return out
