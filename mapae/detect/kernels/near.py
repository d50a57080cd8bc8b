"""Near duplicates among 256-bit hashes by multi-index hashing; the reference is mapae.detect.pictures.plain.near.

After Norouzi, Punjani, Fleet, "Fast Exact Search in Hamming Space with Multi-Index Hashing" (TPAMI 2014): of 16 runs of
16 bits, hashes at most 31 bits apart have one run at most 1 bit apart, so that looking into 17 buckets a run misses none.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, types
from numba.extending import intrinsic

__all__ = ["BUCKETS", "RUNS", "file_run", "near"]

RUNS, BUCKETS = 16, 1 << 16
_FIRST, _LAST = np.uint64(1), np.uint64(0xFFFF)
_PART = np.uint64(10)  # bits of a bucket's number within a part: its signs stay in the cache


def _count_ones(_context, word):  # type: ignore[no-untyped-def]
    """How many bits of a word are set: one instruction."""

    def code(_, builder, _signature, values):  # type: ignore[no-untyped-def]
        return builder.ctpop(values[0])

    return types.uint64(types.uint64), code


_ones: Any = intrinsic(_count_ones)


@njit(cache=True, nogil=True, inline="always")
def _bucket(words: Any, run: int) -> Any:
    return (words[run >> 2] >> np.uint64(16 * (run & 3))) & _LAST


@njit(cache=True, nogil=True)
def file_run(hashes, run, starts, order, signs):  # type: ignore[no-untyped-def]
    """File all hashes (n, 4) by one of their runs: bucket b holds order[starts[b]:starts[b + 1]].

    signs: beside each the two words behind the run's own, so that most candidates are refused without looking them up.
    """
    starts[:] = 0
    for at in range(len(hashes)):
        starts[_bucket(hashes[at], run) + _FIRST] += 1
    for bucket in range(BUCKETS):
        starts[bucket + 1] += starts[bucket]
    place = starts[:-1].copy()
    first, second = ((run >> 2) + 1) & 3, ((run >> 2) + 2) & 3
    for at in range(len(hashes)):
        bucket = _bucket(hashes[at], run)
        to = place[bucket]
        place[bucket] = to + 1
        order[to] = at
        signs[to, 0], signs[to, 1] = hashes[at, first], hashes[at, second]


@njit(cache=True, nogil=True)
def near(queries, hashes, starts, order, signs, radius, out):  # type: ignore[no-untyped-def]
    """Pairs (query, hash, bits apart) with at most `radius` ≤ 31 bits, each once, into `out` (room, 3); how many there are.

    Run by run with the queries in the order of their buckets, a part of the buckets at a time and in it bit after bit, so
    that memory is read forwards and again while it is near. With all 16 runs filed none is missed; with fewer, those are
    found that agree in one of them.
    """
    count, flips = 0, 17 if radius >= RUNS else 1
    ranked = np.empty(len(queries), np.int64)
    place = np.empty(BUCKETS + 1, np.int64)
    buckets = np.empty(len(queries), np.uint64)
    own = np.empty((len(queries), 2), np.uint64)
    for run in range(len(starts)):
        _rank(queries, run, ranked, place)
        first, second = ((run >> 2) + 1) & 3, ((run >> 2) + 2) & 3
        for k in range(len(ranked)):
            query = queries[ranked[k]]
            buckets[k], own[k, 0], own[k, 1] = _bucket(query, run), query[first], query[second]
        own_starts, own_order, own_signs = starts[run], order[run], signs[run]
        begin = 0
        while begin < len(ranked):
            end = begin
            while end < len(ranked) and buckets[end] >> _PART == buckets[begin] >> _PART:
                end += 1
            for flip in range(flips):
                mask = _FIRST << np.uint64(flip - 1) if flip else np.uint64(0)
                for k in range(begin, end):
                    bucket, one, two = buckets[k] ^ mask, own[k, 0], own[k, 1]
                    for at in range(own_starts[bucket], own_starts[bucket + _FIRST]):
                        if _ones(one ^ own_signs[at, 0]) + _ones(two ^ own_signs[at, 1]) > radius:
                            continue
                        which = ranked[k]
                        query, other = queries[which], hashes[own_order[at]]
                        apart = np.uint64(0)
                        for word in range(4):
                            apart += _ones(query[word] ^ other[word])
                        if apart <= radius and not _met_before(query, other, run, flips):
                            if count < len(out):
                                out[count, 0], out[count, 1], out[count, 2] = which, own_order[at], apart
                            count += 1
            begin = end
    return count


@njit(cache=True, nogil=True)
def _rank(queries, run, ranked, place):  # type: ignore[no-untyped-def]
    """Queries in the order of their bucket in this run."""
    place[:] = 0
    for query in queries:
        place[_bucket(query, run) + _FIRST] += 1
    for bucket in range(BUCKETS):
        place[bucket + 1] += place[bucket]
    for which in range(len(queries)):
        bucket = _bucket(queries[which], run)
        ranked[place[bucket]] = which
        place[bucket] += 1


@njit(cache=True, nogil=True)
def _met_before(query, other, run, flips):  # type: ignore[no-untyped-def]
    """Whether an earlier run has shown this pair already."""
    most, met = np.uint64(1 if flips > 1 else 0), False
    for earlier in range(run):
        met = met or _ones(_bucket(query, earlier) ^ _bucket(other, earlier)) <= most
    return met
