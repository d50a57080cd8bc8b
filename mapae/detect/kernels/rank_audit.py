"""Sums of a rank audit: by query and over all pairs of columns, and permutations within queries.

The references are in mapae.detect.rank_plain.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["add_moments", "add_scores", "permuted"]

Array = Any


@njit(cache=True, nogil=True)
def add_moments(rows, codes, counts, sums, cross):  # type: ignore[no-untyped-def]
    """Add rows (n × m) to the counts and column sums of their queries and to the upper half of the cross products."""
    width = rows.shape[1]
    for at in range(rows.shape[0]):
        code = codes[at]
        counts[code] += 1
        for i in range(width):
            value = rows[at, i]
            sums[code, i] += value
            if value != 0.0:
                for j in range(i, width):
                    cross[i, j] += value * rows[at, j]


@njit(cache=True, nogil=True)
def add_scores(rows, codes, left, right, out, a, b):  # type: ignore[no-untyped-def]
    """a = rows · left, b = rows · right; add a, b, a², b², a·b to the five columns of their queries."""
    width = rows.shape[1]
    for at in range(rows.shape[0]):
        one = 0.0
        other = 0.0
        for i in range(width):
            one += rows[at, i] * left[i]
            other += rows[at, i] * right[i]
        code = codes[at]
        out[code, 0] += one
        out[code, 1] += other
        out[code, 2] += one * one
        out[code, 3] += other * other
        out[code, 4] += one * other
        a[at] = one
        b[at] = other


@njit(cache=True, nogil=True)
def permuted(a, b, starts, times, seed):  # type: ignore[no-untyped-def]
    """Σ a·b for `times` shuffles of b within the stretches starts[i]:starts[i + 1] (Fisher and Yates)."""
    np.random.seed(seed)
    out = np.zeros(times)
    mixed = b.copy()
    for time in range(times):
        for query in range(len(starts) - 1):
            first, last = starts[query], starts[query + 1]
            for at in range(last - 1, first, -1):
                other = first + np.random.randint(0, at - first + 1)
                mixed[at], mixed[other] = mixed[other], mixed[at]
        total = 0.0
        for at in range(len(a)):
            total += a[at] * mixed[at]
        out[time] = total
    return out
