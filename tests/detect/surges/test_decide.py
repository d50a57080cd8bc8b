"""A day is decided against its own weekday, season and past; past outbreaks and days without records mislead nobody."""

from __future__ import annotations

import numpy as np
import pytest

from mapae.detect.surges.decide import Decision, Rules, decide, profile
from mapae.detect.surges.terms import Axis
from tests.detect.surges.days import axis_of

RULES = Rules(
    alpha=0.001, fdr=0.001, ratio=2, excess=5, short=3, window=7, guard=7, history=1095, least_history=28
)
WEEK = np.array([1.2, 1.1, 1.0, 1.0, 1.0, 0.4, 0.3])


def _decided(counts: np.ndarray, axis: Axis) -> Decision:
    at = len(axis) - 1
    common = profile(counts.sum(axis=0), axis, at, RULES)
    assert common is not None
    return decide(counts, axis, at, RULES, common)


def _steady(days: int, level: float, number: int = 40, seed: int = 1) -> np.ndarray:
    axis = axis_of(days)
    return np.random.default_rng(seed).poisson(level * WEEK[axis.weekdays], (number, days))


def test_what_is_expected_follows_the_weekday() -> None:
    monday, sunday = _steady(29 * 7 + 1, 10), _steady(30 * 7, 10)
    assert _decided(monday, axis_of(monday.shape[1])).expected.mean() == pytest.approx(12, rel=0.08)
    assert _decided(sunday, axis_of(sunday.shape[1])).expected.mean() == pytest.approx(3, rel=0.12)


def test_a_holiday_is_expected_to_be_quiet_where_holidays_were() -> None:
    axis = axis_of(400, free=range(10, 400, 30))
    counts = _steady(400, 20)
    counts[:, axis.free] = counts[:, axis.free] // 5
    at = int(np.flatnonzero(axis.free)[-1])
    cut = Axis(axis.first, axis.free[: at + 1], axis.missing[: at + 1])
    workday = _decided(counts[:, :at], Axis(axis.first, axis.free[:at], axis.missing[:at]))
    assert _decided(counts[:, : at + 1], cut).expected.mean() < 0.5 * workday.expected.mean()


def test_a_week_is_less_of_a_surprise_where_weeks_come_in_waves() -> None:
    axis, random = axis_of(350), np.random.default_rng(3)
    waves = np.repeat(np.exp(random.normal(0, 0.4, (60, 50))), 7, axis=1)
    even, waving = random.poisson(10, (60, 350)), random.poisson(10 * waves)
    for counts in (even, waving):
        counts[:, -7:] = 18
    p_even, p_waving = (np.median(_decided(counts, axis).p_window) for counts in (even, waving))
    assert p_even < 1e-4 < p_waving


def test_a_short_history_that_comes_in_waves_raises_few_alarms_and_a_tenfold_day_one() -> None:
    days, random = 75, np.random.default_rng(8)
    wave = random.normal(size=(2500, days))
    for day in range(1, days):
        wave[:, day] = 0.85 * wave[:, day - 1] + 0.53 * wave[:, day]
    counts = random.poisson(10 * np.exp(0.3 * wave))
    p = _decided(counts, axis_of(days)).p
    assert (p <= 1e-3).mean() < 0.012 and (p <= 1e-5).mean() < 0.001
    counts[:, -1] = 100
    assert np.median(_decided(counts, axis_of(days)).p) < 1e-6


def test_a_yearly_wave_is_no_surge_once_a_year_has_been_seen() -> None:
    days = 400
    year = np.exp(0.25 * np.sin(2 * np.pi * np.arange(days) / 365.25))
    counts = np.random.default_rng(4).poisson(10 * year, (800, days))
    assert (_decided(counts, axis_of(days)).p <= 1e-3).mean() < 0.004


def test_an_outbreak_of_the_past_does_not_hide_the_next() -> None:
    calm, struck = _steady(200, 5, 1), _steady(200, 5, 1)
    struck[0, 100:107] += 60
    calm[0, -1] = struck[0, -1] = 25
    axis = axis_of(200)
    assert _decided(struck, axis).expected[0] == pytest.approx(_decided(calm, axis).expected[0], rel=0.25)
    assert _decided(struck, axis).p[0] < 0.001


def test_days_without_records_are_no_quiet_days() -> None:
    days = 120
    missing = range(30, 80)
    counts = _steady(days, 10, 1)
    counts[0, list(missing)] = 0
    told = _decided(counts, axis_of(days, missing=missing))
    believed = _decided(counts, axis_of(days))
    assert told.expected[0] > 1.3 * believed.expected[0]


def test_steady_growth_is_no_surge_and_a_doubling_is_one() -> None:
    days = 300
    growing = np.random.default_rng(3).poisson(10 * np.exp(np.linspace(0, 1.2, days)), (30, days))
    assert (_decided(growing, axis_of(days)).p > RULES.alpha).all()
    growing[:, -1] *= 3
    assert (_decided(growing, axis_of(days)).p < RULES.alpha).all()


def test_three_of_a_kind_never_seen_in_years_are_unlikely_and_one_is_not() -> None:
    counts = _steady(800, 5, 3)
    counts[1:] = 0
    counts[1, -1], counts[2, -1] = 1, 3
    p = _decided(counts, axis_of(800)).p
    assert p[1] > 0.001 > p[2]


def test_nothing_is_decided_on_too_short_a_history() -> None:
    axis = axis_of(30)
    assert profile(np.full(30, 9), axis, 29, RULES) is None


@pytest.mark.parametrize("spread", [1.0001, 2.0])
def test_false_alarms_keep_to_their_rate_where_nothing_happens(spread: float) -> None:
    random = np.random.default_rng(5)
    levels = np.exp(random.normal(0, 1.3, 1500))
    axis = axis_of(400)
    mean = levels[:, None] * WEEK[axis.weekdays]
    counts = random.negative_binomial(mean / (spread - 1), 1 / spread)
    found = _decided(counts, axis)
    assert (found.p < 0.01).mean() < 0.016
    assert (found.expected / mean[:, -1]).mean() == pytest.approx(1, abs=0.08)
