"""Plain references of the kernels of the rank audit (mapae.detect.kernels.rank_audit)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

__all__ = ["moments", "scores"]


def moments(
    rows: Sequence[Sequence[float]], codes: Sequence[int]
) -> tuple[dict[int, int], dict[int, list[float]], list[list[float]]]:
    """Rows and column sums by query, and the cross products of all columns (whole, not only the upper half)."""
    width = len(rows[0])
    counts: dict[int, int] = defaultdict(int)
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0] * width)
    for row, code in zip(rows, codes, strict=True):
        counts[code] += 1
        sums[code] = [have + value for have, value in zip(sums[code], row, strict=True)]
    cross = [[sum(row[i] * row[j] for row in rows) for j in range(width)] for i in range(width)]
    return dict(counts), dict(sums), cross


def scores(
    rows: Sequence[Sequence[float]], codes: Sequence[int], left: Sequence[float], right: Sequence[float]
) -> dict[int, list[float]]:
    """By query: sums of a = row · left, b = row · right, a², b² and a·b."""
    found: dict[int, list[float]] = defaultdict(lambda: [0.0] * 5)
    for row, code in zip(rows, codes, strict=True):
        a, b = (sum(x * y for x, y in zip(row, side, strict=True)) for side in (left, right))
        found[code] = [
            have + more for have, more in zip(found[code], (a, b, a * a, b * b, a * b), strict=True)
        ]
    return dict(found)
