"""Measure cards, checks, and what a check is given when it binds or, where it needs all records at once, when it judges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import pyarrow as pa

from mapae.contract.batch import Batch, Hits
from mapae.detect.lexicon import Term
from mapae.law import LawBook
from mapae.lists import ListStore
from mapae.model.finding import Finding
from mapae.pack import Pack

__all__ = ["Bound", "Check", "Context", "Fault", "Judge", "MeasureCard", "Records", "Whole"]


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may know when it binds: the pack, the law book, the lists, the as-of date, options by name.

    options: `recall_mode` = normal | high.
    """

    pack: Pack
    book: LawBook
    lists: ListStore
    as_of: date
    options: dict[str, str] = field(default_factory=dict)


class Bound(Protocol):
    """A check bound to a context: holds its indexes, can be pickled or built again, keeps no state between batches."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """Terms to look for; the engine scans all checks' terms at once and hands each check its own hits."""

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """Findings of the batch. Columns first: per-row work only on rows that could be findings (≤ 2 % of ordinary ones)."""


Records = Callable[[], Iterator[pa.RecordBatch]]  # all records of the inputs from the start, at every call


@dataclass(frozen=True, slots=True)
class Fault:
    """A record that a judge sets aside. row: its place among all records, from 0; raw: the cell as it was."""

    row: int
    column: str
    reason: str
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """What a set-wise check says: findings in the order to be shown, tables by name (OUT/NAME.parquet), faults.

    A table's titles stand in its schema's metadata (`mapae.contract.whole.titled`).
    """

    findings: Iterable[Finding] = ()
    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    faults: Sequence[Fault] = ()


Judge = Callable[[Records, Context], Whole]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: key `hazardous_goods.substances`, the record kinds it reads, whether it runs in shadow, and one of two:
    `bind`, for what each record says by itself, or `whole`, for what only all records together say (set-wise).
    """

    key: str
    measure: str
    kinds: tuple[str, ...]
    bind: Callable[[Context], Bound] | None = None
    provisions: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    shadow: bool = False
    whole: Judge | None = None


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """A measure: key, titles, who acts on whom, provisions, record kinds, checks."""

    key: str
    title: dict[str, str]
    who_acts: str
    on_whom: str
    provisions: tuple[str, ...]
    kinds: tuple[str, ...]
    checks: tuple[Check, ...]
