"""How alike words sound, many pairs at once; the reference is mapae.text.names.phonetic.likeness."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["alike"]

Array = Any


@njit(cache=True, nogil=True)
def alike(left, right, first, second, swap, drop, weight, opening):  # type: ignore[no-untyped-def]
    """likeness of left[first[i]] and right[second[i]]; rows are sounds as bytes, 0 behind the last.

    swap, drop, weight, opening: costs by byte. One minus the cheapest alignment over the heavier word's weight.
    """
    out = np.zeros(len(first), np.float64)
    size = right.shape[1]
    above, row = np.zeros(size + 1), np.zeros(size + 1)
    for pair in range(len(first)):
        a, b = left[first[pair]], right[second[pair]]
        heavy, other, length = 0.0, 0.0, 0
        row[0] = 0.0
        for j in range(size):
            if b[j] == 0:
                break
            row[j + 1] = row[j] + drop[b[j]]
            other += weight[b[j]]
            length += 1
        if length == 0 or a[0] == 0:
            continue
        for i in range(len(a)):
            if a[i] == 0:
                break
            heavy += weight[a[i]]
            for j in range(length + 1):
                above[j] = row[j]
            row[0] = above[0] + drop[a[i]]
            for j in range(length):
                row[j + 1] = min(above[j] + swap[a[i], b[j]], above[j + 1] + drop[a[i]], row[j] + drop[b[j]])
        out[pair] = max(0.0, 1.0 - row[length] / max(heavy, other) - opening[a[0], b[0]])
    return out
