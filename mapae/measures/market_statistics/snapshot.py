"""Snapshots: one identifier over the query and the figures it gave, so that anyone can tell whether they are the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

import orjson

from mapae.measures.market_statistics.series import Series

__all__ = ["rows", "snapshot"]


def rows(found: Sequence[Series]) -> list[dict[str, Any]]:
    """The figures as flat rows: series, period, first and last day, value, unit, mark, known_on, reference."""
    return [
        {
            "series": one.key, "period": str(value.period), "first": value.period.first.isoformat(),
            "last": value.period.last.isoformat(), "value": value.value, "unit": one.unit, "mark": value.mark,
            "known_on": value.known_on.isoformat(), "reference": value.reference,
        }
        for one in found
        for value in one.values
    ]  # fmt: skip


def snapshot(keys: Sequence[str], known_on: date, data: Sequence[dict[str, Any]]) -> str:
    """16 hex digits of the SHA-256 over the query (keys, day) and the rows it gave; the same on every machine."""
    whole = {"query": {"series": list(keys), "as_known_on": known_on.isoformat()}, "rows": list(data)}
    return hashlib.sha256(orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
