"""UTF-8 letter by letter, and the squeezed text of a cell with lone jamo, put together by what stands around them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["ROWS", "composed", "listed_letters", "put", "squeeze_jamo"]

ROWS = 12  # of the list of a cell's characters

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
SIGNS = np.zeros(256, np.bool_)  # by number_of: signs that pose as letters
for _c in "|!$@¡¢£¥§€":
    SIGNS[_c.encode("cp1252")[0]] = True
SAID = np.array([ord(c) for c in "공이이삼사오육칠팔구"], np.int32)


@njit(cache=True, nogil=True)
def number_of(code):  # type: ignore[no-untyped-def]
    """The byte of a code point in Windows-1252, as leet classes count; itself above."""
    return 0x80 if code == 0x20AC else code


@njit(cache=True, nogil=True)
def lead_of(code):  # type: ignore[no-untyped-def]
    """The first byte of a code point in UTF-8."""
    if code < 0x80:
        return code
    return 0xC0 | code >> 6 if code < 0x800 else 0xE0 | code >> 12 if code < 0x10000 else 0xF0 | code >> 18


@njit(cache=True, nogil=True)
def put(out, at, code):  # type: ignore[no-untyped-def]
    """Write a code point as UTF-8; the place behind it."""
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
def composed(data, at, end):  # type: ignore[no-untyped-def]
    """(code point, next place) with conjoining jamo put together."""
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
    elif 0xAC00 <= code <= 0xD7A3 and (code - 0xAC00) % 28 == 0 and at < end:
        tail, after = _next(data, at)
        if 0x11A8 <= tail <= 0x11C2:
            code += tail - 0x11A7
            at = after
    return np.int64(code), at


@njit(cache=True, nogil=True)
def squeeze_jamo(fd, fm, at, end, leet, sd, sm, sp, sa, s):  # type: ignore[no-untyped-def]
    """The folded cell fd[at:end] squeezed from `sa` on, with the list `s` (ROWS) as scratch; the place behind it."""
    m = listed_letters(fd, fm, at, end, s)
    for i in range(m):
        code, k, was_changed, plain = s[4, i], s[5, i], s[7, i], s[9, i]
        if k == DIGIT:
            before = s[5, i - 1] if i > 0 else SPACE
            after = s[5, i + 1] if i + 1 < m else SPACE
            if after == HANGUL and before not in (DIGIT, LATIN):
                code, was_changed, plain = SAID[code - 48], 1, 0
        if plain != 0 and number_of(code) < 256:
            code = np.int32(leet[number_of(code)])
        start = sa
        sa = put(sd, sa, code)
        sm[start : sa + 1] = 0
        sp[start : sa + 1] = 0
        sm[start] = s[6, i] | (2 if was_changed else 0) | (4 if s[8, i] else 0) | k << 4
        sp[start] = lead_of(plain)
    return sa


@njit(cache=True, nogil=True)
def listed_letters(fd, fm, at, end, s):  # type: ignore[no-untyped-def]
    """Letters of a folded cell, jamo put together, in s[4:10], of folded characters s[10] to s[11]; their number."""
    return _joined(s, _letters(s, _listed(fd, fm, at, end, s)))


@njit(cache=True, nogil=True)
def _listed(fd, fm, at, end, s):  # type: ignore[no-untyped-def]
    """Folded characters into s[0] code, s[1] kind, s[2] begins, s[3] changed; their number."""
    n = 0
    while at < end:
        mark = np.int32(fm[at])
        s[1, n], s[2, n], s[3, n] = mark >> 4, mark & 1, mark >> 1 & 1
        s[0, n], at = _next(fd, at)
        n += 1
    return n


@njit(cache=True, nogil=True)
def _letters(s, count):  # type: ignore[no-untyped-def]
    """Letters and digits into s[4] code, s[5] kind, s[6] begins, s[7] changed, s[8] spaced, s[9] plain, s[10] place."""
    m, gap, spaced = 0, False, False
    for i in range(count):
        code, k = s[0, i], s[1, i]
        if k == OTHER and number_of(code) < 256 and SIGNS[number_of(code)] and 0 < i < count - 1:
            left, right = s[1, i - 1], s[1, i + 1]
            if (left in (LATIN, DIGIT)) and (right in (LATIN, DIGIT)):
                s[4, m], s[5, m], s[6, m], s[7, m] = code, LATIN, 1 if gap or m == 0 else 0, 1
                s[8, m], s[9, m], s[10, m] = 1 if spaced else 0, code, i
                m, gap, spaced = m + 1, False, False
                continue
        if k in (OTHER, SPACE):
            gap = True
            spaced = spaced or k == SPACE
            continue
        after_symbol = i > 0 and s[1, i - 1] == OTHER and not gap
        s[4, m], s[5, m], s[7, m], s[9, m] = code, k, s[3, i], code
        s[6, m] = 1 if gap or m == 0 or (s[2, i] == 1 and not after_symbol) else 0
        s[8, m], s[10, m] = 1 if spaced else 0, i
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
        s[10, n], s[11, n] = s[10, at], s[10, at + step - 1]
        at += step
        n += 1
    return n
