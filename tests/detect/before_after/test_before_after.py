"""Before and after: against plain counting, against known tables, and what is said when little is known."""

from __future__ import annotations

import math
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.detect.before_after import events_changed, levels_changed
from mapae.detect.before_after.levels import _outside

DAY = date(2026, 6, 30)


def series(before: list[float], after: list[float]) -> list[tuple[date, float]]:
    first = DAY - timedelta(len(before) - 1)
    return [(first + timedelta(at), value) for at, value in enumerate([*before, *after])]


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def plainly(left: list[float], right: list[float]) -> Fraction:
    """Share of all divisions of the values that lie at least as far apart."""
    every = [*left, *right]
    seen, far, ways = abs(fmean(left) - fmean(right)), 0, 0
    for chosen in combinations(range(len(every)), len(left)):
        rest = [every[at] for at in range(len(every)) if at not in chosen]
        far += abs(fmean([every[at] for at in chosen]) - fmean(rest)) >= seen - 1e-9 * max(1.0, seen)
        ways += 1
    return Fraction(far, ways)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 40).map(float), min_size=4, max_size=6),
    st.lists(st.integers(0, 40).map(float), min_size=4, max_size=6),
)
def test_p_is_never_below_the_share_of_all_divisions(before: list[float], after: list[float]) -> None:
    found = levels_changed(series(before, after), DAY, rng())
    if found.p is not None:
        assert found.low <= found.change <= found.high
        if found.block == 1:  # neighbours that are a little alike make chance wider, never narrower
            assert found.p >= float(plainly(before, after)) - 1e-9


def test_p_is_that_share_where_neighbours_are_unlike() -> None:
    before, after = [1.0, 9.0, 2.0, 8.0, 1.5], [7.0, 15.0, 6.0, 14.0, 9.0]
    found = levels_changed(series(before, after), DAY, rng())
    assert (found.block, found.ways) == (1, 252)
    assert found.p == pytest.approx(float(plainly(before, after)))


def test_the_interval_leaves_out_what_the_table_of_the_rank_sum_allows() -> None:
    # two-sided critical values of U at 5 %: 4×4 → 0, 5×5 → 2, 8×8 → 13, 10×10 → 23, 20×20 → 127
    assert [_outside(n, n) for n in (4, 5, 8, 10, 20)] == [0, 2, 13, 23, 127]


def test_a_fall_in_rank_is_told_with_its_size() -> None:
    noise = np.random.default_rng(3).normal(0, 2, 60)
    values = [*(12 + noise[:30]), *(40 + noise[30:])]
    found = levels_changed(series(values[:30], values[30:]), DAY, rng())
    assert found.verdict == "changed"
    assert found.low < 28 < found.high
    assert found.low > 20


def test_a_trend_that_was_there_before_counts_as_few_values() -> None:
    drifting = list(np.cumsum(np.random.default_rng(5).normal(0, 1, 40)))
    found = levels_changed(series(drifting[:20], drifting[20:]), DAY, rng())
    assert found.block > 3
    assert found.verdict != "changed"


def test_three_values_a_side_are_too_little_whatever_they_say() -> None:
    found = levels_changed(series([1.0, 2.0, 1.0], [90.0, 95.0, 91.0]), DAY, rng())
    assert (found.verdict, found.p, found.before, found.after) == ("too_little", None, 1.0, 91.0)


def test_nothing_before_the_report_is_too_little() -> None:
    found = levels_changed(series([], [4.0, 5.0]), DAY, rng())
    assert (found.verdict, found.n_before, found.before) == ("too_little", 0, None)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 12), st.integers(0, 12), st.integers(10, 90), st.integers(10, 90))
def test_events_are_judged_as_plain_fractions_judge_them(
    before: int, after: int, days_before: int, days_after: int
) -> None:
    first, last = DAY - timedelta(days_before - 1), DAY + timedelta(days_after)
    found = events_changed([first] * before + [last] * after, DAY, first, last)
    share = Fraction(days_after, days_before + days_after)
    total = before + after
    chances = [math.comb(total, n) * share**n * (1 - share) ** (total - n) for n in range(total + 1)]
    if found.p is not None:
        assert found.p == pytest.approx(float(sum(c for c in chances if c <= chances[after])), abs=1e-6)
        if found.change is not None and found.high is not None:
            assert found.low <= found.change <= found.high


def test_suspensions_that_began_after_the_report_are_told() -> None:
    events = [DAY + timedelta(at) for at in (2, 5, 9, 12, 20)]
    found = events_changed(events, DAY, DAY - timedelta(119), DAY + timedelta(30))
    assert (found.verdict, found.n_before, found.n_after, found.change) == ("changed", 0, 5, None)
    assert found.low > 1
    assert found.high is None


def test_one_suspension_in_even_spans_is_too_little() -> None:
    found = events_changed([DAY + timedelta(3)], DAY, DAY - timedelta(29), DAY + timedelta(30))
    assert found.verdict == "too_little"


def test_noise_in_which_days_are_alike_is_seldom_called_a_change() -> None:
    draws, alarms, rounds = np.random.default_rng(11), 0, 60
    for _round in range(rounds):
        values = [0.0]
        for _day in range(59):
            values.append(0.5 * values[-1] + draws.normal())
        alarms += levels_changed(series(values[:30], values[30:]), DAY, draws).verdict == "changed"
    assert alarms / rounds < 0.1


def test_years_of_days_are_judged_in_blocks_with_sums_that_a_number_holds() -> None:
    drawn = rng().normal(size=4000)
    found = levels_changed(series(list(drawn[:2000]), list(drawn[2000:] + 1.0)), DAY, rng())
    assert found.block == 20 and found.verdict == "changed"
    assert found.low is not None and found.high is not None and 0.8 < found.low < found.high < 1.2
