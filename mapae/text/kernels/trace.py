"""Where each character of a folded cell stood in the original; the reference is mapae.text.fold.FoldedText.original."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from mapae.text.kernels.jamo import ROWS, composed, listed_letters

__all__ = ["trace"]

Array = Any


@njit(cache=True, nogil=True)
def trace(source, fd, fm, shown, squeezed, quick, index, size, pool):  # type: ignore[no-untyped-def]
    """(first byte in `shown` of each character, and the end; first code point of the original; the one behind its last).

    source: the original cell's UTF-8; fd, fm: its folded bytes and marks; shown: its bytes in the channel asked for.
    """
    count = 0
    places = np.empty(len(shown) + 1, np.int32)
    for at in range(len(shown)):
        if shown[at] & 0xC0 != 0x80:
            places[count] = at
            count += 1
    places[count] = len(shown)
    starts, ends = np.zeros(len(fd), np.int32), np.zeros(len(fd), np.int32)
    _origins(source, quick, index, size, pool, starts, ends)
    if squeezed:
        s = np.empty((ROWS, len(fd) + 1), np.int32)
        for i in range(listed_letters(fd, fm, 0, len(fd), s)):
            starts[i], ends[i] = starts[s[10, i]], ends[s[11, i]]
    return places[: count + 1], starts[:count], ends[:count]


@njit(cache=True, nogil=True)
def _origins(source, quick, index, size, pool, starts, ends):  # type: ignore[no-untyped-def]
    """The code points of the original that each folded character came from."""
    n, at, point, last = 0, 0, 0, np.int64(-1)
    while at < len(source):
        code, after = composed(source, at, len(source))
        first = point
        for j in range(at, after):
            point += source[j] & 0xC0 != 0x80
        at = after
        entry, place = np.int64(quick[code]), np.int64(index[code])
        for p in range(1 if entry >= 0 else 0 if place == -2 else np.int64(size[code])):
            part = entry & 0x1FFFFF if entry >= 0 else np.int64(pool[place + p])
            if part == 32 and last == 32:
                continue
            starts[n], ends[n], last = first, point, part
            n += 1
