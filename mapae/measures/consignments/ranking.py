"""Which lines are inspected: the riskiest under a budget, critical ones weighed in, and a share left to chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Selection", "order", "select"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
# By which way a line was selected, by number; 0: it was not.
WAYS = ("", "score", "critical", "exploration")


@dataclass(frozen=True, slots=True)
class Selection:
    """rank: 1 is the riskiest by score; way: index into WAYS, one each a line."""

    rank: Ints
    way: npt.NDArray[np.int8]


def order(score: Floats) -> Ints:
    """Places of lines from the highest score down; equal scores keep the order of the file."""
    return np.argsort(-score, kind="stable").astype(np.int64)


def select(
    score: Floats, critical: Floats, *, rate: float, explore: float, weight: float, seed: int
) -> Selection:
    """Select `rate` of the lines (at least one), `explore` of them by chance among the rest.

    The others are the highest by score + weight × critical: one critical finding is worth `weight` ordinary ones.
    They are marked `score` where the score alone would have chosen them, else `critical`. The same seed and lines
    give the same list. Chance keeps labels from places the model does not look at (Kim et al. 2022, hybrid selection).
    """
    lines = len(score)
    ranked = order(score)
    rank = np.empty(lines, np.int64)
    rank[ranked] = np.arange(1, lines + 1)
    way = np.zeros(lines, np.int8)
    if lines:
        budget = min(lines, max(1, int(np.floor(lines * rate + 1e-9))))
        by_chance = round(budget * explore)
        chosen = order(score + weight * critical)[: budget - by_chance]
        way[chosen] = np.where(rank[chosen] <= budget - by_chance, 1, 2)
        rest = np.flatnonzero(way == 0)
        way[np.random.default_rng(seed).choice(rest, by_chance, replace=False)] = 3
    return Selection(rank, way)
