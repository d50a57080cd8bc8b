"""The first word of goods in a cell that a recall is of, by the hashes of recall_words, and where it stood in the original.

The reference is mapae.detect.recall_terms.Nouns.find.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from mapae.detect.kernels.recall_words import SEED, begins, is_stop, step, term_of
from mapae.text.kernels.trace import trace

__all__ = ["first_goods", "place_back"]

Array = Any
_JOIN = 12  # pieces of which one word of goods may be put together


@njit(cache=True, nogil=True)
def first_goods(data, offsets, cells, recalls, lookup, kind, kinds_at, kinds):  # type: ignore[no-untyped-def]
    """For each pair of cell and recall: kind, first byte in the cell and the one behind the last; kind −1 where none.

    data, offsets: folded cells with one byte behind each; kind: of each term, −1 where it is no word of goods.
    """
    heads, keys, slots = lookup
    out = np.full((3, len(cells)), -1, np.int64)
    pieces = np.empty((3, 64), np.int64)
    for i in range(len(cells)):
        start, stop = offsets[cells[i]], offsets[cells[i] + 1] - 1
        if stop - start > pieces.shape[1]:
            pieces = np.empty((3, stop - start), np.int64)
        total, at = _split(data, start, stop, pieces), 0
        while at < total:
            found, last = _longest(data, pieces, at, total, heads, keys, slots, kind)
            for k in range(kinds_at[recalls[i]], kinds_at[recalls[i] + 1]):
                if found == kinds[k]:
                    out[0, i], out[1, i], out[2, i] = found, pieces[0, at] - start, pieces[1, last] - start
                    break
            if out[0, i] >= 0:
                break
            at = last + 1
    return out


@njit(cache=True, nogil=True)
def _longest(data, pieces, first, total, heads, keys, slots, kind):  # type: ignore[no-untyped-def]
    """Kind of the longest word of goods that begins with this piece, and its last piece; (−1, the piece) where none."""
    found, last, value = -1, first, SEED
    for j in range(first, min(total, first + _JOIN)):
        if j > first and pieces[2, j]:
            break
        for k in range(pieces[0, j], pieces[1, j]):
            value = step(value, data[k])
        if not begins(value, heads):
            break
        if j == first and data[pieces[0, j]] >= 128:
            continue
        term = term_of(value, keys, slots)
        if term >= 0 and kind[term] >= 0:
            found, last = kind[term], j
    return found, last


@njit(cache=True, nogil=True)
def _split(data, start, stop, pieces):  # type: ignore[no-untyped-def]
    """Latin words, single Hangul and Han: first byte, the one behind the last, whether apart from the one before."""
    total, at, gap, halt = 0, start, 0, False
    while at < stop:
        size = _piece(data, at, stop)
        if not size:
            gap += data[at] & 0xC0 != 0x80
            halt = halt or is_stop(data[at])
            at += 1
            continue
        pieces[0, total], pieces[1, total] = at, at + size
        pieces[2, total] = gap > 2 or (gap == 2 and halt)
        total, at, gap, halt = total + 1, at + size, 0, False
    return total


@njit(cache=True, nogil=True)
def _piece(data, at, stop):  # type: ignore[no-untyped-def]
    """Bytes of the Latin word, Hangul syllable or Han sign that begins here; 0 where none does."""
    if 0xE3 <= data[at] <= 0xED and at + 2 < stop:
        code = (data[at] & 15) << 12 | (data[at + 1] & 63) << 6 | (data[at + 2] & 63)
        return 3 if 0x3400 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7A3 else 0
    end = at
    while end < stop and (48 <= data[end] <= 57 or 97 <= data[end] <= 122 or data[end] == 43):
        end += 1
    return end - at


@njit(cache=True, nogil=True)
def place_back(source, sources, data, offsets, cells, starts, ends, quick, index, size, pool):  # type: ignore[no-untyped-def]
    """For each cell the code points of the original that bytes starts:ends of its folded text stand for: first, end.

    source, sources: UTF-8 of the original cells and where each begins; data, offsets: all folded cells.
    """
    out = np.zeros((2, len(cells)), np.int64)
    for i in range(len(cells)):
        folded = data[offsets[cells[i]] : offsets[cells[i] + 1] - 1]
        whole = source[sources[i] : sources[i + 1]]
        places, first, behind = trace(whole, folded, folded, folded, False, quick, index, size, pool)
        out[0, i] = first[np.searchsorted(places, starts[i], side="right") - 1]
        out[1, i] = behind[np.searchsorted(places, ends[i] - 1, side="right") - 1]
    return out
