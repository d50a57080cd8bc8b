"""Files literals under their first bytes, for the compiled scanner in mapae.detect.kernels.literals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.detect.kernels.literals import FREE, FULL, GATE_BITS, SIEVE_BITS

__all__ = ["Literals", "file_literals", "filed_bytes"]

Words = npt.NDArray[np.uint64]
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_EVERY_BIT = (1 << 64) - 1


@dataclass(frozen=True)
class Literals:
    """Patterns in byte order, and where each beginning is filed.

    table: open hash table of 2^bits beginnings, a row each: the bytes with their number on top (0: empty), follow_bit of
    what may come behind (all bits where a pattern ends there), and the run of patterns, first in the low half and end in
    the high; sieve: bit fields of the beginnings, [0] those also looked for inside words, [1] all; gate: bit field of the
    first characters of patterns shorter than six bytes; blob, word_at: the patterns' bytes; words: the same before leet
    classes; parent: the longest shorter pattern that begins this one and is filed in the same run, or −1; leads: by first
    byte, what patterns there are (FULL …, FREE).
    """

    table: Words
    bits: int
    sieve: Words
    gate: Words
    blob: npt.NDArray[np.uint8]
    word_at: npt.NDArray[np.int64]
    parent: npt.NDArray[np.int32]
    leads: npt.NDArray[np.uint8]
    words: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.parent)

    @property
    def arrays(self) -> tuple[Any, ...]:
        """As the kernel takes them."""
        return (
            self.table, self.bits, self.sieve, self.gate, self.blob, self.word_at, self.parent, self.leads,
            self.words,
        )  # fmt: skip


def filed_bytes(pattern: bytes) -> int:
    """How many first bytes a pattern is filed under: two characters of three bytes, or four bytes, or all it has."""
    return min(len(pattern), _full(pattern))


def file_literals(patterns: list[bytes], words: list[bytes], free: list[bool]) -> Literals:
    """File distinct patterns, sorted by bytes. words: each before leet classes; free: looked for inside words too."""
    runs: dict[int, tuple[int, int, int]] = {}  # key → follow bits, first, end
    leads = np.zeros(256, np.uint8)
    for number, pattern in enumerate(patterns):
        key = _key(pattern)
        follow, first, _ = runs.get(key, (0, number, number))
        runs[key] = (follow | _follow(pattern), first, number + 1)
        leads[pattern[0]] |= FULL << (_full(pattern) - filed_bytes(pattern)) | (FREE if free[number] else 0)
    bits = max(4, (2 * len(runs)).bit_length())
    inside = {_key(pattern) for pattern, also in zip(patterns, free, strict=True) if also}
    short = {int.from_bytes(item[:3], "little") for item in patterns if len(item) < _full(item)}
    return Literals(
        _table(runs, bits), bits, np.stack([_field(inside, SIEVE_BITS), _field(runs, SIEVE_BITS)]),
        _field(short, GATE_BITS), _bytes(patterns),
        np.concatenate([[0], np.cumsum([len(item) for item in patterns])]).astype(np.int64),
        _parents(patterns), leads, _bytes(words),
    )  # fmt: skip


def _full(pattern: bytes) -> int:
    return 6 if pattern[0] >= 0xE0 else 4


def _key(pattern: bytes) -> int:
    n = filed_bytes(pattern)
    return int.from_bytes(pattern[:n], "little") | n << 56


def _follow(pattern: bytes) -> int:
    """The bit of the character behind the filed bytes, as `follow_bit` in the kernel; all bits where there is none."""
    at = filed_bytes(pattern)
    if at == len(pattern):
        return _EVERY_BIT
    return 1 << ((pattern[at + 2] if pattern[at] >= 0xE0 else pattern[at]) & 63)


def _bytes(parts: list[bytes]) -> npt.NDArray[np.uint8]:
    return np.frombuffer(b"".join(parts) or b"\0", np.uint8).copy()


def _spread(keys: Iterable[int]) -> Words:
    wide = np.fromiter(keys, np.uint64)
    return (wide ^ (wide >> np.uint64(29))) * _GOLDEN


def _table(runs: dict[int, tuple[int, int, int]], bits: int) -> Words:
    table = np.zeros((1 << bits, 4), np.uint64)
    taken: set[int] = set()
    for at, (key, (follow, first, end)) in zip(
        (_spread(runs) >> np.uint64(64 - bits)).tolist(), runs.items(), strict=True
    ):
        while at in taken:
            at = (at + 1) % len(table)
        taken.add(at)
        table[at, :3] = key, follow, end << 32 | first
    return table


def _field(keys: Iterable[int], bits: int) -> Words:
    """A field of 2^bits bits with the bit of each key set."""
    flags = np.zeros(1 << bits, np.bool_)
    flags[(_spread(keys) >> np.uint64(64 - bits)).astype(np.int64)] = True
    return np.packbits(flags, bitorder="little").view(np.uint64)


def _parents(patterns: list[bytes]) -> npt.NDArray[np.int32]:
    parent = np.full(len(patterns), -1, np.int32)
    open_ones: list[int] = []
    for number, pattern in enumerate(patterns):
        while open_ones and not pattern.startswith(patterns[open_ones[-1]]):
            open_ones.pop()
        if open_ones and len(patterns[open_ones[-1]]) >= filed_bytes(pattern):
            parent[number] = open_ones[-1]
        open_ones.append(number)
    return parent
