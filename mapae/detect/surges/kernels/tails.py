"""Exact upper tails of counts: Poisson where the variance is the mean, else negative binomial; wider where few days tell."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

__all__ = ["bounds", "students", "tails"]

_MOST = 200_000  # terms summed at most
_LOOSE = 0.05  # tails above it are left as they are
_LEAST = 1e-300  # smaller tails are not told apart


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


@njit(cache=True, nogil=True)
def _deviate(p):  # type: ignore[no-untyped-def]
    """z whose upper normal tail is p (0 < p < 1/2), by Newton's steps on the logarithm."""
    z = math.sqrt(-2.0 * math.log(2.0 * p))
    for _ in range(50):
        tail = 0.5 * math.erfc(z / math.sqrt(2.0))
        density = math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
        step = (math.log(tail) - math.log(p)) * tail / density
        z += step
        if abs(step) < 1e-10:
            break
    return z


@njit(cache=True, nogil=True)
def _students(p, freedom, out):  # type: ignore[no-untyped-def]
    for at in range(len(out)):
        out[at] = p[at]
        if p[at] < _LOOSE:
            z = _deviate(max(p[at], _LEAST))
            wide = math.sqrt(freedom * math.log1p(z * z / freedom))
            wide *= (8.0 * freedom + 1.0) / (8.0 * freedom + 3.0)
            out[at] = max(p[at], 0.5 * math.erfc(wide / math.sqrt(2.0)))


def students(p: Any, freedom: float) -> Any:
    """Tails (n,) widened for a spread that so many degrees of freedom told: Student's tail where p is the normal's.

    By Wallace's approximation (Ann. Math. Statist. 30, 1959, 1121); tails above 5 % are left as they are.
    """
    out = np.empty(len(p), np.float64)
    _students(np.asarray(p, np.float64), float(freedom), out)
    return out


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
