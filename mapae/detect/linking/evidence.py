"""Candidate pairs of two tables and what speaks for and against each, in columns."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mapae.detect.kernels.candidates import candidates, postings
from mapae.detect.kernels.pairs import clashes, compare
from mapae.detect.kernels.units import BUCKETS
from mapae.detect.linking.table import Table
from mapae.detect.linking.weights import Rarity, Weighted, weigh

__all__ = ["Evidence", "gather"]

Array = npt.NDArray[Any]
KEEP = 12  # candidates of a left record that are compared, a chunk of the other side
KEPT = 8  # of them that are kept, by base
CHUNK = 200_000  # records of a side that are held at a time
BUDGET = 10_000  # postings read for a record, over all chunks of the other side
_PRICE, _NUMBERS, _SAME_GTIN, _OTHER_GTIN = 0.05, 0.05, 0.5, 0.1
_PRICE_MOST = 3.0  # natural logarithm of the price ratio beyond which more says no more


@dataclass(frozen=True)
class Evidence:
    """Candidate pairs, one place each in all arrays, sorted by left, then right.

    left, right: record numbers; title, whole: cosines; mine, yours: share of the left title in the right record and the
    other way; price: |ln ratio| (NaN unknown); clash: each title has a number the other record lacks; gtin: 1 the same,
    −1 different, 0 unknown; base: all of it in one number, about 0–1.
    """

    left: Array
    right: Array
    title: Array
    whole: Array
    mine: Array
    yours: Array
    price: Array
    clash: Array
    gtin: Array
    base: Array

    def take(self, places: Array) -> Evidence:
        """The pairs at these places."""
        return Evidence(*(getattr(self, item.name)[places] for item in fields(self)))


def gather(left: Table, right: Table, also: Array | None = None, workers: int = 0) -> Evidence:
    """Compare every left record with its best candidates of the right side, and the pairs of `also` (n × 2) too.

    Memory is bounded: CHUNK records of each side at a time, KEPT candidates a left record in the end.
    """
    rarity = Rarity.of(left, right)
    chunks = list(_chunks(len(right), CHUNK))
    budget = max(2_000, BUDGET // max(1, len(chunks)))
    parts: list[Evidence] = []
    for low, high in _chunks(len(left), CHUNK):
        mine = weigh(left, low, high, rarity)
        found: list[Evidence] = []
        for first, last in chunks:
            yours = weigh(right, first, last, rarity)
            pairs = _candidates(mine, yours, high - low, last - first, budget, workers)
            if also is not None:
                pairs = _with(pairs, also - [low, first], high - low, last - first)
            found.append(_compare(left, right, mine, yours, pairs, (low, first)))
        parts.append(_best(found, cut=also is None))
    return _joined(parts)


def _chunks(count: int, size: int) -> Iterator[tuple[int, int]]:
    return pairwise([*range(0, count, size), count])


def _candidates(mine: Weighted, yours: Weighted, lefts: int, rights: int, budget: int, workers: int) -> Array:
    """Pairs (n × 2) of places in the two chunks, sorted."""
    starts, rows, held = postings(yours.ids, yours.ends, yours.all, BUCKETS)

    def part(bounds: tuple[int, int]) -> Array:
        found: Array = candidates(
            mine.ids, mine.ends, mine.all, *bounds, starts, rows, held, rights, budget, KEEP
        )
        return found

    workers = workers or os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        best = np.concatenate(list(pool.map(part, _chunks(lefts, max(256, -(-lefts // (4 * workers)))))))
    at, place = np.nonzero(best >= 0)
    return _sorted(np.stack([at, best[at, place]], 1).astype(np.int64))


def _sorted(pairs: Array) -> Array:
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def _with(pairs: Array, also: Array, lefts: int, rights: int) -> Array:
    inside = (also >= 0).all(1) & (also[:, 0] < lefts) & (also[:, 1] < rights)
    return np.unique(np.concatenate([pairs, also[inside]]), axis=0)


def _compare(
    left: Table, right: Table, mine: Weighted, yours: Weighted, pairs: Array, offset: tuple[int, int]
) -> Evidence:
    own, other = pairs[:, 0], pairs[:, 1]
    out = np.zeros((4, len(pairs)))
    compare(own, other, mine.ids, mine.ends, mine.title, mine.all, mine.idf, mine.sums,
            yours.ids, yours.ends, yours.title, yours.all, yours.idf, yours.sums, out)  # fmt: skip
    own, other = own + offset[0], other + offset[1]
    clash = clashes(own, other, left.numbers, left.titled, left.number_ends,
                    right.numbers, right.titled, right.number_ends)  # fmt: skip
    price = _price(left, right, own, other)
    gtin = _gtin(left, right, own, other)
    base = (out[0] + out[1] + np.sqrt(out[2] * out[3])) / 3
    base = base - _PRICE * np.nan_to_num(np.minimum(price, _PRICE_MOST)) - _NUMBERS * clash
    base = base + _SAME_GTIN * (gtin > 0) - _OTHER_GTIN * (gtin < 0)
    return Evidence(
        own.astype(np.int32), other.astype(np.int32), *_small(out), price.astype(np.float32), clash,
        gtin.astype(np.int8), base.astype(np.float32),
    )  # fmt: skip


def _small(out: Array) -> tuple[Array, Array, Array, Array]:
    title, whole, mine, yours = out.astype(np.float32)
    return title, whole, mine, yours


def _price(left: Table, right: Table, own: Array, other: Array) -> Array:
    """|ln ratio| where both prices are known and the currencies are not known to differ."""
    ratio = np.abs(np.log(left.prices[own]) - np.log(right.prices[other]))
    a, b = left.currencies.take(pa.array(own)), right.currencies.take(pa.array(other))
    differ = pc.fill_null(pc.not_equal(a, b), False).to_numpy(zero_copy_only=False)
    return np.where(differ, np.nan, ratio)


def _gtin(left: Table, right: Table, own: Array, other: Array) -> Array:
    if left.gtins.null_count == len(left) or right.gtins.null_count == len(right):
        return np.zeros(len(own), np.int8)
    a, b = left.gtins.take(pa.array(own)), right.gtins.take(pa.array(other))
    same = pc.equal(pc.utf8_ltrim(a, "0"), pc.utf8_ltrim(b, "0"))
    known = pc.if_else(same, pa.scalar(1, pa.int8()), pa.scalar(-1, pa.int8()))
    found: Array = pc.fill_null(known, pa.scalar(0, pa.int8())).to_numpy(zero_copy_only=False)
    return found


def _joined(parts: list[Evidence]) -> Evidence:
    return Evidence(
        *(np.concatenate([getattr(part, item.name) for part in parts]) for item in fields(Evidence))
    )


def _best(parts: list[Evidence], cut: bool) -> Evidence:
    """The pairs of one left chunk over all right chunks; the KEPT best a record where `cut`."""
    whole = _joined(parts)
    order = np.lexsort((whole.right, -whole.base, whole.left))
    if cut:
        lefts = whole.left[order]
        begins = np.searchsorted(lefts, lefts)
        order = order[np.arange(len(order)) - begins < KEPT]
    whole = whole.take(order)
    return whole.take(np.lexsort((whole.right, whole.left)))
