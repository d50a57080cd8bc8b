"""Sums of a forest of decision trees over rows; the reference is mapae.detect.forest.plain_sums."""

from __future__ import annotations

import numpy as np
from numba import njit

__all__ = ["sums"]

_BLOCK, _SIDE = (
    256,
    16,
)  # rows that stay in the cache; rows that walk down a tree side by side, to hide memory's delay


@njit(cache=True, nogil=True)
def sums(rows, feature, threshold, child, value, roots, depths, found):  # type: ignore[no-untyped-def]
    """found[i] += the leaves that rows[i] comes to, tree by tree. Nodes: left child at `child`, right one behind it; a leaf
    is its own child with an infinite threshold, so that all rows walk as deep as the tree is."""
    count = len(rows)
    node = np.zeros(_SIDE, np.int32)
    for first in range(0, count, _BLOCK):
        last = min(count, first + _BLOCK)
        for tree in range(len(roots)):
            for start in range(first, last, _SIDE):
                width = min(_SIDE, last - start)
                if width == _SIDE:
                    for k in range(_SIDE):
                        node[k] = roots[tree]
                    for _ in range(depths[tree]):
                        for k in range(_SIDE):
                            at = node[k]
                            node[k] = child[at] + (rows[start + k, feature[at]] > threshold[at])
                    for k in range(_SIDE):
                        found[start + k] += value[node[k]]
                else:
                    for k in range(width):
                        at = roots[tree]
                        for _ in range(depths[tree]):
                            at = child[at] + (rows[start + k, feature[at]] > threshold[at])
                        found[start + k] += value[at]
