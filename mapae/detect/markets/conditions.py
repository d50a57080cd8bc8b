"""Prices that leave no firm a better one: margins from a demand, prices after a merger, elasticities and diversion.

A demand is a function of all prices to all quantities, written so that it also takes complex prices: slopes then come
from a complex step, exact to rounding (Squire and Trapp, SIAM Review 40 (1998) 110). Owners: a matrix whose row i, column
j is the part of j's profit that the seller of i earns. Source of the conditions: Werden and Froeb, J. Law, Economics and
Organization 10 (1994) 407. Units: prices and costs in money, quantities in any one unit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Demand", "diversion", "elasticity", "money_margins", "prices_after", "slopes"]

Vector = npt.NDArray[np.float64]
Demand = Callable[[Any], Any]
_STEP = 1e-30
_NEAR = 1e-6  # step of Newton's matrix as a part of the price; the conditions themselves are exact
_ROUNDS, _STILL = 200, 1e-14


def slopes(demand: Demand, prices: Vector) -> Vector:
    """[i][j]: change of quantity i by price j."""
    steps = prices + 1j * _STEP * np.eye(len(prices))
    return np.array([demand(step).imag / _STEP for step in steps]).T


def elasticity(demand: Demand, prices: Vector) -> Vector:
    """[i][j]: of product i's quantity to product j's price."""
    found: Vector = slopes(demand, prices) * prices[None, :] / demand(prices)[:, None]
    return found


def diversion(demand: Demand, prices: Vector) -> Vector:
    """[i][j]: part of i's lost sales that goes to j where the price of i rises; diagonal −1."""
    found = slopes(demand, prices).T
    return -found / np.diag(found)[:, None]


def money_margins(demand: Demand, prices: Vector, owners: Vector) -> Vector:
    """Price less marginal cost at which no firm gains by another price. LinAlgError where no one answer exists."""
    found: Vector = np.linalg.solve(owners * slopes(demand, prices).T, -demand(prices))
    return found


def prices_after(
    demand: Demand, costs: Vector, owners: Vector, start: Vector, moving: list[int] | None = None
) -> Vector:
    """Prices that solve price = cost + margin, by Newton's method from `start`.

    moving: products whose price is free, priced as owners say among themselves; None: all. ValueError where none is found.
    """
    free = list(range(len(start))) if moving is None else moving
    prices = start.astype(float)

    def gap(some: Vector) -> Vector:
        whole = prices.copy()
        whole[free] = some
        own = slopes(demand, whole)[np.ix_(free, free)].T * owners[np.ix_(free, free)]
        left: Vector = some - costs[free] + np.linalg.solve(own, demand(whole)[free])
        return left

    here = prices[free]
    for _ in range(_ROUNDS):
        left = gap(here)
        far = np.abs(left).max()
        if far <= _STILL * np.abs(here).max():
            break
        wide = _NEAR * here
        bend = np.array([(gap(here + wide * axis) - left) / wide.max() for axis in _axes(wide)]).T
        here, better = _step(gap, here, np.linalg.solve(bend, left), far)
        if not better:
            break
    if not np.isfinite(here).all() or np.abs(gap(here)).max() > 1e-10 * np.abs(here).max():
        raise ValueError("no prices were found at which no firm gains by another")
    prices[free] = here
    return prices


def _axes(wide: Vector) -> Vector:
    """One row a product: only its own price steps, all by the same amount of money."""
    return np.diag(wide.max() / wide)


def _step(gap: Callable[[Vector], Vector], here: Vector, way: Vector, far: float) -> tuple[Vector, bool]:
    """The Newton step, halved until the conditions are met better; the old place where it never is."""
    part = 1.0
    while part > 1e-9:
        fresh = here - part * way
        if (fresh > 0).all() and np.abs(gap(fresh)).max() < far:
            return fresh, True
        part /= 2
    return here, False
