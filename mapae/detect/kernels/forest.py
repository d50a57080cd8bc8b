"""Sums of a forest of decision trees over rows of places; the reference is mapae.detect.forest.plain_sums."""

from __future__ import annotations

import numpy as np
from numba import njit

__all__ = ["LOWEST", "sums"]

_BLOCK = 256  # rows that stay in the cache while all trees are asked
LOWEST = 0x077CB531  # a 32-bit de Bruijn sequence: times a single bit, its top five bits tell which bit it is
_LOWEST, _ALL = np.uint32(LOWEST), np.uint32(0xFFFFFFFF)


@njit(cache=True, nogil=True)
def sums(table, feature, cut, kept, starts, leaves, found):  # type: ignore[no-untyped-def]
    """found[i] += the leaves that row i comes to, tree by tree (QuickScorer, Lucchese et al. 2015).

    table: (features, rows) of places. A node whose place is above `cut` leaves only the leaves of the mask `kept`; the
    lowest bit left is the leaf. leaves: (trees, 32) values, where the de Bruijn sequence puts each bit.
    """
    count = table.shape[1]
    left = np.empty(_BLOCK, np.uint32)
    for first in range(0, count, _BLOCK):
        width = min(_BLOCK, count - first)
        for tree in range(len(starts) - 1):
            left[:] = _ALL
            for node in range(starts[tree], starts[tree + 1]):
                row = table[feature[node], first : first + width]
                above, mask = cut[node], kept[node]
                for k in range(width):
                    left[k] &= mask if row[k] > above else _ALL
            value = leaves[tree]
            for k in range(width):
                lowest = np.uint32(left[k] & (~left[k] + np.uint32(1)))
                found[first + k] += value[np.uint32(lowest * _LOWEST) >> np.uint32(27)]
