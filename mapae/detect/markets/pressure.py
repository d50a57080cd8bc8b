"""Pricing pressure of a merger before any simulation: diversion, UPP, GUPPI, compensating cost reductions.

Units: prices in money; margins, shares, diversions, efficiencies as parts of one; results in per cent unless they say
money. diversions[i][j] is the part of i's lost sales that goes to j, diagonal −1. Owners: a label a product, or a matrix
whose row i, column j is the part of j's profit that the seller of i earns. Sources: Werden, J. Industrial Economics 44
(1996) 409; Farrell and Shapiro, B.E. J. Theoretical Economics 10 (2010); Salop and Moresi (2009); Froeb and Werden,
Economics Letters 58 (1998) 367; Jaffe and Weyl (2012).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt

__all__ = [
    "cmcr",
    "cmcr_pair",
    "cournot_from_margins",
    "cournot_from_shares",
    "diversion_by_share",
    "diversion_from_elasticities",
    "guppi",
    "merged",
    "net_upp",
    "owner_matrix",
    "upp",
]

Vector = npt.NDArray[np.float64]
Owners = Sequence[Hashable] | Sequence[Sequence[float]]


def owner_matrix(owners: Owners) -> Vector:
    """Labels to a matrix: one where two products have one owner; a matrix as it is."""
    if owners and isinstance(owners[0], list | tuple):
        return np.array(owners, float)
    return np.array([[float(one == other) for other in owners] for one in owners])


def merged(owners: Owners) -> Vector:
    """All the owners' products in one hand: the merger of everyone given."""
    return np.ones((len(owners), len(owners)))


def diversion_by_share(shares: Sequence[float]) -> Vector:
    """Diversion in proportion to shares: share of the other over one minus own share, diagonal −1."""
    exact = np.array(shares, float)
    found = exact[None, :] / (1 - exact[:, None])
    np.fill_diagonal(found, -1.0)
    return cast(Vector, found)


def diversion_from_elasticities(
    elasticities: Sequence[Sequence[float]], quantities: Sequence[float]
) -> Vector:
    """Diversion from elasticities ([i][j]: of i's quantity to j's price) and quantities; diagonal −1.

    From i to j: elasticity [j][i] × quantity of j ÷ (− elasticity [i][i] × quantity of i). ValueError where an own
    elasticity is not below nought.
    """
    exact, sold = np.array(elasticities, float), np.array(quantities, float)
    if not (np.diag(exact) < 0).all():
        raise ValueError("an own elasticity is not below nought")
    gained = (exact * sold[:, None]).T
    return cast(Vector, -gained / np.diag(gained)[:, None])


def _relative(prices: Sequence[float]) -> Vector:
    """[i][j]: price of j over price of i."""
    exact = np.array(prices, float)
    return cast(Vector, exact[None, :] / exact[:, None])


def upp(
    prices: Sequence[float],
    margins: Sequence[float],
    diversions: Sequence[Sequence[float]],
    before: Owners,
    after: Owners | None = None,
    cost_change: Sequence[float] | None = None,
    *,
    buyers: bool = False,
) -> list[float]:
    """Upward pricing pressure in per cent of each product's own price: what the products that newly share an owner add,
    diversion × margin × relative price, each row over its own profit share.

    cost_change: proportional change of each marginal cost by the deal (0.03: dearer by 3 %): adds own cost change less
    diversion × partner's. buyers: a merger of buyers, margins are mark-downs and the pressure on price is down.
    """
    old, new = owner_matrix(before), merged(before) if after is None else owner_matrix(after)
    fresh = (new / np.diag(new)[:, None]) - (old / np.diag(old)[:, None])
    flow = np.array(diversions, float) * (1 - np.eye(len(prices)))
    ratio, margin = _relative(prices), np.array(margins, float)
    pressure = (fresh * flow * ratio) @ margin
    if cost_change is not None:
        sign = 1 + margin if buyers else 1 - margin
        rise = np.array(cost_change, float) * sign
        pressure = pressure + rise - (fresh * flow * ratio) @ rise
    return cast(list[float], (pressure * (-100.0 if buyers else 100.0)).tolist())


def cmcr(
    prices: Sequence[float],
    margins: Sequence[float],
    diversions: Sequence[Sequence[float]],
    before: Owners,
    after: Owners | None = None,
    *,
    of: str = "cost",
    buyers: bool = False,
) -> list[float]:
    """Compensating marginal cost reduction in per cent of old cost (or `of="price"`): what keeps prices where they are.

    The merged owner's margins that solve its first-order conditions at the old prices, less the old margins.
    ValueError where the conditions have no single solution.
    """
    new = merged(before) if after is None else owner_matrix(after)
    flow = -np.array(diversions, float) * (new / np.diag(new)[:, None])
    margin = np.array(margins, float)
    old = owner_matrix(before)
    kept = -np.array(diversions, float) * (old / np.diag(old)[:, None])
    ratio = _relative(prices)
    try:
        needed = np.linalg.solve(flow * ratio, (kept * ratio) @ margin)
    except np.linalg.LinAlgError as error:
        raise ValueError("the first-order conditions have no single solution") from error
    saving = needed - margin
    if of == "cost":
        saving = saving / (1 + margin if buyers else 1 - margin)
    return cast(list[float], (saving * 100.0).tolist())


def cmcr_pair(margin: float, diversion: float) -> tuple[float, float]:
    """Two alike products at one price: CMCR in per cent of cost and of price (Werden 1996, closed form)."""
    of_price = margin * diversion / (1 - diversion)
    return 100 * of_price / (1 - margin), 100 * of_price


def guppi(
    prices: Sequence[float], margins: Sequence[float], diversions: Sequence[Sequence[float]]
) -> list[float]:
    """Gross upward pricing pressure index of two one-product firms in per cent of own price (Salop and Moresi)."""
    return [
        100 * diversions[at][other] * margins[other] * prices[other] / prices[at]
        for at, other in ((0, 1), (1, 0))
    ]


def net_upp(
    prices: Sequence[float],
    margins: Sequence[float],
    diversions: Sequence[Sequence[float]],
    efficiency: Sequence[float],
    *,
    saving_in_margin: bool = False,
) -> list[float]:
    """UPP of two one-product firms in money, net of an efficiency credit on own cost (Farrell and Shapiro).

    saving_in_margin: the partner's saving raises the margin that sales are diverted to.
    """
    found = []
    for at, other in ((0, 1), (1, 0)):
        cost, others_cost = (prices[one] * (1 - margins[one]) for one in (at, other))
        earned = margins[other] * prices[other] + (
            efficiency[other] * others_cost if saving_in_margin else 0.0
        )
        found.append(diversions[at][other] * earned - efficiency[at] * cost)
    return found


def cournot_from_shares(shares: Sequence[float], elasticity: float) -> dict[str, Any]:
    """CMCR of two firms that sell one homogeneous good (Froeb and Werden 1998): average and single, of cost and price.

    elasticity: of market demand, positive.
    """
    one, other = shares
    both = 2 * one * other
    cost = elasticity * (one + other) - (one * one + other * other)
    return {
        "average_percent_of_cost": 100 * both / cost,
        "average_percent_of_price": 100 * both / (elasticity * (one + other)),
        "party_percent_of_cost": [100 * b / (elasticity - a) for a, b in ((one, other), (other, one))],
        "party_percent_of_price": [100 * share / elasticity for share in (other, one)],
    }


def cournot_from_margins(margins: Sequence[float]) -> dict[str, Any]:
    """The same from the margins, which in Cournot are share over elasticity."""
    return cournot_from_shares(margins, 1.0)
