"""Compiled tails and batched regressions give what plain Python gives, and what is known of Poisson and BH."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.detect.surges.decide import adjusted
from mapae.detect.surges.fit import fit
from mapae.detect.surges.kernels.tails import bounds, students, tails
from mapae.detect.surges.plain import plain_adjusted, plain_clustered, plain_fit, plain_student, plain_tail
from mapae.detect.surges.terms import Axis, columns, holds
from tests.detect.surges.days import axis_of

pytestmark = pytest.mark.slow


@given(st.integers(0, 400), st.floats(0.001, 300), st.floats(1, 20))
def test_a_tail_is_one_less_all_that_lies_below(observed: int, mean: float, spread: float) -> None:
    found = tails([observed], [mean], [mean * spread])[0]
    assert found == pytest.approx(plain_tail(observed, mean, mean * spread), abs=1e-9, rel=1e-6)


def test_tails_agree_with_published_poisson_values() -> None:
    assert tails([1], [2.0], [2.0])[0] == pytest.approx(1 - math.exp(-2), rel=1e-12)
    assert tails([3], [1.0], [1.0])[0] == pytest.approx(1 - 2.5 * math.exp(-1), rel=1e-12)
    assert tails([60], [1.0], [1.0])[0] == pytest.approx(math.exp(-1) / math.factorial(60), rel=0.02)


@given(st.floats(1e-200, 0.3), st.floats(1, 800))
def test_a_tail_that_few_days_tell_is_wider(p: float, freedom: float) -> None:
    found = students(np.array([p]), freedom)[0]
    assert found == pytest.approx(plain_student(p, freedom), rel=1e-6)
    assert found >= p


def test_wider_tails_agree_with_published_values_of_student() -> None:
    # upper .001 and .0005 points of t: 4.785 and 5.408 with 7 degrees of freedom, 3.552 and 3.850 with 20
    normal = [0.5 * math.erfc(z / math.sqrt(2)) for z in (4.785, 5.408, 3.552, 3.850)]
    assert students(np.array(normal[:2]), 7) == pytest.approx([0.001, 0.0005], rel=0.05)
    assert students(np.array(normal[2:]), 20) == pytest.approx([0.001, 0.0005], rel=0.05)


@given(st.floats(0.001, 200), st.floats(1, 10), st.sampled_from([0.05, 0.001, 1e-6]))
def test_a_bound_is_the_least_count_that_is_rarely_passed(mean: float, spread: float, alpha: float) -> None:
    bound = int(bounds([mean], [mean * spread], alpha)[0])
    assert tails([bound + 1], [mean], [mean * spread])[0] <= alpha
    assert bound == 0 or tails([bound], [mean], [mean * spread])[0] > alpha


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.integers(0, 60))
def test_q_values_are_those_of_benjamini_and_hochberg(p: list[float], among: int) -> None:
    assert adjusted(np.array(p), among).tolist() == pytest.approx(plain_adjusted(p, among))


def test_q_values_of_the_worked_example_of_the_paper() -> None:
    # Benjamini and Hochberg (1995), section 3.2: 15 comparisons, four rejected at 0.05
    p = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1.0]  # fmt: skip
    assert (adjusted(np.array(p)) <= 0.05).sum() == 4


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.floats(0.02, 30), st.sampled_from([35, 60, 90]), st.booleans())
def test_a_batch_is_fitted_as_each_series_by_itself(
    seed: int, level: float, days: int, outbreak: bool
) -> None:
    random = np.random.default_rng(seed)
    axis = axis_of(days)
    counts = random.poisson(level, (3, days)).astype(float)
    if outbreak:
        counts[1, days // 2 : days // 2 + 3] += 12 + 6 * level
    rows = columns(axis, np.arange(days), 0, days)
    known = (random.random(days) > 0.1).astype(float)
    offset = random.normal(0, 0.1, days)
    found = fit(counts, rows, offset, holds(rows.shape[1], pooled=False), known)
    for at, series in enumerate(counts):
        beta, covariance, dispersion = plain_fit(
            series.tolist(), rows.tolist(), offset.tolist(), holds(rows.shape[1], pooled=False).tolist(), known.tolist()
        )  # fmt: skip
        assert found.beta[at] == pytest.approx(beta, abs=2e-4)
        assert found.dispersion[at] == pytest.approx(dispersion, rel=1e-3)
        assert found.covariance[at] == pytest.approx(np.array(covariance), rel=2e-3, abs=1e-6)
        for length in (3, 7):
            plain = plain_clustered(
                found.left[at].tolist(), found.fitted[at].tolist(), found.days, found.dispersion[at], length
            )
            assert found.clustered(length)[at] == pytest.approx(plain, rel=1e-9)


def test_the_day_after_a_holiday_is_the_next_working_day() -> None:
    axis = axis_of(14, free=(4,))  # Friday of the first week
    rows = columns(axis, np.arange(14), 0, 14)
    assert np.flatnonzero(rows[:, 10]).tolist() == [7]
    assert isinstance(axis, Axis)
