"""Demands calibrated from what is known of a market: logit, nested logit, constant substitution, linear, almost ideal.

shares, margins, diversions are parts of one; None in margins: not known. Sources: Werden and Froeb (1994); Anderson, de
Palma and Thisse (1992); Sheu (2011); von Haefen (2002); Epstein and Rubinfeld (2002, 2004); LaFrance (2004).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

import numpy as np

from mapae.detect.markets.conditions import Demand, Vector

__all__ = ["Buyers", "almost_ideal", "ces", "linear", "logit", "logit_of", "loglinear", "nested_of"]

Margins = Sequence[float | None]
_WHOLE = 1e-6  # shares that miss one by less leave no outside good


@dataclass(frozen=True)
class Buyers:
    """quantities by prices, the parameters found, and what keeps buyers as well off at these prices (None: not known).

    needed: its change is the compensating variation, in money of one buyer (logit), else as a part of spending.
    """

    quantities: Demand
    said: Mapping[str, Any] = field(default_factory=dict)
    needed: Demand | None = None


def logit(prices: Vector, shares: Vector, margins: Margins, owners: Vector) -> Buyers:
    """From shares (below one together: the rest is an outside good) and at least one margin, by least squares over all.

    Quantities are shares of the whole. Parameters: alpha, the price's coefficient, and meanval, worth without price.
    """
    known, firm = _known(margins), owners @ shares
    per = 1 / (prices * (1 - firm))[known]
    given = np.array([margins[at] for at in known], float)
    alpha = float(-(per @ per) / (per @ given))
    outside = 1 - float(shares.sum())
    worth = np.log(shares) - alpha * prices
    worth = worth - (np.log(outside) if outside > _WHOLE else worth[0])
    found = logit_of(alpha, worth, outside=outside > _WHOLE)
    return replace(found, said={"alpha": alpha, "meanval": worth.tolist()})


def logit_of(alpha: float, worth: Vector, *, outside: bool = True) -> Buyers:
    """Logit shares of given parameters; the outside good is worth nothing and costs nothing."""

    def demand(prices: Any) -> Any:
        each = np.exp(worth + alpha * prices)
        return each / (outside + each.sum())

    return Buyers(demand, needed=lambda at: np.log(outside + np.exp(worth + alpha * at).sum()) / alpha)


def nested_of(alpha: float, worth: Vector, nests: Sequence[str], sigma: Sequence[float]) -> Buyers:
    """Nested logit shares; sigma: one a nest in the order of first sight, 1 is plain logit, near 0 a nest of equals."""
    names = list(dict.fromkeys(nests))
    member = np.array([[nest == name for nest in nests] for name in names], float)
    power = np.asarray(sigma, float)
    scale = member.T @ power

    def parts(prices: Any) -> tuple[Any, Any, Any]:
        each = np.exp((worth + alpha * prices) / scale)
        within = member @ each
        return each, within, within**power

    def demand(prices: Any) -> Any:
        each, within, nest = parts(prices)
        return each * (member.T @ (nest / within)) / (1 + nest.sum())

    return Buyers(demand, needed=lambda at: np.log(1 + parts(at)[2].sum()) / alpha)


def ces(prices: Vector, shares: Vector, margins: Margins, owners: Vector) -> Buyers:
    """Constant elasticity of substitution (gamma) from revenue shares with an outside good, and margins.

    Quantities are per money spent on inside and outside goods together.
    """
    known, firm = _known(margins), owners @ shares
    found = [(1 / cast(float, margins[at]) - firm[at]) / (1 - firm[at]) for at in known]
    gamma, outside = float(np.mean(found)), 1 - float(shares.sum())
    if outside <= _WHOLE:
        raise ValueError("shares leave no outside good")
    worth = shares / outside * prices ** (gamma - 1)

    def demand(at: Any) -> Any:
        each = worth * at ** (1 - gamma)
        return each / (1 + each.sum()) / at

    def needed(at: Any) -> Any:
        return ((1 + (worth * at ** (1 - gamma)).sum()) * outside) ** (1 / (1 - gamma))

    said = {"gamma": gamma, "alpha": 1 / (1 - outside) - 1, "meanval": worth.tolist()}
    return Buyers(demand, said, needed)


def linear(prices: Vector, quantities: Vector, margins: Vector, diversions: Vector, owners: Vector) -> Buyers:
    """Straight demand from all margins and diversions: own slope is quantity over diversion-weighted money margins."""
    own = quantities / ((owners * diversions) @ (margins * prices))
    slope = -(diversions * own[:, None]).T
    intercept = quantities - slope @ prices
    said = {"slopes": slope.tolist(), "intercepts": intercept.tolist()}
    return Buyers(lambda at: intercept + slope @ at, said)


def loglinear(
    prices: Vector, quantities: Vector, margins: Vector, diversions: Vector, owners: Vector
) -> Buyers:
    """The same with elasticities that stay as they are (slopes of logarithms)."""
    slope = np.array(linear(prices, quantities, margins, diversions, owners).said["slopes"])
    power = slope * prices[None, :] / quantities[:, None]
    level = np.log(quantities) - power @ np.log(prices)
    said = {"slopes": power.tolist(), "intercepts": level.tolist()}
    return Buyers(lambda at: np.exp(level + power @ np.log(at)), said)


def almost_ideal(prices: Vector, shares: Vector, own: float, at: int, market: float) -> Buyers:
    """Shares straight in log prices, diversion in proportion to shares, from the own elasticity of product `at`.

    market: elasticity of the market as a whole. needed: the logarithm of the price index.
    """
    lead = shares[at] * (own + 1 - shares[at] * (market + 1))
    diagonal = lead * shares * (1 - shares) / (shares[at] * (1 - shares[at]))
    slope = -diagonal[:, None] * shares[None, :] / (1 - shares)[:, None]
    np.fill_diagonal(slope, diagonal)
    intercept = shares - slope @ np.log(prices)

    def index(at: Any) -> Any:
        return intercept @ np.log(at) + np.log(at) @ slope @ np.log(at) / 2

    def demand(at: Any) -> Any:
        return (intercept + slope @ np.log(at)) * np.exp((1 + market) * index(at)) / at

    said = {"slopes": slope.tolist(), "intercepts": intercept.tolist(), "mkt_elast": market}
    return Buyers(demand, said, index)


def _known(margins: Margins) -> list[int]:
    known = [at for at, margin in enumerate(margins) if margin is not None]
    if not known:
        raise ValueError("no margin is known")
    return known
