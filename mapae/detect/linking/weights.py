"""How much each letter run of a record weighs: rarity over both sides (inverse document frequency), unit length a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from mapae.detect.linking.table import Table

__all__ = ["Rarity", "Weighted", "weigh"]

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Rarity:
    """Natural logarithm of (records + 1) / (records with the bucket + ½), over titles and over whole records."""

    title: Array
    all: Array

    @classmethod
    def of(cls, left: Table, right: Table) -> Rarity:
        """Over both sides together."""
        count = len(left) + len(right) + 1
        pairs = ((left.df_title, right.df_title), (left.df_all, right.df_all))
        return cls(*(np.log(count / (a + b + 0.5)).clip(0.01).astype(np.float32) for a, b in pairs))


@dataclass(frozen=True)
class Weighted:
    """A run of a table's records with weights: arrays by (record, bucket), ends from 0; sums: idf of each title."""

    ids: Array
    ends: Array
    title: Array
    all: Array
    idf: Array
    sums: Array


def weigh(table: Table, first: int, last: int, rarity: Rarity) -> Weighted:
    """Records first…last: (1 + ln times) × rarity, divided by the record's length (Salton and Buckley 1988)."""
    start, end = int(table.ends[first]), int(table.ends[last])
    ids = np.asarray(table.ids[start:end])
    ends = table.ends[first : last + 1] - start
    rows = np.repeat(np.arange(last - first), np.diff(ends))
    title = _unit(_damped(table.in_title[start:end]) * rarity.title[ids], rows, last - first)
    whole = _unit(_damped(table.in_all[start:end]) * rarity.all[ids], rows, last - first)
    idf = rarity.all[ids]
    sums = np.bincount(rows, idf.astype(np.float64) * (title > 0), minlength=last - first)
    return Weighted(ids, ends, title, whole, idf, sums)


def _damped(times: Array) -> Array:
    counted = np.asarray(times, np.float32)
    return np.where(counted > 0, 1 + np.log(np.maximum(counted, 1)), 0).astype(np.float32)


def _unit(weights: Array, rows: Array, count: int) -> Array:
    length = np.sqrt(np.bincount(rows, weights.astype(np.float64) ** 2, minlength=count))
    return (weights / np.maximum(length, 1e-9)[rows]).astype(np.float32)
