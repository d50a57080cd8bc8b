"""Pictures that are the same to the eye: pairs of PDQ hashes at most 31 of 256 bits apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["NEAR", "near_pairs"]

NEAR = 31  # bits; the distance PDQ's authors call a match (Facebook, TMK-PDQ-PDQF, 2019)
_CHUNKS = 16  # of 16 bits: two hashes 31 bits apart agree in one chunk but for one bit
_FLIPS = np.asarray([0, *(1 << bit for bit in range(16))], np.uint16)
_BLOCK = 1 << 18  # pairs compared at once


def near_pairs(hashes: Sequence[str]) -> list[tuple[int, int]]:
    """Positions (i < j) of hashes within NEAR bits, ascending. A hash is 64 hex digits; others, and blank pictures
    (all bits alike), are left out.
    """
    kept = [i for i, text in enumerate(hashes) if _usable(text)]
    if len(kept) < 2:
        return []
    chunks = np.asarray([np.frombuffer(bytes.fromhex(hashes[i]), ">u2") for i in kept]).astype(np.uint16)
    found: set[tuple[int, int]] = set()
    for column in range(_CHUNKS):
        found.update(_close(chunks, column))
    return sorted((kept[i], kept[j]) for i, j in found)


def _usable(text: str) -> bool:
    if len(text) != 64:
        return False
    try:
        bits = int(text, 16).bit_count()
    except ValueError:
        return False
    return 8 <= bits <= 248


def _close(chunks: npt.NDArray[np.uint16], column: int) -> list[tuple[int, int]]:
    """Pairs that agree in this chunk but for one bit and are near in all."""
    values = chunks[:, column]
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    found: list[tuple[int, int]] = []
    for flip in _FLIPS:
        asked = values ^ flip
        low, high = np.searchsorted(ordered, asked, "left"), np.searchsorted(ordered, asked, "right")
        counts = high - low
        left = np.repeat(np.arange(len(values)), counts)
        offset = np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts)
        right = order[low[left] + offset] if len(left) else left
        forward = left < right
        left, right = left[forward], right[forward]
        for at in range(0, len(left), _BLOCK):
            one, other = left[at : at + _BLOCK], right[at : at + _BLOCK]
            apart = np.bitwise_count(chunks[one] ^ chunks[other]).sum(axis=1)
            near = apart <= NEAR
            found += list(zip(one[near].tolist(), other[near].tolist(), strict=True))
    return found
