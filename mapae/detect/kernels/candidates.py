"""For every record of one side, the best candidates of the other by shared rare letter runs; an inverted index."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["candidates", "postings"]

Array = Any


def postings(ids: Array, ends: Array, weights: Array, buckets: int) -> tuple[Array, Array, Array]:
    """Where each bucket's postings begin (buckets + 1), the records that hold it in order, and their weights."""
    starts = np.zeros(buckets + 1, np.int64)
    np.cumsum(np.bincount(ids, minlength=buckets), out=starts[1:])
    rows = np.empty(len(ids), np.int32)
    held = np.empty(len(ids), np.float32)
    _fill(ids, ends, weights, starts[:-1].copy(), rows, held)
    return starts, rows, held


@njit(cache=True, nogil=True)
def _fill(ids, ends, weights, places, rows, held):  # type: ignore[no-untyped-def]
    for row in range(len(ends) - 1):
        for at in range(ends[row], ends[row + 1]):
            place = places[ids[at]]
            rows[place], held[place] = row, weights[at]
            places[ids[at]] += 1


@njit(cache=True, nogil=True)
def candidates(ids, ends, weights, first, last, starts, rows, held, size, budget, keep):  # type: ignore[no-untyped-def]
    """For records first…last: up to `keep` records of the index with the highest sums of products; −1 where there are fewer.

    Buckets are taken rarest first until `budget` postings are read, the rarest always. Ties go to the lower record.
    """
    out = np.full((last - first, keep), -1, np.int32)
    sums = np.zeros(size, np.float32)
    touched = np.empty(size, np.int32)
    best = np.empty(keep, np.float32)
    for row in range(first, last):
        begin, end = ends[row], ends[row + 1]
        lengths = np.empty(end - begin, np.int64)
        for at in range(begin, end):
            lengths[at - begin] = starts[ids[at] + 1] - starts[ids[at]]
        count, read = 0, 0
        for place in np.argsort(lengths, kind="mergesort"):
            if lengths[place] == 0:
                continue
            if read > 0 and read + lengths[place] > budget:
                break
            read += lengths[place]
            at = begin + place
            for posting in range(starts[ids[at]], starts[ids[at] + 1]):
                other = rows[posting]
                if sums[other] == 0:
                    touched[count] = other
                    count += 1
                sums[other] += weights[at] * held[posting]
        kept = 0
        for place in range(count):
            kept = _offer(out[row - first], best, kept, touched[place], sums[touched[place]])
            sums[touched[place]] = 0
    return out


@njit(cache=True, nogil=True)
def _offer(chosen, best, kept, other, value):  # type: ignore[no-untyped-def]
    """Put a record into the sorted list of the best; how many it holds then."""
    full = kept == len(chosen)
    if full and (value < best[kept - 1] or (value == best[kept - 1] and other > chosen[kept - 1])):
        return kept
    at = kept - 1 if full else kept
    while at > 0 and (best[at - 1] < value or (best[at - 1] == value and chosen[at - 1] > other)):
        best[at], chosen[at] = best[at - 1], chosen[at - 1]
        at -= 1
    best[at], chosen[at] = value, other
    return kept if full else kept + 1
