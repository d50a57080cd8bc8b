"""The plain reference of the picture search: every pair compared, hash by hash, in Python integers."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["near"]


def near(queries: Sequence[str], hashes: Sequence[str], radius: int) -> list[tuple[int, int, int]]:
    """(query, hash, bits apart) of all pairs of PDQ hashes (64 hex digits) at most `radius` bits apart, in order."""
    known = [int(each, 16) for each in hashes]
    return [
        (which, at, apart)
        for which, query in enumerate(queries)
        for at, other in enumerate(known)
        if (apart := (int(query, 16) ^ other).bit_count()) <= radius
    ]
