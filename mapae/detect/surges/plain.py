"""Plain Python that computes what fit.py and kernels/tails.py compute, one series at a time: the reference of the tests."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

from mapae.detect.surges.fit import LEVEL
from mapae.detect.surges.terms import TREND

__all__ = ["plain_adjusted", "plain_clustered", "plain_fit", "plain_student", "plain_tail"]

Row = Sequence[float]
Matrix = list[list[float]]


def plain_tail(observed: int, mean: float, variance: float) -> float:
    """P(Y >= observed): 1 less the sum of all masses below, each from its own formula."""
    return max(0.0, 1.0 - math.fsum(_mass(k, mean, variance) for k in range(observed)))


def _mass(k: int, mean: float, variance: float) -> float:
    if variance <= mean * (1 + 1e-9):
        return math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))
    size = mean * mean / (variance - mean)
    share = size / (size + mean)
    choose = math.lgamma(k + size) - math.lgamma(size) - math.lgamma(k + 1)
    return math.exp(choose + size * math.log(share) + k * math.log1p(-share))


def plain_adjusted(p: Sequence[float], among: int) -> list[float]:
    """q of each p: the least of p·among/rank over all ranks from its own on."""
    ranked = sorted(range(len(p)), key=lambda at: p[at])
    found = [0.0] * len(p)
    for place, at in enumerate(ranked):
        rest = range(place, len(p))
        found[at] = min(1.0, *(p[ranked[j]] * max(among, len(p)) / (j + 1) for j in rest))
    return found


def plain_fit(
    counts: Row, rows: Sequence[Row], offset: Row, holds: Row, known: Row
) -> tuple[list[float], Matrix, float]:
    """(coefficients, covariance, dispersion) of one series, by the steps of mapae.detect.surges.fit.fit."""
    weights = list(known)
    level = math.log(
        (_dot(weights, counts) + LEVEL) / sum(w * math.exp(o) for w, o in zip(weights, offset, strict=True))
    )
    beta = [level] + [0.0] * (len(rows[0]) - 1)
    for sure in (1.0, math.inf):
        beta, covariance, mean = _iterate(counts, rows, offset, holds, weights, beta)
        dispersion, leverage = _dispersion(counts, rows, mean, covariance, weights)
        weights = _weighed(counts, mean, dispersion, leverage, known, sure)
    firm = [1e8 if at == TREND else hold for at, hold in enumerate(holds)]
    flat = [0.0 if at == TREND else value for at, value in enumerate(beta)]
    beta, covariance, mean = _iterate(counts, rows, offset, holds, weights, beta)
    dispersion, _ = _dispersion(counts, rows, mean, covariance, weights)
    error = math.sqrt(covariance[TREND][TREND] * dispersion)
    if abs(beta[TREND]) <= 1.96 * error or mean[-1] > max(counts):
        beta, covariance, mean = _iterate(counts, rows, offset, firm, weights, flat)
    return beta, covariance, _dispersion(counts, rows, mean, covariance, weights)[0]


def plain_student(p: float, freedom: float) -> float:
    """A normal tail made Student's (Wallace 1959), where it is below 5 %."""
    if p >= 0.05:
        return p
    z = -NormalDist().inv_cdf(max(p, 1e-300))
    wide = (8 * freedom + 1) / (8 * freedom + 3) * math.sqrt(freedom * math.log1p(z * z / freedom))
    return max(p, NormalDist().cdf(-wide))


def plain_clustered(left: Row, fitted: Row, known: int, dispersion: float, days: int) -> float:
    """How much more sums over so many days varied than independent days would: Fit.clustered of one series."""
    windows = known // days
    if windows < 4:
        return 1.0
    runs = range(len(left) - days + 1)
    seen = math.fsum(math.fsum(left[at : at + days]) ** 2 for at in runs)
    due = math.fsum(math.fsum(fitted[at : at + days]) for at in runs)
    return max(1.0, 1.0 + (seen / (dispersion * due) - 1.0) * windows / (windows + 4))


def _dot(one: Row, other: Row) -> float:
    return math.fsum(a * b for a, b in zip(one, other, strict=True))


def _iterate(
    counts: Row, rows: Sequence[Row], offset: Row, holds: Row, weights: Row, beta: list[float]
) -> tuple[list[float], Matrix, list[float]]:
    for _ in range(25):
        mean = _mean(rows, beta, offset)
        slope = [
            math.fsum(w * (y - m) * x[p] for w, y, m, x in zip(weights, counts, mean, rows, strict=True))
            - holds[p] * beta[p]
            + (LEVEL if p == 0 else 0.0)
            for p in range(len(beta))
        ]
        covariance = _inverse(_bend(rows, mean, holds, weights))
        step = [_dot(line, slope) for line in covariance]
        longest = max(map(abs, step))
        beta = [b + s * min(1.0, 2.0 / max(longest, 1e-12)) for b, s in zip(beta, step, strict=True)]
        if longest < 1e-6:
            break
    mean = _mean(rows, beta, offset)
    return beta, _inverse(_bend(rows, mean, holds, weights)), mean


def _mean(rows: Sequence[Row], beta: Row, offset: Row) -> list[float]:
    return [math.exp(min(30.0, max(-30.0, _dot(x, beta) + o))) for x, o in zip(rows, offset, strict=True)]


def _bend(rows: Sequence[Row], mean: Row, holds: Row, weights: Row) -> Matrix:
    width = len(holds)
    found = [
        [
            math.fsum(w * m * x[p] * x[q] for w, m, x in zip(weights, mean, rows, strict=True))
            for q in range(width)
        ]
        for p in range(width)
    ]
    for p in range(width):
        found[p][p] += holds[p]
    found[0][0] += 1e-9
    return found


def _inverse(matrix: Matrix) -> Matrix:
    """By elimination with pivots."""
    width = len(matrix)
    wide = [[*line, *(1.0 if at == p else 0.0 for at in range(width))] for p, line in enumerate(matrix)]
    for p in range(width):
        pivot = max(range(p, width), key=lambda at: abs(wide[at][p]))
        wide[p], wide[pivot] = wide[pivot], wide[p]
        wide[p] = [value / wide[p][p] for value in wide[p]]
        for at in range(width):
            if at != p:
                wide[at] = [a - wide[at][p] * b for a, b in zip(wide[at], wide[p], strict=True)]
    return [line[width:] for line in wide]


def _dispersion(
    counts: Row, rows: Sequence[Row], mean: Row, covariance: Matrix, weights: Row
) -> tuple[float, list[float]]:
    leverage = [
        min(0.99, max(0.0, w * m * _dot(x, [_dot(line, x) for line in covariance])))
        for w, m, x in zip(weights, mean, rows, strict=True)
    ]
    left = max(1.0, sum(w > 0 for w in weights) - math.fsum(leverage))
    pearson = math.fsum(w * (y - m) ** 2 / m for w, y, m in zip(weights, counts, mean, strict=True))
    return max(1.0, pearson / left), leverage


def _weighed(
    counts: Row, mean: Row, dispersion: float, leverage: Row, weights: Row, sure: float
) -> list[float]:
    found = []
    for y, m, h, w in zip(counts, mean, leverage, weights, strict=True):
        residual = 1.5 * (y ** (2 / 3) - m ** (2 / 3)) / m ** (1 / 6) / math.sqrt(dispersion * (1 - h))
        outbreak = residual > 2.58 and (m >= sure or plain_tail(int(y), m, dispersion * m) < 0.001)
        found.append(w / residual**2 if outbreak else w)
    scale = math.fsum(weights) / max(math.fsum(found), 1e-9)
    return [w * scale for w in found]
