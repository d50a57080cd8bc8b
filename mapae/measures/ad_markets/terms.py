"""The check `ad_markets.terms`: tying, preference for own exchange and exclusivity in advertising terms, with places."""

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

_KINDS = frozenset({"ad_policy", "terms"})
_ADS = re.compile(r"\b(?:advertis\w+|ads?|publishers?)\b|광고|广告", re.I)
_ENOUGH = 5  # mentions of advertising that make a document of no stated kind one of advertising


@dataclass(frozen=True)
class _Bound:
    clauses: Clauses
    kinds: Mapping[str, Mapping[str, Any]]
    valid_from: date | None

    @property
    def terms(self) -> tuple[Term, ...]:
        """None: clauses are patterns over sentences."""
        return ()

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """A finding for each kind of clause in a document, its clauses as reasons."""
        for row in batch.rows(np.arange(len(batch))):
            if _of_ads(row):
                found: dict[str, list[Clause]] = {}
                for clause in self.clauses.find(row.text("text")):
                    found.setdefault(clause.kind, []).append(clause)
                yield from (self._finding(row, kind, clauses) for kind, clauses in found.items())

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
            provision_from=self.valid_from,
            reasons=clause_reasons(row.text("text"), clauses, said),
            operator=row["operator"],
            subject_url=row["url"],
        )


def _of_ads(row: Row) -> bool:
    kind = row.text("doc_kind")
    if kind and kind not in _KINDS:
        return False
    needed = 1 if kind == "ad_policy" else _ENOUGH
    return len(_ADS.findall(row.text("text")[:200_000])) >= needed


def _bind(context: Context) -> _Bound:
    data = context.pack.data("markets/ad_terms.yaml")
    dated = context.book.provision("MRF 45", context.as_of)
    return _Bound(Clauses.read(data), data["kinds"], dated.valid_from if dated else None)


CHECK = Check(
    key="ad_markets.terms",
    measure="ad_markets",
    kinds=("policy",),
    bind=_bind,
    provisions=("MRF 45", "MRF 5"),
)
