"""How far new lines lie from those a model was trained on: the population stability index by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

__all__ = ["WATCHED", "drift", "profile"]

_CODES = ("office_id", "import_type", "country_of_departure", "country_of_origin", "tax_type", "hs2")
_NUMBERS = ("log_mass", "log_price", "tax_rate")
WATCHED = (*_CODES, *_NUMBERS)  # columns of a frame that drift looks at
_KEPT = 40  # values of a column told apart; the others are one
_LEAST = 1e-4


def profile(lines: pl.DataFrame) -> dict[str, Any]:
    """Shares of the commonest values of each watched column and deciles of its numbers, as JSON can hold them."""
    shares = {
        name: dict(lines[name].value_counts(sort=True, normalize=True).head(_KEPT).iter_rows())
        for name in _CODES
    }
    deciles = {name: [float(lines[name].quantile(q / 10) or 0.0) for q in range(1, 10)] for name in _NUMBERS}
    return {"shares": shares, "deciles": deciles}


def drift(lines: pl.DataFrame, before: Mapping[str, Any]) -> dict[str, float]:
    """The index by column: below 0.1 stable, above 0.25 the model wants new results (Siddiqi 2006)."""
    found = {}
    for name, shares in before["shares"].items():
        now = dict(lines[name].value_counts(normalize=True).iter_rows())
        pairs = [(share, now.get(value, 0.0)) for value, share in shares.items()]
        pairs.append((1 - sum(old for old, _ in pairs), 1 - sum(new for _, new in pairs)))
        found[name] = _index(pairs)
    for name, cuts in before["deciles"].items():
        edges = np.unique(cuts)
        now_in = np.bincount(np.searchsorted(edges, lines[name].to_numpy()), minlength=len(edges) + 1) / max(
            1, len(lines)
        )
        counts = np.bincount(np.searchsorted(edges, cuts), minlength=len(edges) + 1)
        was_in = (counts + (np.arange(len(counts)) == len(counts) - 1)) / (len(cuts) + 1)
        found[name] = _index(list(zip(was_in.tolist(), now_in.tolist(), strict=True)))
    return found


def _index(pairs: list[tuple[float, float]]) -> float:
    safe = [(max(old, _LEAST), max(new, _LEAST)) for old, new in pairs]
    return round(sum((new - old) * float(np.log(new / old)) for old, new in safe), 4)
