"""Quasi-Poisson regressions of many series on the same days at once: products of matrices instead of a loop a series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mapae.detect.surges.kernels.tails import tails
from mapae.detect.surges.terms import TREND

__all__ = ["LEVEL", "Fit", "fit"]

Floats = npt.NDArray[np.float64]
LEVEL = 0.5  # events a series is thought to have had more than were counted (Jeffreys)
_ROUNDS, _STEP, _ENOUGH = 25, 2.0, 1e-6
_FIRM = 1e8  # holds the trend at nothing
_OUTBREAK = 2.58  # standardised residuals above it are weighed down (Noufaily 2013) …
_RARE = 0.001  # … where counts as high as this are rarer than that
_ROUGH = 1.0  # expected a day, from which the residual alone tells at first, while outbreaks still blow up the spread
_SIGNIFICANT = 1.96
_WINDOWS = (
    4  # windows side by side, from which one learns how they vary; as many are thought to be independent
)


@dataclass(frozen=True)
class Fit:
    """Coefficients (series, columns), their covariance (series, columns, columns) without dispersion, dispersion ≥ 1.

    left: what each day of the history had more than fitted (series, days), past outbreaks weighed down; fitted likewise.
    days: how many days of the history count.
    """

    beta: Floats
    covariance: Floats
    dispersion: Floats
    left: Floats
    fitted: Floats
    days: int

    def predict(self, rows: Floats, offset: Floats) -> tuple[Floats, Floats]:
        """(expected, variance of its logarithm) of each series on each of these days: both (series, days)."""
        mean = np.exp(np.clip(self.beta @ rows.T + offset, -30, 30))
        spread = np.einsum("dp,spq,dq->sd", rows, self.covariance, rows, optimize=True)
        return mean, spread * self.dispersion[:, None]

    def total(self, rows: Floats, offset: Floats) -> tuple[Floats, Floats]:
        """The same for the sum over these days: both (series,)."""
        mean = np.exp(np.clip(self.beta @ rows.T + offset, -30, 30))
        whole = mean.sum(axis=1)
        middle = mean @ rows / whole[:, None]
        spread = np.einsum("sp,spq,sq->s", middle, self.covariance, middle, optimize=True)
        return whole, spread * self.dispersion

    def clustered(self, days: int) -> Floats:
        """How many times more sums over so many days varied than if days were independent: at least 1; (series,).

        Complaints come in waves, so that a week varies by more than seven days. Where few windows tell, less is believed.
        """
        known = self.days // days
        if known < _WINDOWS:
            return np.ones(len(self.left))
        sums, due = (_sums(each, days) for each in (self.left, self.fitted))
        found = (sums**2).sum(axis=1) / np.maximum(self.dispersion * due.sum(axis=1), 1e-9)
        believed: Floats = 1.0 + (found - 1.0) * known / (known + _WINDOWS)
        return np.maximum(1.0, believed)


def fit(counts: Floats, rows: Floats, offset: Floats, holds: Floats, known: Floats) -> Fit:
    """Fit counts (series, days) on the columns rows (days, columns) with offset (days,), by iterated least squares.

    holds: ridge a column. known: 1 for days that count, 0 for missing ones (days,). Past outbreaks are weighed down
    twice by their Anscombe residuals; a trend is kept where it is significant and says no more than was ever seen.
    """
    pairs = _Pairs(rows)
    loose = np.broadcast_to(holds, (len(counts), rows.shape[1]))
    firm = loose.copy()
    firm[:, TREND] = _FIRM
    weights = np.broadcast_to(known, counts.shape)
    beta = _start(counts, rows, offset, weights)
    for sure in (_ROUGH, np.inf):
        beta, covariance, mean = _iterate(counts, pairs, offset, loose, weights, beta)
        dispersion, leverage = _dispersion(counts, mean, pairs, covariance, weights)
        weights = _weighed(counts, mean, dispersion, leverage, known, sure)
    with_trend = _iterate(counts, pairs, offset, loose, weights, beta)
    without = _iterate(counts, pairs, offset, firm, weights, np.where(firm == _FIRM, 0.0, beta))
    dispersion, _ = _dispersion(counts, with_trend[2], pairs, with_trend[1], weights)
    keep = _trend(counts, with_trend, dispersion)
    beta, covariance, mean = (
        np.where(keep.reshape((-1,) + (1,) * (one.ndim - 1)), one, other)
        for one, other in zip(with_trend, without, strict=True)
    )
    dispersion, _ = _dispersion(counts, mean, pairs, covariance, weights)
    left = np.sqrt(weights) * (counts - mean)
    return Fit(beta, covariance, dispersion, left, weights * mean, int(known.sum()))


def _sums(values: Floats, days: int) -> Floats:
    """Sums over every run of so many days."""
    whole = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values, axis=1)], axis=1)
    found: Floats = whole[:, days:] - whole[:, :-days]
    return found


class _Pairs:
    """The columns, and all products of two of them, so that sums over days are one product of matrices."""

    def __init__(self, rows: Floats) -> None:
        self.rows = rows
        width = rows.shape[1]
        self.one, self.other = np.triu_indices(width)
        self.products = rows[:, self.one] * rows[:, self.other]
        self.twice = np.where(self.one == self.other, 1.0, 2.0)

    def squares(self, weights: Floats) -> Floats:
        """Σ w x xᵀ of each series: (series, columns, columns)."""
        width = self.rows.shape[1]
        found = np.empty((len(weights), width, width))
        sums = weights @ self.products
        found[:, self.one, self.other] = sums
        found[:, self.other, self.one] = sums
        return found

    def quadratic(self, matrices: Floats) -> Floats:
        """xᵀ M x of each series and day: (series, days)."""
        found: Floats = (matrices[:, self.one, self.other] * self.twice) @ self.products.T
        return found


def _start(counts: Floats, rows: Floats, offset: Floats, weights: Floats) -> Floats:
    beta = np.zeros((len(counts), rows.shape[1]))
    base = (weights * np.exp(offset)).sum(axis=1)
    beta[:, 0] = np.log(((weights * counts).sum(axis=1) + LEVEL) / np.maximum(base, 1e-9))
    return beta


def _iterate(
    counts: Floats, pairs: _Pairs, offset: Floats, holds: Floats, weights: Floats, beta: Floats
) -> tuple[Floats, Floats, Floats]:
    """(coefficients, covariance, mean) where no step is left to be made."""
    width = pairs.rows.shape[1]
    diagonal = np.arange(width)
    for _ in range(_ROUNDS):
        mean = np.exp(np.clip(beta @ pairs.rows.T + offset, -30, 30))
        slope = (weights * (counts - mean)) @ pairs.rows - holds * beta
        slope[:, 0] += LEVEL
        bend = pairs.squares(weights * mean)
        bend[:, diagonal, diagonal] += holds
        bend[:, 0, 0] += 1e-9
        step = np.linalg.solve(bend, slope[:, :, None])[:, :, 0]
        longest = np.abs(step).max(axis=1, keepdims=True)
        beta = beta + step * np.minimum(1.0, _STEP / np.maximum(longest, 1e-12))
        if longest.max() < _ENOUGH:
            break
    mean = np.exp(np.clip(beta @ pairs.rows.T + offset, -30, 30))
    bend = pairs.squares(weights * mean)
    bend[:, diagonal, diagonal] += holds
    bend[:, 0, 0] += 1e-9
    return beta, np.asarray(np.linalg.inv(bend), np.float64), mean


def _dispersion(
    counts: Floats, mean: Floats, pairs: _Pairs, covariance: Floats, weights: Floats
) -> tuple[Floats, Floats]:
    """(Pearson's dispersion, at least 1; leverage of each day)."""
    leverage = np.clip(weights * mean * pairs.quadratic(covariance), 0.0, 0.99)
    left = np.maximum(1.0, (weights > 0).sum(axis=1) - leverage.sum(axis=1))
    found = (weights * (counts - mean) ** 2 / mean).sum(axis=1) / left
    return np.maximum(1.0, found), leverage


def _weighed(
    counts: Floats, mean: Floats, dispersion: Floats, leverage: Floats, known: Floats, sure: float
) -> Floats:
    """Weights with the days of past outbreaks weighed down; they still sum to the number of days that count.

    A large residual alone is no outbreak where little is expected (one of 0.05): the exact tail must say so too.
    sure: expected a day, from which it need not.
    """
    residual = 1.5 * (np.cbrt(counts) ** 2 - np.cbrt(mean) ** 2) / np.sqrt(np.cbrt(mean))
    residual /= np.sqrt(dispersion[:, None] * (1.0 - leverage))
    series, days = np.nonzero(residual > _OUTBREAK)
    held = mean[series, days]
    rare = tails(counts[series, days], held, dispersion[series] * held) < _RARE
    rare |= held >= sure
    found = np.broadcast_to(known, counts.shape).copy()
    found[series[rare], days[rare]] /= residual[series[rare], days[rare]] ** 2
    scale = known.sum() / np.maximum(found.sum(axis=1, keepdims=True), 1e-9)
    scaled: Floats = found * scale
    return scaled


def _trend(counts: Floats, found: tuple[Floats, Floats, Floats], dispersion: Floats) -> npt.NDArray[np.bool_]:
    """Whether the trend is kept: significant, and its last day no higher than anything counted."""
    beta, covariance, mean = found
    error = np.sqrt(covariance[:, TREND, TREND] * dispersion)
    kept: npt.NDArray[np.bool_] = (np.abs(beta[:, TREND]) > _SIGNIFICANT * error) & (
        mean[:, -1] <= counts.max(axis=1)
    )
    return kept
