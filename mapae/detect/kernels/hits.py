"""What each raw hit of a literal is worth: borders, changes, gaps; the reference is mapae.detect.lexicon.weigh_hit."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["weigh"]

Array = Any


@njit(cache=True, nogil=True)
def weigh(data, marks, plain, starts, ends, patterns, words, word_at, squeezed, out):  # type: ignore[no-untyped-def]
    """Fill out[0..4] = left, right, changed, gaps, kept for every hit.

    words: the patterns' bytes before leet classes, one behind the other; word_at: first byte of each.
    kept: 1 unless a squeezed hit says no more than the plain words, or runs ordinary words together.
    """
    for i in range(len(starts)):
        start, end, first = starts[i], ends[i], word_at[patterns[i]]
        left = marks[start] & 1
        right = 1 if data[end] == 0 or marks[end] & 1 or not _letter(data[end]) else 0
        changed, gaps, spaces, longest, run = 0, 0, 0, 0, 0
        for j in range(start, end):
            if squeezed:
                if plain[j] != words[first + j - start] and (data[j] & 0xC0) != 0x80:
                    changed += 1
            elif marks[j] & 2 and (data[j] & 0xC0) != 0x80:
                changed += 1
            if (data[j] & 0xC0) != 0x80:
                if j > start and marks[j] & 1 and squeezed:
                    gaps += 1
                    if marks[j] & 4:
                        spaces += 1
                    longest = max(longest, run)
                    run = 0
                run += 1
        longest = max(longest, run)
        out[0, i], out[1, i], out[2, i], out[3, i] = left, right, changed, gaps
        keep = 1
        if squeezed:
            keep = 1 if changed + gaps > 0 else 0
            if spaces > 0 and longest > 1:
                keep = 0
        out[4, i] = keep


@njit(cache=True, nogil=True)
def _letter(byte):  # type: ignore[no-untyped-def]
    """A byte that could go on a word: a letter, a digit, or any non-ASCII character."""
    return byte >= 0x80 or 48 <= byte <= 57 or 97 <= byte <= 122


def empty(count: int) -> Array:
    """The output array of `weigh`."""
    return np.zeros((5, count), np.int32)
