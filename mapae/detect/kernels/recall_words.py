"""The terms in the cells of a row: Latin words and up to four put together, Hangul and Han of two to ten, by hash.

The hash of a key is its bytes as the digits of a number to the base _BASE, modulo 2⁶⁴ (Karp and Rabin 1987): that of two
words put together comes of theirs, so that no byte is read twice.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

__all__ = [
    "BASE",
    "FIELDS",
    "SEED",
    "TITLE",
    "WORDS",
    "begins",
    "is_latin",
    "is_stop",
    "read_row",
    "step",
    "term_of",
]

Array = Any
BASE = 0x9E3779B97F4A7C15
SEED = np.uint64(0)
_BASE, _SQUARE, _CUBE = (np.uint64(pow(BASE, n, 1 << 64)) for n in (1, 2, 3))
_ONE, _BYTE, _BIT, _HALF, _MIDDLE = (np.uint64(n) for n in (1, 3, 7, 32, 20))
FIELDS, TITLE, _TEXT, _MODEL = 5, 0, 1, 3
_JOIN, _LONGEST, WORDS = 4, 10, 4096
_HEAD, _TAIL = 5, 4  # least signs of a model, and most of what may follow it in one word (`WF316LAS`)


@njit(cache=True, nogil=True, inline="always")
def step(value, byte):  # type: ignore[no-untyped-def]
    """The hash of a key and one byte more (recall_build.hash_key)."""
    return value * _BASE + np.uint64(byte)


@njit(cache=True, nogil=True, inline="always")
def begins(value, heads):  # type: ignore[no-untyped-def]
    """Whether a term may begin with what has this hash."""
    place = (value ^ (value >> _HALF)) & np.uint64(len(heads) * 8 - 1)
    return (heads[place >> _BYTE] >> np.uint8(place & _BIT)) & 1


@njit(cache=True, nogil=True)
def term_of(value, keys, slots):  # type: ignore[no-untyped-def]
    """The term of a hash, −1 where there is none."""
    mask = np.uint64(len(keys) - 1)
    at = (((value ^ (value >> _HALF)) * _BASE) >> _MIDDLE) & mask
    while keys[at] != 0:
        if keys[at] == value:
            return slots[at]
        at = (at + _ONE) & mask
    return -1


@njit(cache=True, nogil=True)
def is_stop(byte):  # type: ignore[no-untyped-def]
    """One of `,.:;`."""
    return byte in (44, 46, 58, 59)


@njit(cache=True, nogil=True)
def _split(data, start, stop, words):  # type: ignore[no-untyped-def]
    """Latin words of a cell as start, end, digits in them, hash, power of the base by which they move a hash before them;
    their number and whether a code stands there."""
    total, at, code = 0, start, False
    while at < stop and total < WORDS:
        byte = data[at]
        if not (48 <= byte <= 57 or 97 <= byte <= 122 or byte == 43):
            at += 1
            continue
        first, digits, value, power = at, 0, SEED, _ONE
        while at < stop and (48 <= data[at] <= 57 or 97 <= data[at] <= 122 or data[at] == 43):
            digits += 1 if data[at] < 58 else 0
            value, power = step(value, data[at]), power * _BASE
            at += 1
        code = code or (digits > 0 and digits < at - first and at - first >= 4 and data[first] >= 97)
        words[0, total], words[1, total], words[2, total] = first, at, digits
        words[3, total], words[4, total] = value, power
        total += 1
    return total, code


@njit(cache=True, nogil=True)
def _cut_short(data, words, i):  # type: ignore[no-untyped-def]
    """Whether the word is one to three letters with a stop and a space behind it (`Dr. Mercola`)."""
    end = words[1, i]
    return words[2, i] == 0 and end - words[0, i] <= 3 and data[end] == 46 and data[end + 1] == 32


@njit(cache=True, nogil=True)
def _suffixed(data, first, end, lookup, found, count):  # type: ignore[no-untyped-def]
    """Terms that hold letters and digits and begin a longer word: models with a suffix of colour or market."""
    heads, keys, slots = lookup
    value, digits = SEED, 0
    for k in range(first, end - 1):
        value = step(value, data[k])
        digits += data[k] < 58
        if k < max(first + _HEAD, end - _TAIL) - 1 or not 0 < digits <= k - first or not begins(value, heads):
            continue
        term = term_of(value, keys, slots)
        if term >= 0 and count < len(found):
            found[count] = term
            count += 1
    return count


@njit(cache=True, nogil=True)
def _latin(data, lead, total, words, lookup, found, count):  # type: ignore[no-untyped-def]
    """Terms of Latin words alone and put together; behind `lead` only of those with a digit in the first two."""
    heads, keys, slots = lookup
    for i in range(total):
        late = words[0, i] >= lead
        if late and words[2, i] == 0 and (i + 1 >= total or words[2, i + 1] == 0):
            continue
        if words[2, i] and words[1, i] - words[0, i] > _HEAD:
            count = _suffixed(data, words[0, i], words[1, i], lookup, found, count)
        value, digits = SEED, 0
        for j in range(i, min(total, i + _JOIN)):
            if j > i:
                gap = words[0, j] - words[1, j - 1]
                if gap > 2 or data[words[1, j - 1]] >= 128 or data[words[0, j] - 1] >= 128:
                    break
                halt = gap == 2 and (is_stop(data[words[1, j - 1]]) or is_stop(data[words[0, j] - 1]))
                if halt and not _cut_short(data, words, j - 1):
                    break
            value = value * np.uint64(words[4, j]) + np.uint64(words[3, j])
            digits += words[2, j]
            if not begins(value, heads):
                break
            if words[1, j] - words[0, i] < 2 or (late and digits == 0):
                continue
            term = term_of(value, keys, slots)
            if term >= 0 and count < len(found):
                found[count] = term
                count += 1
    return count


@njit(cache=True, nogil=True)
def _han(data, start, stop, chars, lookup, found, count):  # type: ignore[no-untyped-def]
    """Terms of the Hangul and Han of a cell, single spaces inside a run left out."""
    heads, keys, slots = lookup
    at = start
    while at < stop:
        if data[at] < 0xE3 or data[at] > 0xED or at + 2 >= stop:
            at += 1
            continue
        total = 0
        while at + 2 < stop and total < WORDS:
            if 0xE3 <= data[at] <= 0xED:
                chars[total] = data[at] * _SQUARE + data[at + 1] * _BASE + np.uint64(data[at + 2])
                total += 1
                at += 3
            elif data[at] == 32 and 0xE3 <= data[at + 1] <= 0xED:
                at += 1
            else:
                break
        for i in range(total - 1):
            value = SEED
            for j in range(i, min(total, i + _LONGEST)):
                value = value * _CUBE + np.uint64(chars[j])
                if not begins(value, heads):
                    break
                if j == i:
                    continue
                term = term_of(value, keys, slots)
                if term >= 0 and count < len(found):
                    found[count] = term
                    count += 1
    return count


@njit(cache=True, nogil=True)
def read_row(data, offsets, first, lead, words, chars, lookup, found, marks):  # type: ignore[no-untyped-def]
    """Terms of a row's cells; marks[field] is the count behind each field. Whether a code stands in title or model."""
    count, foreign = 0, False
    for field in range(FIELDS):
        start, stop = offsets[first + field], offsets[first + field + 1]
        end = min(stop, start + lead) if field == _TEXT else stop
        total, code = _split(data, start, stop, words)
        count = _latin(data, end, total, words, lookup, found, count)
        count = _han(data, start, end, chars, lookup, found, count)
        foreign = foreign or (code and field in (TITLE, _MODEL))
        marks[field] = count
    return foreign


@njit(cache=True, nogil=True)
def is_latin(data, start, stop):  # type: ignore[no-untyped-def]
    """No Hangul and no Han; signs of those scripts do not count."""
    for at in range(start, stop):
        if 0xE4 <= data[at] <= 0xED or (data[at] == 0xE3 and at + 1 < stop and data[at + 1] >= 0x90):
            return False
    return True
