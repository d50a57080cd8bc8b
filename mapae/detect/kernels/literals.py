"""Finds literals in folded text by a hash of their first bytes; the reference is mapae.detect.plain.find_plainly.

A pattern is filed under its first four bytes, or six where it begins with a character of three bytes or more (two
Hangul or Han characters); one shorter than that under itself. A place of the text is looked up by the same bytes: bit
fields turn most places away, a hash table gives the run of sorted patterns with that beginning, and a binary search
in the run finds the last pattern that sorts before the text. Whatever begins the text there is that pattern or one of
its own beginnings, which `parent` links. Cost: by places where a word may begin, not by patterns.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from mapae.detect.kernels.hits import take_hit

__all__ = ["FREE", "FULL", "GATE_BITS", "SIEVE_BITS", "follow_bit", "scan_literals", "spread"]

Array = Any
SIEVE_BITS, GATE_BITS = 20, 15  # the sieve fits the second cache, the gate the first
# what `leads` says of the patterns that begin with a byte: there are filed ones of full length, one byte shorter (2),
# two (4), three (8); some are looked for inside words
FULL, FREE = 1, 16
_SHORTER = 14
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_HALF, _ONE, _THREE, _LOW, _WORD, _EIGHT, _TOP = (np.uint64(n) for n in (29, 1, 3, 63, 6, 8, 56))
_SIEVE, _GATE = np.uint64(64 - SIEVE_BITS), np.uint64(64 - GATE_BITS)
_FIRST = np.uint64(0xFFFFFF)
_RUN = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)


@njit(cache=True, nogil=True, inline="always")
def spread(key):  # type: ignore[no-untyped-def]
    """A key's bits mixed; the upper ones choose its place."""
    return (key ^ (key >> _HALF)) * _GOLDEN


@njit(cache=True, nogil=True, inline="always")
def follow_bit(data, at):  # type: ignore[no-untyped-def]
    """A bit for the character at a place: the low bits of its last byte, or of its only one."""
    return _ONE << np.uint64((data[at + 2] if data[at] >= 0xE0 else data[at]) & 63)


@njit(cache=True, nogil=True, inline="always")
def _set(field, bit):  # type: ignore[no-untyped-def]
    return field[bit >> _WORD] >> (bit & _LOW) & _ONE != 0


@njit(cache=True, nogil=True, inline="always")
def _slot(table, bits, key):  # type: ignore[no-untyped-def]
    """The row of a key in the table, or −1."""
    at = np.int64(spread(key) >> np.uint64(64 - bits))
    while table[at, 0] != key:
        if table[at, 0] == 0:
            return -1
        at = (at + 1) & (len(table) - 1)
    return at


@njit(cache=True, nogil=True, inline="always")
def _longest(data, at, blob, word_at, low, high):  # type: ignore[no-untyped-def]
    """(the last pattern of low:high that sorts at or before the text, or low − 1; bytes in which they agree)."""
    best, common = low - 1, 0
    while low < high:
        middle = (low + high) >> 1
        first = word_at[middle]
        size = word_at[middle + 1] - first
        same = 0
        while same < size and blob[first + same] == data[at + same]:
            same += 1
        if same == size or blob[first + same] < data[at + same]:
            best, common, low = middle, same, middle + 1
        else:
            high = middle
    return best, common


@njit(cache=True, nogil=True, inline="always")
def _nothing_hidden(data, marks, at):  # type: ignore[no-untyped-def]
    """Whether a squeezed hit from here says no more than plain words: no ASCII, nothing put together, a space behind.

    Such a hit would stand in the folded channel too, or join ordinary words.
    """
    count, j = 0, at
    while True:
        if data[j] == 0:
            return True
        if data[j] & 0xC0 != 0x80:
            if j > at and marks[j] & 1:
                return marks[j] & 4 != 0 and count > 1
            if data[j] < 0x80 or marks[j] & 2:
                return False
            count += 1
        j += 1


@njit(cache=True, nogil=True)
def _first_eight(data):  # type: ignore[no-untyped-def]
    """The first bytes of the text in one word, the first lowest."""
    window = np.uint64(0)
    for p in range(min(len(data), 8)):
        window |= np.uint64(data[p]) << np.uint64(8 * p)
    return window


@njit(cache=True, nogil=True)
def scan_literals(channel, literals, owners, number, fields, out):  # type: ignore[no-untyped-def]
    """Every hit that an owner asked for into `out`, by start and then longest first; how many (more than fit: too small).

    channel: data, offsets, marks, plain. literals: as mapae.detect.literals.Literals.arrays gives them.
    owners: (at, rows) as in mapae.detect.lexicon. number: the channel's number. out: a row a column of Hits.
    """
    data, offsets, marks, plain = channel
    table, bits, sieve, gate, blob, word_at, parent, leads, words = literals
    at, rows = owners
    count, cell, size = 0, 0, len(data)
    window = _first_eight(data)
    for p in range(size):
        lead = data[p]
        said = leads[lead]
        begins = marks[p] & 1
        if lead == 0:
            cell += 1
        elif said != 0 and (begins or said & FREE) and not (
            number == 1 and lead >= 0x80 and _nothing_hidden(data, marks, p)
        ):  # fmt: skip
            wide = lead >= 0xE0
            if wide and said & _SHORTER and not _set(gate, spread(window & _FIRST) >> _GATE):
                said &= ~_SHORTER
            long = 6 if wide else 4
            for less in range(4):
                if said & (1 << less) == 0:
                    continue
                n = np.uint64(long - less)
                key = (window & ((_ONE << (n << _THREE)) - _ONE)) | n << _TOP
                if not _set(sieve[begins], spread(key) >> _SIEVE):
                    continue
                slot = _slot(table, bits, key)
                if slot < 0:
                    continue
                low = np.int64(table[slot, 2] & _RUN)
                found, common = low, long
                if less == 0:
                    if table[slot, 1] & follow_bit(data, p + long) == 0:
                        continue
                    found, common = _longest(data, p, blob, word_at, low, np.int64(table[slot, 2] >> _SHIFT))
                    if found < low:
                        continue
                while found >= 0:
                    length = word_at[found + 1] - word_at[found]
                    if length <= common:
                        count = take_hit(
                            data, marks, plain, words, word_at, at, rows,
                            found, p, p + length, cell, offsets[cell], number, fields, out, count,
                        )  # fmt: skip
                    found = np.int64(parent[found])
        coming = np.uint64(data[p + 8]) if p + 8 < size else np.uint64(0)
        window = (window >> _EIGHT) | (coming << _TOP)
    return count
