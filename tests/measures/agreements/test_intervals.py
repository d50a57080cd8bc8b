"""Intervals: Wilson's against its formula's published value, quantiles against simulation and brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.app.evaluate.scores import wilson as other
from mapae.measures.agreements.intervals import poisson, quantile_ranks, quantile_with_open_ends, wilson


def test_wilson_agrees_with_the_interval_of_the_evaluation() -> None:
    for kept, total in ((0, 1), (5, 10), (99, 100), (0, 0)):
        assert wilson(kept, total) == pytest.approx(other(kept, total), abs=2e-5)


@given(st.integers(0, 400), st.integers(0, 400))
def test_an_interval_of_a_share_holds_the_share_and_stays_between_none_and_all(kept: int, more: int) -> None:
    total = kept + more
    low, high = wilson(kept, total)
    assert 0 <= low <= high <= 1
    assert not total or low - 1e-12 <= kept / total <= high + 1e-12


@given(st.integers(1, 60), st.sampled_from([0.25, 0.5, 0.9]))
def test_the_ranks_of_a_quantile_hold_it_as_often_as_is_said(total: int, quantile: float) -> None:
    low, high = quantile_ranks(total, quantile)
    chance = [math.comb(total, k) * quantile**k * (1 - quantile) ** (total - k) for k in range(total + 1)]
    assert sum(chance[low:high]) >= 0.95 - 1e-9


def test_too_few_times_have_no_bound_above() -> None:
    value, low, high = quantile_with_open_ends(np.array([1, 2, 3]), np.array([], np.int64), 0.5)
    assert (value, low, high) == (2.0, 0.0, math.inf)


def test_times_that_have_not_ended_count_as_long_as_they_have_stood_below_and_for_ever_above() -> None:
    ended, waiting = np.arange(1, 31), np.full(30, 40)
    value, low, high = quantile_with_open_ends(ended, waiting, 0.5)
    assert value == 30
    assert low > 20
    assert math.isinf(high)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (10, 4.7954, 18.3904), (100, 81.3640, 121.6267)],
)
def test_the_interval_of_a_count_is_that_of_the_published_tables(count: int, low: float, high: float) -> None:
    assert poisson(count) == pytest.approx((low, high), abs=1e-3)
