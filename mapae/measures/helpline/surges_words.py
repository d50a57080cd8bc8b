"""What a surge is about: words, and values of other columns, that its complaints hold more often than those before."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from mapae.contract import Records
from mapae.detect.surges.days import turned
from mapae.detect.surges.words import Risen, risen, words
from mapae.measures.helpline.surges_read import COLUMNS, Counted, Told, dated, values_of
from mapae.measures.helpline.surges_replay import Surge

__all__ = ["About", "about"]

_DOCUMENTS = 1_000  # complaints of one surge that are read
_BEFORE = 6_000  # complaints of the whole file that are read for comparison
_SURGES = 200  # surges that are read for, the gravest first
_OWN = 30  # complaints of the series itself before the surge, from which they and not all others are compared with


@dataclass
class About:
    """Of one surge: what has risen by column (`text`: words), and numbers of complaints for instance."""

    risen: dict[str, list[Risen]] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Document:
    complaint: str
    day: date
    values: dict[str, str]
    words: frozenset[str]


def about(found: Sequence[Surge], counted: Counted, records: Records, told: Told) -> dict[int, About]:
    """By place in `found`, for the first 200: reads the records once more, but words only of those that are compared."""
    wanted = [(at, surge, values_of(*counted.series[surge.at])) for at, surge in enumerate(found[:_SURGES])]
    inside: dict[int, list[_Document]] = defaultdict(list)
    others: list[_Document] = []
    share = min(1.0, _BEFORE / max(1, counted.records))
    for frame in map(told, dated(records)) if wanted else ():
        plain = frame.drop_nulls("day")
        if counted.turned:
            plain = plain.with_columns(pl.col("day").map_elements(turned, pl.Date))
        others += _documents(row for row in plain.iter_rows(named=True) if _sampled(row, share))
        for at, surge, values in wanted:
            if len(inside[at]) < _DOCUMENTS:
                inside[at] += _documents(_of(plain, surge, values).iter_rows(named=True))
    return {at: _told(surge, values, inside[at], others) for at, surge, values in wanted}


def _of(frame: pl.DataFrame, surge: Surge, values: Mapping[str, str]) -> pl.DataFrame:
    chosen = pl.col("day").is_between(surge.begin, surge.peak["day"])
    for name, value in values.items():
        chosen &= pl.col(name) == value
    return frame.filter(chosen).head(_DOCUMENTS)


def _sampled(row: dict[str, Any], share: float) -> bool:
    return share >= 1.0 or zlib.crc32(str(row["complaint_id"]).encode()) < share * 2**32


def _documents(rows: Iterable[dict[str, Any]]) -> list[_Document]:
    return [
        _Document(
            str(row["complaint_id"]),
            row["day"],
            {name: row[name] for name in COLUMNS if row[name]},
            words(row["text"] or ""),
        )
        for row in rows
    ]


def _told(surge: Surge, values: Mapping[str, str], now: list[_Document], others: list[_Document]) -> About:
    before = [each for each in others if each.day < surge.begin]
    own = [each for each in before if values.items() <= each.values.items()]
    before = own if len(own) >= _OWN else before or [each for each in others if each.day > surge.last]
    found = {"text": risen([each.words for each in now], [each.words for each in before])}
    for name in COLUMNS:
        if name not in values:
            found[name] = risen(_single(now, name), _single(before, name), 3)
    top = {each.word for each in found["text"]}
    most = sorted(now, key=lambda each: (-len(each.words & top), each.day, each.complaint))
    return About({name: rows for name, rows in found.items() if rows}, [each.complaint for each in most[:3]])


def _single(documents: list[_Document], name: str) -> list[tuple[str, ...]]:
    return [(each.values[name],) if name in each.values else () for each in documents]
