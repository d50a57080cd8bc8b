"""The check of adverts and posts: one finding for the likeliest class, with the places that speak for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.measures.illegal_ads.marks import Mark
from mapae.measures.illegal_ads.reader import AdvertReader, Verdict
from mapae.measures.illegal_ads.vocabulary import load_vocabulary
from mapae.model.finding import Finding, Reason

__all__ = ["CHECK"]

_REASONS = 6  # places shown of each finding
_SURE = 1.4  # from this score on the class's own severity holds; below it is to be looked at
_PROVISIONS = ("FLA 8", "COS 13", "MED 26", "PHA 61-2", "TM 108", "NET 44-7", "YPA 28", "ECA 21")
# kind → its columns of advertiser, title, address
_COLUMNS = {"advert": ("advertiser_id", "headline", "landing_url"), "post": ("account_id", "text", "url")}


@dataclass(frozen=True)
class _Bound:
    reader: AdvertReader
    in_force_from: dict[str, date | None]

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.reader.vocabulary.terms

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """At most one finding a record."""
        chosen = self.reader.candidates(batch, hits)
        first = np.searchsorted(hits.row, chosen, "left")
        last = np.searchsorted(hits.row, chosen, "right")
        for row, low, high in zip(batch.rows(chosen), first, last, strict=True):
            verdict = self.reader.judge(row, hits.take(np.arange(low, high)))
            if verdict is not None:
                yield self._finding(row, verdict)

    def _finding(self, row: Row, verdict: Verdict) -> Finding:
        kind = row.batch.kind
        about = self.reader.vocabulary.classes[verdict.name]
        seller, title, url = _COLUMNS[kind.name]
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind=kind.name,
            subject_id=row.text(kind.key),
            reference_id=f"class:{verdict.name}",
            severity=about["severity"] if verdict.score >= _SURE else "medium",
            score=round(min(1.0, 0.3 + verdict.score / 3), 3),
            provision=verdict.provision,
            provision_from=self.in_force_from[verdict.provision],
            reasons=tuple(_reasons(row, verdict)),
            operator=row["platform"],
            seller_id=row[seller],
            subject_title=row[title],
            subject_url=row[url],
        )


def _reasons(row: Row, verdict: Verdict) -> Iterator[Reason]:
    """The strongest rules first, each place once."""
    seen: set[Mark] = set()
    for fired in verdict.fired:
        for mark in fired.marks[:3]:
            if mark in seen or len(seen) >= _REASONS:
                continue
            seen.add(mark)
            span = row.span(mark.field, mark.channel, mark.start, mark.end)
            field = row.batch.kind.text[mark.field]
            yield Reason(
                field, span.start, span.end, span.seen, verdict.name, fired.rule.says, min(1.0, fired.weight)
            )


def _bind(context: Context) -> _Bound:
    vocabulary = load_vocabulary(context)
    dated = {key: context.book.provision(key, context.as_of) for key in _PROVISIONS}
    return _Bound(
        AdvertReader(vocabulary), {key: found.valid_from if found else None for key, found in dated.items()}
    )


CHECK = Check(
    key="illegal_ads.classes",
    measure="illegal_ads",
    kinds=("advert", "post"),
    bind=_bind,
    provisions=_PROVISIONS,
    lists=("brands",),
)
