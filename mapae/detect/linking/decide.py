"""Which candidate pairs are one product: rivals count against a pair, each record is linked once, decoys set the threshold.

No labels are used. When the chosen pairs are struck out and the choice is made again, what comes out are wrong pairs:
decoys, chosen in the same way. Where a score is as common among decoys as among first choices, nothing is linked there.
The idea of decoys: Elias and Gygi 2007 (target-decoy search); share of wrong pairs by Storey 2002.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.detect.kernels.pairs import choose, rivals
from mapae.detect.linking.evidence import Evidence

__all__ = ["Links", "decide", "threshold", "without_twins"]

Array = npt.NDArray[Any]
_RIVAL = 0.25  # of the best rival of either record is taken off
_QUANTILE, _PLATEAU = 0.3, 0.01
_LEAST = 0.25  # likeness below which nothing is linked, however far its rivals are
_TWIN, _TWIN_SHARE = 0.6, 0.8
_SLOPE = 12.0


@dataclass(frozen=True)
class Links:
    """Linked pairs by left, then right. evidence: of each; margin: base less rivals; score: 0–1, ½ at the threshold;
    twin: linked beside a better pair of the same record. threshold: of margin; wrong: estimated share of first choices
    that are wrong; expected: estimated F1 of the first choices kept."""

    evidence: Evidence
    margin: Array
    score: Array
    twin: Array
    threshold: float
    wrong: float
    expected: float


def decide(evidence: Evidence, lefts: int, rights: int) -> Links:
    """Link each record at most once, then twins: a record left over that is nearly as like as the one that was linked."""
    margin = _margin(evidence, evidence.base, lefts, rights)
    chosen = _choose(evidence, margin, lefts, rights)
    struck = evidence.base.copy()
    struck[chosen] = 0
    again = _margin(evidence, struck, lefts, rights)
    again[chosen] = -9
    decoys = _choose(evidence, again, lefts, rights)
    limit, wrong, expected = threshold(margin[chosen], again[decoys[again[decoys] > -9]])
    kept = chosen[(margin[chosen] >= limit) & (evidence.base[chosen] >= _LEAST)]
    twins = _twins(evidence, kept, lefts, rights)
    places = np.concatenate([kept, twins])
    order = np.lexsort((evidence.right[places], evidence.left[places]))
    twin = np.concatenate([np.zeros(len(kept), np.bool_), np.ones(len(twins), np.bool_)])[order]
    places = places[order]
    score = 1 / (1 + np.exp(-_SLOPE * (np.maximum(margin[places], np.where(twin, limit, -9)) - limit)))
    return Links(evidence.take(places), margin[places], score, twin, limit, wrong, expected)


def _margin(evidence: Evidence, base: Array, lefts: int, rights: int) -> Array:
    found: Array = base - _RIVAL * (rivals(evidence.left, base, lefts) + rivals(evidence.right, base, rights))
    return found


def _choose(evidence: Evidence, margin: Array, lefts: int, rights: int) -> Array:
    order = np.lexsort((evidence.right, evidence.left, -margin))
    found: Array = choose(order, evidence.left, evidence.right, lefts, rights)
    return found


def threshold(first: Array, decoys: Array) -> tuple[float, float, float]:
    """(threshold, share of wrong first choices, expected F1) from the margins of first choices and of decoys.

    Wrong ones are counted at the low end, where hardly a right one is; the threshold is the middle of the range in which
    the expected F1 is within 1 % of its best.
    """
    if not len(first):
        return 0.0, 0.0, 0.0
    if not len(decoys):
        return float(first.min()), 0.0, 1.0
    low = np.quantile(decoys, _QUANTILE)
    wrong = min(1.0, (int((first < low).sum()) + 1) / max(1, int((decoys < low).sum())))
    falling = np.sort(first)[::-1]
    above = len(decoys) - np.searchsorted(np.sort(decoys), falling, "left")
    kept = np.arange(1, len(first) + 1)
    right = np.maximum.accumulate(np.maximum(0.0, kept - wrong * above))
    f1 = 2 * right / (kept + max(1.0, right[-1]))
    good = np.flatnonzero(f1 >= f1.max() * (1 - _PLATEAU))
    return float(falling[good[0]] + falling[good[-1]]) / 2, float(wrong), float(f1.max())


def _twins(evidence: Evidence, kept: Array, lefts: int, rights: int) -> Array:
    """Pairs of a record that is not linked and its best partner, where that partner's own link is hardly better."""
    own_left, own_right = np.full(lefts, np.inf), np.full(rights, np.inf)
    own_left[evidence.left[kept]] = evidence.base[kept]
    own_right[evidence.right[kept]] = evidence.base[kept]
    order = np.lexsort((evidence.right, evidence.left, -evidence.base))
    found = []
    for side, linked, partner in (
        (evidence.right, own_right, own_left[evidence.left]),
        (evidence.left, own_left, own_right[evidence.right]),
    ):
        best = order[np.sort(np.unique(side[order], return_index=True)[1])]
        base = evidence.base[best]
        free = np.isinf(linked[side[best]]) & np.isfinite(partner[best])
        found.append(best[free & (base >= _TWIN) & (base >= _TWIN_SHARE * np.where(free, partner[best], 0))])
    return np.unique(np.concatenate(found))


def without_twins(links: Links) -> Links:
    """The same links with each record once."""
    places = np.flatnonzero(~links.twin)
    return replace(
        links, evidence=links.evidence.take(places), margin=links.margin[places],
        score=links.score[places], twin=links.twin[places],
    )  # fmt: skip
