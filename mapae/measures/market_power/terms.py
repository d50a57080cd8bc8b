"""The check `market_power.terms`: parity, exclusivity, multi-homing and tying clauses in sellers' terms, with places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.clauses import Clause, Clauses, clause_reasons
from mapae.detect.lexicon import Term
from mapae.model.finding import Finding

__all__ = ["CHECK"]

_KINDS = frozenset({"seller_terms", "terms"})
_SELLERS = re.compile(
    r"\b(?:seller|merchant|supplier|vendor)s?\b|판매자|입점|납품업자|파트너사|商家|卖家|供应商", re.I
)
_ENOUGH = 3  # mentions of sellers that make a document of no stated kind sellers' terms


@dataclass(frozen=True)
class _Bound:
    clauses: Clauses
    kinds: Mapping[str, Mapping[str, Any]]
    dated: Mapping[str, date | None]

    @property
    def terms(self) -> tuple[Term, ...]:
        """None: clauses are patterns over sentences."""
        return ()

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """A finding for each kind of clause in a document, its clauses as reasons."""
        for row in batch.rows(np.arange(len(batch))):
            if _of_sellers(row):
                yield from self._findings(row)

    def _findings(self, row: Row) -> Iterator[Finding]:
        text = row.text("text")
        found: dict[str, list[Clause]] = {}
        for clause in self.clauses.find(text):
            found.setdefault(clause.kind, []).append(clause)
        for kind, clauses in found.items():
            yield self._finding(row, kind, clauses)

    def _finding(self, row: Row, kind: str, clauses: list[Clause]) -> Finding:
        said = self.kinds[kind]
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="policy",
            subject_id=row.text("document_id"),
            reference_id=f"conduct:{kind}",
            severity="medium",
            score=0.8,
            provision=said["provision"],
            provision_from=self.dated[said["provision"]],
            reasons=clause_reasons(row.text("text"), clauses, said),
            operator=row["operator"],
            subject_url=row["url"],
        )


def _of_sellers(row: Row) -> bool:
    kind = row.text("doc_kind")
    if kind:
        return kind in _KINDS
    return len(_SELLERS.findall(row.text("text")[:200_000])) >= _ENOUGH


def _bind(context: Context) -> _Bound:
    data = context.pack.data("markets/terms.yaml")
    keys = {entry["provision"] for entry in data["kinds"].values()}
    dated = {key: context.book.provision(key, context.as_of) for key in keys}
    held = {key: found.valid_from if found else None for key, found in dated.items()}
    return _Bound(Clauses.read(data), data["kinds"], held)


CHECK = Check(
    key="market_power.terms",
    measure="market_power",
    kinds=("policy",),
    bind=_bind,
    provisions=("MRF 45", "MRF 5"),
)
