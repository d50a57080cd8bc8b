"""Selection under a budget: how many, which, by which way, and the same again for the same seed."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mapae.measures.consignments.ranking import select

SCORE = np.array([0.9, 0.8, 0.1, 0.7, 0.2, 0.3, 0.05, 0.02, 0.6, 0.01])
CRITICAL = np.array([0.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])


def test_without_weight_and_chance_the_riskiest_are_selected() -> None:
    chosen = select(SCORE, CRITICAL, rate=0.3, explore=0, weight=0, seed=0)
    assert np.flatnonzero(chosen.way).tolist() == [0, 1, 3]
    assert chosen.rank[:4].tolist() == [1, 2, 7, 3]


def test_a_critical_line_is_weighed_in_and_marked() -> None:
    chosen = select(SCORE, CRITICAL, rate=0.3, explore=0, weight=5, seed=0)
    assert chosen.way.tolist() == [1, 1, 2, 0, 0, 0, 0, 0, 0, 0]


def test_a_share_is_left_to_chance_among_the_rest() -> None:
    chosen = select(SCORE, CRITICAL, rate=0.5, explore=0.4, weight=0, seed=7)
    assert np.bincount(chosen.way, minlength=4).tolist() == [5, 3, 0, 2]


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=60),
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(0, 5),
)
def test_the_budget_holds_and_the_same_seed_gives_the_same_list(
    scores: list[float], rate: float, explore: float, seed: int
) -> None:
    score = np.array(scores)
    first = select(score, score[::-1], rate=rate, explore=explore, weight=2, seed=seed)
    again = select(score, score[::-1], rate=rate, explore=explore, weight=2, seed=seed)
    assert (first.way > 0).sum() == min(len(score), max(1, int(np.floor(len(score) * rate + 1e-9))))
    assert (first.way == again.way).all() and sorted(first.rank) == list(range(1, len(score) + 1))
