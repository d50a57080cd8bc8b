"""Measure cards, checks, and what a check is given when it binds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from mapae.contract.batch import Batch, Hits
from mapae.detect.lexicon import Term
from mapae.law import LawBook
from mapae.lists import ListStore
from mapae.model.finding import Finding
from mapae.pack import Pack

__all__ = ["Bound", "Check", "Context", "MeasureCard"]


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


@dataclass(frozen=True, slots=True)
class Check:
    """A check: key `hazardous_goods.substances`, the record kinds it reads, how it binds, whether it runs in shadow."""

    key: str
    measure: str
    kinds: tuple[str, ...]
    bind: Callable[[Context], Bound]
    provisions: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    shadow: bool = False


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
