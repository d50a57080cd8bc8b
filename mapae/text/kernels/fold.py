"""Folds and squeezes UTF-8 cells into two buffers; the reference is mapae.text.fold.fold_text.

A cell is folded in one go, and squeezed from what that gave. Only where it holds lone jamo is it squeezed from a list of
its folded characters, since jamo are put together by what stands around them (mapae.text.kernels.jamo).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from mapae.text.kernels.jamo import (
    DIGIT,
    HANGUL,
    JAMO,
    LATIN,
    OTHER,
    ROWS,
    SAID,
    SIGNS,
    SPACE,
    composed,
    put,
    squeeze_jamo,
)

__all__ = ["fold_buffers"]

Array = Any  # numpy arrays; numba infers the types
MARGIN = (
    160  # bytes that one character may need: eighteen folded ones, an end, a symbol and a digit said aloud
)
# a word begins where these differ: after and at what is no letter or digit, and where the script changes
BEFORE = np.array([10, 1, 1, 3, 4, 3, 10, 7], np.int64)
HERE = np.array([11, 1, 1, 3, 4, 3, 11, 7], np.int64)


def fold_buffers(data: Array, starts: Array, ends: Array, tables: tuple[Array, ...]) -> tuple[Array, ...]:
    """fold bytes, offsets, marks; squeezed bytes, offsets, marks, plain bytes (mapae.text.fold.Channel).

    starts, ends: first byte of each cell in `data` and the one behind its last; tables: Tables.arrays.
    """
    cells = len(starts)
    sizes = ends - starts
    used = int(sizes.sum())
    room = used + used // 4 + 4 * cells + 4 * MARGIN
    longest = int(sizes.max()) if cells else 0
    while True:
        fd, fm, sd, sm, sp = (np.zeros(room, np.uint8) for _ in range(5))
        fends, sends = np.zeros(cells + 1, np.int64), np.zeros(cells + 1, np.int64)
        scratch = np.empty((ROWS, min(room, longest * 6) + 64), np.int32)
        if _run(data, starts, ends, tables, fd, fm, sd, sm, sp, fends, sends, scratch):
            a, b = int(fends[-1]), int(sends[-1])
            return fd[:a], fends, fm[:a], sd[:b], sends, sm[:b], sp[:b]
        room *= 3


@njit(cache=True, nogil=True)
def _run(data, starts, ends, tables, fd, fm, sd, sm, sp, fends, sends, scratch):  # type: ignore[no-untyped-def]
    """All cells; False where there is no room."""
    quick, index, size, pool, kind, leet = tables
    fa, sa, room = np.int64(0), np.int64(0), len(fd) - MARGIN
    for cell in range(len(starts)):
        fends[cell], sends[cell] = fa, sa
        at, end = starts[cell], ends[cell]
        if end > at:
            first = fa
            fa = _fold(data, at, end, quick, index, size, pool, kind, fd, fm, fa)
            if fa < 0 or sa + fa - first + (fa - first) // 2 > room:
                return False
            after = _squeeze(fd, fm, first, fa, leet, sd, sm, sp, sa)
            if after < 0:
                after = squeeze_jamo(fd, fm, first, fa, leet, sd, sm, sp, sa, scratch)
            sa = after
        if fa > room or sa > room:
            return False
        fd[fa], fm[fa] = 0, 1
        sd[sa], sm[sa], sp[sa] = 0, 1, 0
        fa += 1
        sa += 1
    fends[-1], sends[-1] = fa, sa
    return True


@njit(cache=True, nogil=True)
def _fold(data, at, end, quick, index, size, pool, kind, fd, fm, fa):  # type: ignore[no-untyped-def]
    """One cell folded from `fa` on; the place behind it, or −1 where there is no room."""
    room = len(fd) - MARGIN
    before, last, removed = np.int64(SPACE), np.int64(-1), False
    while at < end:
        if fa > room:
            return np.int64(-1)
        code = np.int64(data[at])
        if code < 0x80:
            at += 1
        elif 0xE2 <= code < 0xF0:
            code = (code & 15) << 12 | (np.int64(data[at + 1]) & 63) << 6 | np.int64(data[at + 2]) & 63
            at += 3
            if code >= 0xAC00 and at < end and data[at] == 0xE1:  # a coda may stand apart behind its syllable
                code, at = composed(data, at - 3, end)
        else:
            code, at = composed(data, at, end)
        entry = np.int64(quick[code])
        was = entry >> 24 & 1
        if entry >= 0:
            part, k = entry & 0x1FFFFF, entry >> 21 & 7
            if part == 32 and last == 32:
                continue
            begins = np.int64(BEFORE[before] != HERE[k])
            other = was | np.int64(removed and k < SPACE)
            removed = False
            fm[fa] = begins | other << 1 | k << 4
            before, last = k, part
            if part < 0x80:
                fd[fa] = part
                fa += 1
            elif 0x800 <= part < 0x10000:
                fd[fa], fd[fa + 1], fd[fa + 2] = 0xE0 | part >> 12, 0x80 | part >> 6 & 63, 0x80 | part & 63
                fa += 3
            else:
                fa = put(fd, fa, part)
            continue
        start = np.int64(index[code])
        if start == -2:
            removed = removed or was != 0
            continue
        for p in range(np.int64(size[code])):
            part = np.int64(pool[start + p])
            k = np.int64(kind[part])
            if part == 32 and last == 32:
                continue
            begins = np.int64(BEFORE[before] != HERE[k])
            other = was | np.int64(removed and k < SPACE)
            removed = False
            fm[fa] = begins | other << 1 | k << 4
            fa = put(fd, fa, part)
            before, last = k, part
    return fa


@njit(cache=True, nogil=True)
def _sign(fd, at, lead):  # type: ignore[no-untyped-def]
    """The number (mapae.text.kernels.jamo.number_of) of the character at `at` if below 256, else 0."""
    if lead < 0x80:
        return lead
    if lead < 0xC4:
        return (lead & 3) << 6 | np.int64(fd[at + 1]) & 63
    return np.int64(0x80 if lead == 0xE2 and fd[at + 1] == 0x82 and fd[at + 2] == 0xAC else 0)


@njit(cache=True, nogil=True)
def _squeeze(fd, fm, at, end, leet, sd, sm, sp, sa):  # type: ignore[no-untyped-def]
    """A folded cell squeezed from `sa` on; the place behind it, or −1 where it holds lone jamo.

    gap, spaced: taken out since the last letter; symbol: waiting for what comes behind, by its number; shown: its first
    byte; letter, earlier: kinds of the last letter and the one before; place: where the last began.
    """
    first, place, before, shown = sa, sa, np.int64(SPACE), np.int64(0)
    gap, spaced, symbol, letter, earlier = False, False, np.int64(0), np.int64(SPACE), np.int64(SPACE)
    while at < end:
        mark, lead = np.int64(fm[at]), np.int64(fd[at])
        k = mark >> 4
        if symbol != 0:
            if k in (LATIN, DIGIT):
                place, earlier, letter = sa, letter, np.int64(LATIN)
                sd[sa], sm[sa], sp[sa] = leet[symbol], 2 | LATIN << 4, shown
                sa += 1
            else:
                gap = True
            symbol = np.int64(0)
        if k in (OTHER, SPACE):
            sign = _sign(fd, at, lead) if before in (LATIN, DIGIT) else np.int64(0)
            if SIGNS[sign]:
                symbol, shown = sign, lead
            else:
                gap, spaced = True, spaced or k == SPACE
            before = k
            at += 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
            continue
        if k == JAMO:
            sm[first:sa] = 0
            sp[first:sa] = 0
            return np.int64(-1)
        if k == HANGUL and letter == DIGIT and earlier not in (DIGIT, LATIN):
            sm[place] |= 2
            sa = put(sd, place, np.int64(SAID[sp[place] - 48]))
            sp[place] = 0
        fresh = gap or sa == first or (mark & 1 != 0 and before != OTHER)
        mark = mark & 0xF2 | np.int64(fresh) | np.int64(spaced) << 2
        gap, spaced, before = False, False, k
        while True:  # the letter, and those behind it that go on the same word
            place, earlier, letter = sa, letter, k
            sm[sa] = mark
            sp[sa] = lead
            if lead < 0x80:
                sd[sa] = leet[lead]
                at, sa = at + 1, sa + 1
            else:
                sd[sa], sd[sa + 1] = lead, fd[at + 1]
                at, sa = at + 2, sa + 2
                if lead >= 0xE0:
                    sd[sa] = fd[at]
                    at, sa = at + 1, sa + 1
                if lead >= 0xF0:
                    sd[sa] = fd[at]
                    at, sa = at + 1, sa + 1
            mark, lead = np.int64(fm[at]), np.int64(fd[at])
            if at == end or mark >> 4 != k or mark & 1 != 0:
                break
            mark &= 0xF2
    return sa
