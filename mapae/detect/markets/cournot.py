"""Firms that choose quantities of one good: straight demand, marginal cost that rises with a plant's own output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mapae.detect.markets.conditions import Vector

__all__ = ["outcome"]


def outcome(intercept: float, slope: float, size: Sequence[float], owners: Vector) -> dict[str, Any]:
    """Quantities, price and margins (parts of the price) where no owner gains by another output.

    price = intercept + slope × all output (slope < 0); marginal cost of plant i = its output ÷ size[i]. ValueError where the
    slope does not fall or a size is not above nought.
    """
    if slope >= 0:
        raise ValueError("the demand does not fall: slope is to be below nought")
    if min(size) <= 0:
        raise ValueError("the size of a plant is not above nought")
    rising = 1 / np.asarray(size, float)
    matrix = np.diag(rising) - slope * (owners + 1.0)
    quantity = np.linalg.solve(matrix, np.full(len(rising), float(intercept)))
    price = float(intercept + slope * quantity.sum())
    return {"quantity": quantity, "price": price, "margin": 1 - rising * quantity / price}
