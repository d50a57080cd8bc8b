"""Pairs of records: how alike they are, their nearest rivals, and the greedy choice of the best pairs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["choose", "clashes", "compare", "rivals"]

Array = Any


@njit(cache=True, nogil=True)
def compare(  # type: ignore[no-untyped-def]
    left,
    right,
    a_ids,
    a_ends,
    a_title,
    a_all,
    a_idf,
    a_sums,
    b_ids,
    b_ends,
    b_title,
    b_all,
    b_idf,
    b_sums,
    out,
):
    """Fill out[0..3] for every pair of rows: cosine of titles, cosine of all, share of the left title in the right record
    and of the right title in the left record (by idf). Weights are of unit length a record; title weight 0: not in it;
    sums: idf of each record's title."""
    for pair in range(len(left)):
        own, other = left[pair], right[pair]
        i, end_i = a_ends[own], a_ends[own + 1]
        j, end_j = b_ends[other], b_ends[other + 1]
        title, whole, mine, yours = 0.0, 0.0, 0.0, 0.0
        while i < end_i and j < end_j:
            if a_ids[i] < b_ids[j]:
                i += 1
            elif a_ids[i] > b_ids[j]:
                j += 1
            else:
                title += a_title[i] * b_title[j]
                whole += a_all[i] * b_all[j]
                if a_title[i] > 0:
                    mine += a_idf[i]
                if b_title[j] > 0:
                    yours += b_idf[j]
                i += 1
                j += 1
        out[0, pair], out[1, pair] = title, whole
        out[2, pair] = mine / a_sums[own] if a_sums[own] > 0 else 0.0
        out[3, pair] = yours / b_sums[other] if b_sums[other] > 0 else 0.0


@njit(cache=True, nogil=True)
def _missing(a_values, a_titled, a_from, a_to, b_values, b_from, b_to):  # type: ignore[no-untyped-def]
    """1 + whether a title number of a is not among the numbers of b; 0 where a's title has none."""
    found = 0
    for at in range(a_from, a_to):
        if a_titled[at]:
            there = False
            for other in range(b_from, b_to):
                if a_values[at] == b_values[other]:
                    there = True
                    break
            found = max(found, 1 if there else 2)
    return found


@njit(cache=True, nogil=True)
def clashes(left, right, a_values, a_titled, a_ends, b_values, b_titled, b_ends):  # type: ignore[no-untyped-def]
    """Per pair: each title has a number that the other record lacks."""
    out = np.zeros(len(left), np.bool_)
    for pair in range(len(left)):
        i, end_i = a_ends[left[pair]], a_ends[left[pair] + 1]
        j, end_j = b_ends[right[pair]], b_ends[right[pair] + 1]
        out[pair] = (
            _missing(a_values, a_titled, i, end_i, b_values, j, end_j) == 2
            and _missing(b_values, b_titled, j, end_j, a_values, i, end_i) == 2
        )
    return out


@njit(cache=True, nogil=True)
def rivals(rows, values, count):  # type: ignore[no-untyped-def]
    """Per pair: the highest value among the other pairs of its row (0 where there is none or it is below 0)."""
    first = np.zeros(count, np.float64)
    second = np.zeros(count, np.float64)
    holder = np.full(count, -1, np.int64)
    for pair in range(len(rows)):
        row, value = rows[pair], values[pair]
        if value > first[row]:
            first[row], second[row], holder[row] = value, first[row], pair
        elif value > second[row]:
            second[row] = value
    out = np.empty(len(rows), np.float64)
    for pair in range(len(rows)):
        out[pair] = second[rows[pair]] if holder[rows[pair]] == pair else first[rows[pair]]
    return out


@njit(cache=True, nogil=True)
def choose(order, left, right, lefts, rights):  # type: ignore[no-untyped-def]
    """The pairs of `order` in turn, each row of either side once; places in the pair arrays."""
    taken_left = np.zeros(lefts, np.bool_)
    taken_right = np.zeros(rights, np.bool_)
    out = np.empty(min(len(order), lefts, rights), np.int64)
    used = 0
    for pair in order:
        if not taken_left[left[pair]] and not taken_right[right[pair]]:
            taken_left[left[pair]] = True
            taken_right[right[pair]] = True
            out[used] = pair
            used += 1
    return out[:used]
