"""Plain-Python references of the linking kernels: slow, short, and what the compiled loops must agree with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["candidates_of", "choose_pairs", "compare_two", "rivals_of"]

Pair = tuple[int, int]


def candidates_of(
    record: Mapping[int, float], others: Sequence[Mapping[int, float]], budget: int, keep: int
) -> list[int]:
    """Places of the `keep` best others by sum of products over shared buckets, rarest buckets first within the budget."""
    holders = {bucket: [at for at, other in enumerate(others) if bucket in other] for bucket in record}
    sums: dict[int, float] = {}
    read = 0
    for bucket in sorted(record, key=lambda b: (len(holders[b]), b)):
        if read and read + len(holders[bucket]) > budget:
            break
        read += len(holders[bucket])
        for at in holders[bucket]:
            sums[at] = sums.get(at, 0.0) + record[bucket] * others[at][bucket]
    return sorted(sums, key=lambda at: (-sums[at], at))[:keep]


def compare_two(
    left: Mapping[int, tuple[float, float, float]], right: Mapping[int, tuple[float, float, float]]
) -> tuple[float, float, float, float]:
    """What `compare` gives for one pair; records are bucket → (title weight, whole weight, idf)."""
    shared = left.keys() & right.keys()
    title = sum(left[b][0] * right[b][0] for b in shared)
    whole = sum(left[b][1] * right[b][1] for b in shared)

    def share(own: Mapping[int, tuple[float, float, float]]) -> float:
        total = sum(idf for weight, _, idf in own.values() if weight > 0)
        return sum(own[b][2] for b in shared if own[b][0] > 0) / total if total > 0 else 0.0

    return title, whole, share(left), share(right)


def rivals_of(rows: Sequence[int], values: Sequence[float]) -> list[float]:
    """For each pair the highest value of another pair of its row, 0 at least."""
    pairs = list(enumerate(zip(rows, values, strict=True)))
    return [
        max([0.0, *(value for other, (mine, value) in pairs if mine == row and other != at)])
        for at, (row, _) in pairs
    ]


def choose_pairs(order: Sequence[int], pairs: Sequence[Pair]) -> list[int]:
    """Places of the pairs taken in this order, each left and each right once."""
    lefts, rights, found = set[int](), set[int](), []
    for at in order:
        left, right = pairs[at]
        if left not in lefts and right not in rights:
            lefts.add(left)
            rights.add(right)
            found.append(at)
    return found
