"""The hashed letter runs and the numbers of many records at once; the reference is mapae.detect.linking.units."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["BUCKETS", "numbers", "units"]

Array = Any
BUCKETS = 1 << 22
_SPACE = 32


@njit(cache=True, nogil=True)
def _next(data, at):  # type: ignore[no-untyped-def]
    """(code point, place behind it) of the UTF-8 character that begins at `at`."""
    first = data[at]
    if first < 0x80:
        return np.int64(first), at + 1
    if first < 0xE0:
        return (np.int64(first & 0x1F) << 6) | (data[at + 1] & 0x3F), at + 2
    if first < 0xF0:
        return (np.int64(first & 0x0F) << 12) | (np.int64(data[at + 1] & 0x3F) << 6) | (
            data[at + 2] & 0x3F
        ), at + 3
    high = (np.int64(first & 0x07) << 18) | (np.int64(data[at + 1] & 0x3F) << 12)
    return high | (np.int64(data[at + 2] & 0x3F) << 6) | (data[at + 3] & 0x3F), at + 4


@njit(cache=True, nogil=True)
def _alnum(code):  # type: ignore[no-untyped-def]
    return 48 <= code <= 57 or 97 <= code <= 122


@njit(cache=True, nogil=True)
def _digit(code):  # type: ignore[no-untyped-def]
    return 48 <= code <= 57


@njit(cache=True, nogil=True)
def _stream(data, start, end, kind, limit, out):  # type: ignore[no-untyped-def]
    """Letters and digits of a cell into `out`, words apart by one space, a space at both ends; how many were put there."""
    out[0] = _SPACE
    size, at, before = 1, start, np.int64(_SPACE)
    while at < end and size < limit:
        code, after = _next(data, at)
        if code < len(kind) and kind[code] > 0:
            out[size] = code
            size += 1
        else:
            follows = np.int64(_SPACE)
            if after < end:
                follows, _ = _next(data, after)
            joins = (code == 45 or code == 47 or code == 39) and _alnum(before) and _alnum(follows)
            if code == 46 and _digit(before) and _digit(follows):
                out[size] = code
                size += 1
            elif not joins and out[size - 1] != _SPACE:
                out[size] = _SPACE
                size += 1
        before, at = code, after
    if out[size - 1] != _SPACE:
        out[size] = _SPACE
        size += 1
    return size


@njit(cache=True, nogil=True)
def _hash(a, b, c):  # type: ignore[no-untyped-def]
    mixed = np.uint64(a) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= np.uint64(b) * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= np.uint64(c) * np.uint64(0x165667B19E3779F9)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(40)) & np.uint64(BUCKETS - 1)


@njit(cache=True, nogil=True)
def _cell_units(stream, size, kind, title, keys, used):  # type: ignore[no-untyped-def]
    """Keys (bucket × 2 + title) of the runs: two characters where the first is Chinese, Japanese or Korean, else three."""
    for at in range(size - 1):
        first = stream[at]
        if kind[first] == 2:
            keys[used] = _hash(first, stream[at + 1], 0) * np.uint64(2) + np.uint64(title)
            used += 1
        elif at + 2 < size:
            keys[used] = _hash(first, stream[at + 1], stream[at + 2]) * np.uint64(2) + np.uint64(title)
            used += 1
    return used


@njit(cache=True, nogil=True)
def _run(data, offsets, kind, limit, ids, in_title, in_all, ends):  # type: ignore[no-untyped-def]
    stream = np.empty(2 * limit + 8, np.int64)
    keys = np.empty(4 * limit + 16, np.uint64)
    used = 0
    for row in range((len(offsets) - 1) // 2):
        count = 0
        for part in range(2):
            start, end = offsets[2 * row + part], offsets[2 * row + part + 1] - 1
            size = _stream(data, start, end, kind, limit, stream)
            count = _cell_units(stream, size, kind, 1 - part, keys, count)
        ordered = np.sort(keys[:count])
        first = used
        for key in ordered:
            bucket = np.uint32(key >> np.uint64(1))
            if used == first or ids[used - 1] != bucket:
                ids[used], in_title[used], in_all[used] = bucket, 0, 0
                used += 1
            if in_all[used - 1] < 255:
                in_all[used - 1] += 1
                in_title[used - 1] += np.uint8(key & np.uint64(1))
        ends[row + 1] = used
    return used


def units(data: Array, offsets: Array, kind: Array, limit: int) -> tuple[Array, Array, Array, Array]:
    """Distinct buckets of every record, sorted; times in the title; times in all; first place of each record, and the end.

    data, offsets: folded cells (mapae.text.fold.Channel), two a record: title, rest. kind: class of each code point
    (0 no letter, 1 letter or digit, 2 Chinese, Japanese, Korean). limit: characters of a cell that are read.
    """
    rows = (len(offsets) - 1) // 2
    room = int(offsets[-1]) + 8 * rows + 16
    ids, in_title, in_all = np.empty(room, np.uint32), np.empty(room, np.uint8), np.empty(room, np.uint8)
    ends = np.zeros(rows + 1, np.int64)
    used = _run(data, offsets, kind, limit, ids, in_title, in_all, ends)
    return ids[:used].copy(), in_title[:used].copy(), in_all[:used].copy(), ends


@njit(cache=True, nogil=True)
def _numbers(data, offsets, limit, values, titled, ends):  # type: ignore[no-untyped-def]
    used = 0
    for row in range((len(offsets) - 1) // 2):
        for part in range(2):
            start, end = offsets[2 * row + part], offsets[2 * row + part + 1] - 1
            end = min(end, start + limit)
            at = start
            while at < end:
                fresh = at == start or not (
                    _alnum(data[at - 1]) or (data[at - 1] == 46 and at > start + 1 and _digit(data[at - 2]))
                )
                if fresh and data[at] == 118 and at + 1 < end and _digit(data[at + 1]):
                    at += 1
                if not (fresh and _digit(data[at])):
                    at += 1
                    continue
                whole, digits = np.int64(0), 0
                while at < end and _digit(data[at]):
                    whole = whole * 10 + (data[at] - 48) if digits < 9 else whole
                    digits += 1
                    at += 1
                part_of = np.int64(0)
                scale = 100
                if at + 1 < end and data[at] == 46 and _digit(data[at + 1]):
                    at += 1
                    while at < end and _digit(data[at]):
                        part_of += (data[at] - 48) * scale
                        scale //= 10
                        at += 1
                behind = at
                while behind < end and 97 <= data[behind] <= 122:
                    behind += 1
                if digits <= 6 and not (behind < end and behind > at and _digit(data[behind])):
                    values[used] = whole * 1000 + part_of
                    titled[used] = part == 0
                    used += 1
        ends[row + 1] = used
    return used


def numbers(data: Array, offsets: Array, limit: int) -> tuple[Array, Array, Array]:
    """Numbers that stand by themselves or before a unit (7, 2.0, v3, 16gb; not those inside a code), in thousandths.

    Returns values, whether each is from the title, and the first place of each record with the end; cells as in `units`,
    limit: bytes of a cell that are read.
    """
    rows = (len(offsets) - 1) // 2
    room = int(offsets[-1]) + 1
    values, titled = np.empty(room, np.int64), np.empty(room, np.bool_)
    ends = np.zeros(rows + 1, np.int64)
    used = _numbers(data, offsets, limit, values, titled, ends)
    return values[:used].copy(), titled[:used].copy(), ends
