"""One day of many series decided: expected and bound, how unlikely what came is, and which alarms stand together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.detect.surges.fit import Fit, fit
from mapae.detect.surges.kernels.tails import bounds, students, tails
from mapae.detect.surges.terms import TREND, Axis, columns, holds

__all__ = ["Decision", "Profile", "Rules", "adjusted", "decide", "profile"]

Floats = npt.NDArray[np.float64]
_CHUNK = 1024  # series fitted at once


@dataclass(frozen=True, slots=True)
class Rules:
    """When an alarm is raised. alpha: p at most; fdr: share of false ones among a day's alarms at most; ratio and excess:
    least times and number above what was expected; short, window: days added up besides the single day; guard: days before
    the decided one left out of its history; history, least_history: days looked back on, at most and at least.
    """

    alpha: float
    fdr: float
    ratio: float
    excess: float
    short: int
    window: int
    guard: int
    history: int
    least_history: int


@dataclass(frozen=True)
class Profile:
    """The week, holidays and season that all series have in common, on one day's history: log ratios by day."""

    begin: int
    end: int
    past: Floats
    now: Floats


@dataclass(frozen=True)
class Decision:
    """Of each series on the day: observed, expected, bound, p of the day itself, of the short and the long window to it.

    p: of all three together (three times the smallest). The alarm is left to `adjusted`, which sees all series.
    """

    observed: npt.NDArray[np.int64]
    expected: Floats
    bound: npt.NDArray[np.int64]
    p_day: Floats
    short_observed: npt.NDArray[np.int64]
    short_expected: Floats
    p_short: Floats
    window_observed: npt.NDArray[np.int64]
    window_expected: Floats
    p_window: Floats

    @property
    def p(self) -> Floats:
        """Of the most unlikely of the three, for having looked three times."""
        least: Floats = self._each.min(axis=0)
        return np.minimum(1.0, 3.0 * least)

    @property
    def _each(self) -> Floats:
        return np.stack([self.p_day, self.p_short, self.p_window])

    def strong(self, rules: Rules) -> npt.NDArray[np.bool_]:
        """Whether the most unlikely of the three is large enough to matter."""
        best = self._each.argmin(axis=0)
        seen = np.choose(best, [self.observed, self.short_observed, self.window_observed])
        due = np.choose(best, [self.expected, self.short_expected, self.window_expected])
        large: npt.NDArray[np.bool_] = (seen >= rules.ratio * due) & (seen - due >= rules.excess)
        return large


def profile(total: Any, axis: Axis, at: int, rules: Rules) -> Profile | None:
    """What the sum of all series (days,) says of weekdays, holidays and season before day `at`.

    None where the days known before it are fewer than the least history.
    """
    end = at - rules.guard + 1
    begin = max(0, end - rules.history)
    if end <= 0 or int((~axis.missing[begin:end]).sum()) < rules.least_history:
        return None
    past, now = _both(axis, at, begin, end, rules)
    known = (~axis.missing[begin:end]).astype(float)
    counts = np.asarray(total[begin:end], float)[None, :]
    found = fit(counts, past, np.zeros(end - begin), holds(past.shape[1], pooled=True), known)
    beta = found.beta[0].copy()
    beta[: TREND + 1] = 0.0
    return Profile(begin, end, past @ beta, now @ beta)


def decide(counts: Any, axis: Axis, at: int, rules: Rules, common: Profile) -> Decision:
    """Decide day `at` (an index of the axis) of counts (series, days of the axis), given the profile of that day."""
    parts = [
        _part(np.asarray(counts[first : first + _CHUNK], float), axis, at, rules, common)
        for first in range(0, len(counts), _CHUNK)
    ]
    return Decision(*(np.concatenate(each) for each in zip(*parts, strict=True)))


def adjusted(p: Floats, among: int | None = None) -> Floats:
    """q values after Benjamini and Hochberg (1995): the share of false alarms if all as unlikely as this are raised.

    among: how many series were looked at, where those left out could raise no alarm.
    """
    number = max(len(p), among or 0)
    order = np.argsort(p, kind="stable")
    ranked = p[order] * number / np.arange(1, len(p) + 1)
    found = np.empty(len(p))
    found[order] = np.minimum(1.0, np.minimum.accumulate(ranked[::-1])[::-1])
    return found


def _both(axis: Axis, at: int, begin: int, end: int, rules: Rules) -> tuple[Floats, Floats]:
    past = columns(axis, np.arange(begin, end), begin, end)
    now = columns(axis, np.arange(max(0, at - rules.window + 1), at + 1), begin, end)
    return past, now


def _part(counts: Floats, axis: Axis, at: int, rules: Rules, common: Profile) -> tuple[Any, ...]:
    begin, end = common.begin, common.end
    past, now = _both(axis, at, begin, end, rules)
    known = (~axis.missing[begin:end]).astype(float)
    found = fit(counts[:, begin:end], past, common.past, holds(past.shape[1], pooled=False), known)
    seen, there = counts[:, at - len(now) + 1 : at + 1], ~axis.missing[at - len(now) + 1 : at + 1]
    waves = found.clustered(rules.window)
    parts = list(_day(found, counts[:, at], now, common, rules.alpha, waves))
    for days in (rules.short, rules.window):
        known = np.flatnonzero(there[-days:]) + max(0, len(now) - days)
        window = seen[:, known].sum(axis=1).astype(np.int64)
        parts += [window, *_sum(found, window, now[known], common.now[known], days, waves)]
    return tuple(parts)


def _day(
    found: Fit, seen: Floats, now: Floats, common: Profile, alpha: float, waves: Floats
) -> tuple[Any, ...]:
    mean, spread = (each[:, 0] for each in found.predict(now[-1:], common.now[-1:]))
    variance = found.dispersion * mean + mean**2 * spread * waves
    p = students(tails(seen, mean, variance), max(1.0, found.days - now.shape[1]))
    return seen.astype(np.int64), mean, bounds(mean, variance, alpha), p


def _sum(found: Fit, window: Any, now: Floats, offset: Floats, days: int, waves: Floats) -> tuple[Any, ...]:
    """Waves make the level itself less sure than its fit says, and few windows tell how large they are."""
    mean, spread = found.total(now, offset)
    variance = found.dispersion * found.clustered(days) * mean + mean**2 * spread * waves
    return mean, students(tails(window, mean, variance), max(1.0, found.days / days))
