"""Folds and squeezes UTF-8 cells into two buffers; the reference is mapae.text.fold.fold_text."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["fold_buffers"]

Array = Any  # numpy arrays; numba infers the types
OTHER, LATIN, DIGIT, HANGUL, HAN, JAMO, SPACE = 0, 1, 2, 3, 4, 5, 6
ONSET = np.full(0x60, -1, np.int32)  # by compatibility jamo − 0x3130
VOWEL = np.full(0x60, -1, np.int32)
CODA = np.full(0x60, 0, np.int32)
for _i, _c in enumerate("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"):
    ONSET[ord(_c) - 0x3130] = _i
for _i, _c in enumerate("ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"):
    VOWEL[ord(_c) - 0x3130] = _i
for _i, _c in enumerate("\0ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"):
    if _c in "ㄱㄴㄷㄹㅁㅂㅅㅇ":
        CODA[ord(_c) - 0x3130] = _i
SAID = np.array([ord(c) for c in "공이이삼사오육칠팔구"], np.int32)


def fold_buffers(
    data: Array,
    offsets: Array,
    index: Array,
    size: Array,
    changed: Array,
    pool: Array,
    kind: Array,
    leet: Array,
) -> tuple[Array, ...]:
    """fold bytes, offsets, marks; squeezed bytes, offsets, marks, plain bytes (mapae.text.fold.Channel)."""
    cells = len(offsets) - 1
    used = int(offsets[-1] - offsets[0]) if cells > 0 else 0
    room = used + used // 2 + 4 * cells + 256
    longest = int(np.max(offsets[1:] - offsets[:-1])) if cells > 0 else 0
    while True:
        out = (
            np.empty(room, np.uint8),
            np.empty(room, np.uint8),
            np.empty(room, np.uint8),
            np.empty(room, np.uint8),
            np.empty(room, np.uint8),
        )
        ends = (np.zeros(cells + 1, np.int64), np.zeros(cells + 1, np.int64))
        scratch = np.empty((12, longest * 18 + 64 if longest < 4096 else longest * 4 + 65536), np.int32)
        done = _run(data, offsets, index, size, changed, pool, kind, leet, *out, *ends, scratch)
        if done:
            a, b = int(ends[0][-1]), int(ends[1][-1])
            return (out[0][:a], ends[0], out[1][:a], out[2][:b], ends[1], out[3][:b], out[4][:b])
        room *= 3


@njit(cache=True, nogil=True)
def _run(data, offsets, index, size, changed, pool, kind, leet, fd, fm, sd, sm, sp, fends, sends, scratch):  # type: ignore[no-untyped-def]
    fa, sa = 0, 0
    room = len(fd)
    for cell in range(len(offsets) - 1):
        count = _pieces(data, offsets[cell], offsets[cell + 1], index, size, changed, pool, kind, scratch)
        if count < 0 or fa + 4 * count + 8 > room or sa + 4 * count + 8 > room:
            return False
        fends[cell] = fa
        for i in range(count):
            mark = scratch[2, i] | (2 if scratch[3, i] else 0)
            start = fa
            fa = _put(fd, fa, scratch[0, i])
            for j in range(start, fa):
                fm[j] = mark & 2
            fm[start] = mark
        fd[fa] = 0
        fm[fa] = 1
        fa += 1
        sends[cell] = sa
        sa = _squeeze(scratch, count, leet, sd, sm, sp, sa)
        sd[sa] = 0
        sm[sa] = 1
        sp[sa] = 0
        sa += 1
    fends[-1] = fa
    sends[-1] = sa
    return True


@njit(cache=True, nogil=True)
def _put(out, at, code):  # type: ignore[no-untyped-def]
    if code < 0x80:
        out[at] = code
        return at + 1
    if code < 0x800:
        out[at] = 0xC0 | code >> 6
        out[at + 1] = 0x80 | code & 63
        return at + 2
    if code < 0x10000:
        out[at] = 0xE0 | code >> 12
        out[at + 1] = 0x80 | code >> 6 & 63
        out[at + 2] = 0x80 | code & 63
        return at + 3
    out[at] = 0xF0 | code >> 18
    out[at + 1] = 0x80 | code >> 12 & 63
    out[at + 2] = 0x80 | code >> 6 & 63
    out[at + 3] = 0x80 | code & 63
    return at + 4


@njit(cache=True, nogil=True)
def _next(data, at):  # type: ignore[no-untyped-def]
    """(code point, next place) of valid UTF-8."""
    lead = np.int32(data[at])
    if lead < 0x80:
        return lead, at + 1
    if lead < 0xE0:
        return (lead & 31) << 6 | np.int32(data[at + 1]) & 63, at + 2
    if lead < 0xF0:
        return (lead & 15) << 12 | (np.int32(data[at + 1]) & 63) << 6 | np.int32(data[at + 2]) & 63, at + 3
    high = (lead & 7) << 18 | (np.int32(data[at + 1]) & 63) << 12
    return high | (np.int32(data[at + 2]) & 63) << 6 | np.int32(data[at + 3]) & 63, at + 4


@njit(cache=True, nogil=True)
def _group(k):  # type: ignore[no-untyped-def]
    return LATIN if k == DIGIT else (HANGUL if k == JAMO else k)


@njit(cache=True, nogil=True)
def _pieces(data, at, end, index, size, changed, pool, kind, s):  # type: ignore[no-untyped-def]
    """Folded characters of one cell into s[0] code, s[1] kind, s[2] begins, s[3] changed; their number (−1: no room)."""
    n, removed = 0, False
    room = s.shape[1] - 24
    while at < end:
        if n >= room:
            return -1
        code, at = _next(data, at)
        if 0x1100 <= code <= 0x1112 and at < end:
            vowel, after = _next(data, at)
            if 0x1161 <= vowel <= 0x1175:
                code = 0xAC00 + ((code - 0x1100) * 21 + vowel - 0x1161) * 28
                at = after
                if at < end:
                    tail, after = _next(data, at)
                    if 0x11A8 <= tail <= 0x11C2:
                        code += tail - 0x11A7
                        at = after
        place = index[code]
        if place == -2:
            removed = removed or changed[code] != 0
            continue
        parts = 1 if place == -1 else np.int32(size[code])
        for p in range(parts):
            part = code if place == -1 else pool[place + p]
            if part == 32 and n > 0 and s[0, n - 1] == 32:
                continue
            k = np.int32(kind[part])
            before = s[1, n - 1] if n > 0 else SPACE
            begins = k in (OTHER, SPACE) or before in (OTHER, SPACE) or _group(before) != _group(k)
            s[0, n] = part
            s[1, n] = k
            s[2, n] = 1 if begins else 0
            s[3, n] = 1 if changed[code] != 0 or (removed and k < SPACE) else 0
            removed = False
            n += 1
    return n


@njit(cache=True, nogil=True)
def _squeeze(s, count, leet, sd, sm, sp, sa):  # type: ignore[no-untyped-def]
    m = _letters(s, count)
    m = _joined(s, m)
    for i in range(m):
        code, k, was_changed, plain = s[4, i], s[5, i], s[7, i], s[9, i]
        if k == DIGIT:
            before = s[5, i - 1] if i > 0 else SPACE
            after = s[5, i + 1] if i + 1 < m else SPACE
            if after == HANGUL and before != DIGIT and before != LATIN:
                code, was_changed, plain = SAID[code - 48], 1, 0
        if plain != 0 and code < 128:
            code = np.int32(leet[code])
        mark = s[6, i] | (2 if was_changed else 0) | (4 if s[8, i] else 0)
        start = sa
        sa = _put(sd, sa, code)
        for j in range(start, sa):
            sm[j] = mark & 2
            sp[j] = 0
        sm[start] = mark
        if plain != 0:
            _put(sp, start, plain)
    return sa


@njit(cache=True, nogil=True)
def _letters(s, count):  # type: ignore[no-untyped-def]
    """Letters and digits into s[4] code, s[5] kind, s[6] begins, s[7] changed, s[8] spaced, s[9] plain."""
    m, gap, spaced = 0, False, False
    for i in range(count):
        code, k = s[0, i], s[1, i]
        if k == OTHER and (code == 124 or code == 33 or code == 36 or code == 64) and 0 < i < count - 1:
            left, right = s[1, i - 1], s[1, i + 1]
            if (left in (LATIN, DIGIT)) and (right in (LATIN, DIGIT)):
                s[4, m], s[5, m], s[6, m], s[7, m] = code, LATIN, 1 if gap or m == 0 else 0, 1
                s[8, m], s[9, m] = 1 if spaced else 0, code
                m, gap, spaced = m + 1, False, False
                continue
        if k in (OTHER, SPACE):
            gap = True
            spaced = spaced or k == SPACE
            continue
        after_symbol = i > 0 and s[1, i - 1] == OTHER and not gap
        s[4, m], s[5, m], s[7, m], s[9, m] = code, k, s[3, i], code
        s[6, m] = 1 if gap or m == 0 or (s[2, i] == 1 and not after_symbol) else 0
        s[8, m] = 1 if spaced else 0
        m, gap, spaced = m + 1, False, False
    return m


@njit(cache=True, nogil=True)
def _vowel(s, i, m):  # type: ignore[no-untyped-def]
    return VOWEL[s[4, i] - 0x3130] if i < m and 0x3130 <= s[4, i] < 0x3190 else -1


@njit(cache=True, nogil=True)
def _coda(s, i, m):  # type: ignore[no-untyped-def]
    if i >= m or s[5, i] != JAMO or s[4, i] >= 0x3190:
        return 0
    if i + 1 < m and s[5, i + 1] == JAMO:
        return 0
    return CODA[s[4, i] - 0x3130]


@njit(cache=True, nogil=True)
def _joined(s, m):  # type: ignore[no-untyped-def]
    """Puts lone jamo together in place; the new number of characters."""
    at, n = 0, 0
    while at < m:
        code, k, step = s[4, at], s[5, at], 1
        plain, was_changed = s[9, at], s[7, at]
        begins, spaced = s[6, at], s[8, at]
        if k == JAMO and code < 0x3190 and ONSET[code - 0x3130] >= 0 and _vowel(s, at + 1, m) >= 0:
            coda = _coda(s, at + 2, m)
            code = 0xAC00 + (ONSET[code - 0x3130] * 21 + _vowel(s, at + 1, m)) * 28 + coda
            k, was_changed, plain, step = HANGUL, 1, 0, 3 if coda else 2
        elif k == HANGUL and (code - 0xAC00) % 28 == 0:
            coda = _coda(s, at + 1, m)
            if coda:
                code, was_changed, plain, step = code + coda, 1, 0, 2
        s[4, n], s[5, n], s[6, n], s[7, n], s[8, n], s[9, n] = code, k, begins, was_changed, spaced, plain
        at += step
        n += 1
    return n
