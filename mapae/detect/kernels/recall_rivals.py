"""Tells candidates apart cheaply: whether a row can bear a code of a recall, and whether a cell shows some model code.

The plain references are in mapae.detect.recall_plain.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = ["bears", "shows_code"]

Array = Any
_GAP = 8  # bytes that may stand between two parts of one code: two signs of up to four


@njit(cache=True, nogil=True, inline="always")
def _latin(byte):  # type: ignore[no-untyped-def]
    return 48 <= byte <= 57 or 97 <= byte <= 122 or byte == 43


@njit(cache=True, nogil=True, inline="always")
def _letter(byte):  # type: ignore[no-untyped-def]
    return 65 <= byte <= 90 or 97 <= byte <= 122


@njit(cache=True, nogil=True, inline="always")
def _digit(byte):  # type: ignore[no-untyped-def]
    return 48 <= byte <= 57


@njit(cache=True, nogil=True)
def _begins_with(data, at, stop, code):  # type: ignore[no-untyped-def]
    """Whether the Latin letters and digits from `at` on begin with the code, small gaps left out."""
    k, gap = 0, 0
    while at < stop and gap <= _GAP:
        if _latin(data[at]):
            if data[at] != code[k]:
                return False
            k, gap = k + 1, 0
            if k == len(code):
                return True
        else:
            gap += 1
        at += 1
    return False


@njit(cache=True, nogil=True)
def _cell_bears(data, start, stop, starts, codes, first, last):  # type: ignore[no-untyped-def]
    for at in range(start, stop):
        if not _latin(data[at]) or (at > start and _latin(data[at - 1])):
            continue
        for c in range(first, last):
            if codes[starts[c]] == data[at] and _begins_with(
                data, at, stop, codes[starts[c] : starts[c + 1]]
            ):
                return True
    return False


@njit(cache=True, nogil=True)
def bears(data, offsets, n_fields, fields, rows, recalls, code_at, starts, codes):  # type: ignore[no-untyped-def]
    """For each pair of row and recall whether a code of the recall begins at a word of one of these fields.

    code_at: first code of each recall, and the end; starts: first byte of each code in `codes` (folded), and the end.
    """
    out = np.zeros(len(rows), np.bool_)
    for i in range(len(rows)):
        first, last = code_at[recalls[i]], code_at[recalls[i] + 1]
        for field in fields:
            cell = rows[i] * n_fields + field
            if first < last and _cell_bears(
                data, offsets[cell], offsets[cell + 1], starts, codes, first, last
            ):
                out[i] = True
                break
    return out


@njit(cache=True, nogil=True)
def shows_code(data, offsets):  # type: ignore[no-untyped-def]
    """For each original cell whether a code stands there that is a model and no measure, by its looks alone.

    A code runs over letters, digits, `+`, and `-./_` before a letter or digit. It counts if it begins with a letter, holds
    a digit and has four signs or more, or if it is five digits or more and nothing else.
    """
    out = np.zeros(len(offsets) - 1, np.bool_)
    for cell in range(len(offsets) - 1):
        at, stop = offsets[cell], offsets[cell + 1]
        while at < stop and not out[cell]:
            if not (_letter(data[at]) or _digit(data[at])):
                at += 1
                continue
            lettered, digits, size, bare = _letter(data[at]), 0, 0, True
            while at < stop:
                byte = data[at]
                if _letter(byte) or _digit(byte) or byte == 43:
                    digits += 1 if _digit(byte) else 0
                    size += 1
                elif 45 <= byte <= 47 or byte == 95:
                    if at + 1 >= stop or not (_letter(data[at + 1]) or _digit(data[at + 1])):
                        break
                    bare = False
                else:
                    break
                at += 1
            out[cell] = (lettered and digits > 0 and size >= 4) or (bare and digits == size >= 5)
    return out
