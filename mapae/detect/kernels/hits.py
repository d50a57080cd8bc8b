"""What each hit of a literal is worth, who asked for it, and the hits of both channels in one order.

The references are mapae.detect.plain.weigh_plainly and the order that mapae.detect.hits.Hits states.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["COLUMNS", "merge_hits", "take_hit", "take_hits"]

Array = Any
# rows of a table of hits: the check, then the columns of Hits
COLUMNS = 11
CHECK, ROW, FIELD, CHANNEL, START, END, ENTRY, LEFT, RIGHT, CHANGED, GAPS = range(COLUMNS)


@njit(cache=True, nogil=True)
def take_hits(channel, words, word_at, owners, found, starts, number, fields, out):  # type: ignore[no-untyped-def]
    """Hits of pattern found[i] at starts[i] (ordered by start, longest first) into `out`; how many there are."""
    data, offsets, marks, plain = channel
    at, rows = owners
    count, cell = 0, 0
    for i in range(len(found)):
        start, pattern = starts[i], found[i]
        while start >= offsets[cell + 1]:
            cell += 1
        end = start + word_at[pattern + 1] - word_at[pattern]
        count = take_hit(
            data, marks, plain, words, word_at, at, rows,
            pattern, start, end, cell, offsets[cell], number, fields, out, count,
        )  # fmt: skip
    return count


@njit(cache=True, nogil=True, inline="always")
def take_hit(data, marks, plain, words, word_at, at, rows, pattern, start, end, cell, base, number, fields, out, count):  # type: ignore[no-untyped-def]  # fmt: skip
    """One hit for each owner whose borders it keeps, unless it is worth nothing; the new count (may pass the room).

    words: the patterns' bytes before leet classes, one behind the other; word_at: first byte of each.
    rows[at[p]:at[p + 1]]: who asked for pattern p, as (check, entry, need left, need right).
    """
    left = marks[start] & 1
    right = 1 if data[end] == 0 or marks[end] & 1 or not _letter(data[end]) else 0
    if number == 1 and left == 0:
        return count
    wanted = False
    for i in range(at[pattern], at[pattern + 1]):
        wanted = wanted or (left >= rows[i, 2] and right >= rows[i, 3])
    if not wanted:
        return count
    changed, gaps, kept = _worth(data, marks, plain, words, word_at[pattern], start, end, number == 1)
    if not kept:
        return count
    for i in range(at[pattern], at[pattern + 1]):
        if left >= rows[i, 2] and right >= rows[i, 3]:
            if count < out.shape[1]:
                out[CHECK, count], out[ENTRY, count] = rows[i, 0], rows[i, 1]
                out[ROW, count], out[FIELD, count] = cell // fields, cell % fields
                out[CHANNEL, count] = number
                out[START, count], out[END, count] = start - base, end - base
                out[LEFT, count], out[RIGHT, count] = left, right
                out[CHANGED, count], out[GAPS, count] = changed, gaps
            count += 1
    return count


@njit(cache=True, nogil=True)
def _worth(data, marks, plain, words, first, start, end, squeezed):  # type: ignore[no-untyped-def]
    """(changed, gaps, kept): not kept where a squeezed hit says no more than the plain words, or joins ordinary ones."""
    changed, gaps, spaces, longest, run = 0, 0, 0, 0, 0
    for j in range(start, end):
        if data[j] & 0xC0 == 0x80:
            continue
        if squeezed:
            if plain[j] != words[first + j - start]:
                changed += 1
            if j > start and marks[j] & 1:
                gaps += 1
                if marks[j] & 4:
                    spaces += 1
                longest = max(longest, run)
                run = 0
            run += 1
        elif marks[j] & 2:
            changed += 1
    longest = max(longest, run)
    kept = not squeezed or (changed + gaps > 0 and not (spaces > 0 and longest > 1))
    return changed, gaps, kept


@njit(cache=True, nogil=True)
def _letter(byte):  # type: ignore[no-untyped-def]
    """A byte that could go on a word: a letter, a digit, or any non-ASCII character."""
    return byte >= 0x80 or 48 <= byte <= 57 or 97 <= byte <= 122


@njit(cache=True, nogil=True)
def merge_hits(folded, squeezed, checks, fields):  # type: ignore[no-untyped-def]
    """(hits of both tables, check by check, in the order of Hits; the first hit of each check, and the end).

    A table comes with the number of its hits; they are ordered by cell, start, longest first, and owner.
    """
    (fold, n), (squeeze, m) = folded, squeezed
    borders = np.zeros(checks + 1, np.int64)
    for i in range(n):
        borders[fold[CHECK, i] + 1] += 1
    for i in range(m):
        borders[squeeze[CHECK, i] + 1] += 1
    for i in range(checks):
        borders[i + 1] += borders[i]
    place = borders.copy()
    out = np.empty((COLUMNS - 1, n + m), np.int32)
    i, j = 0, 0
    while i < n or j < m:
        first = i < n
        if i < n and j < m:
            own = np.int64(fold[ROW, i]) * fields + fold[FIELD, i]
            first = own <= np.int64(squeeze[ROW, j]) * fields + squeeze[FIELD, j]
        table, at = (fold, i) if first else (squeeze, j)
        to = place[table[CHECK, at]]
        place[table[CHECK, at]] += 1
        for column in range(1, COLUMNS):
            out[column - 1, to] = table[column, at]
        i, j = (i + 1, j) if first else (i, j + 1)
    return out, borders
