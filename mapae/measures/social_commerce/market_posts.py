"""The check `social_commerce.market_posts`: posts that sell to the public, with what tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.measures.social_commerce.posts import PostReader, Verdict
from mapae.measures.social_commerce.vocabulary import load_vocabulary
from mapae.model.finding import Finding, Reason

__all__ = ["MARKET_POSTS"]

_PROVISION = "ECA 9-2"
_REASONS = 8  # places shown
_SURE = 4.0  # score above which more words say nothing more


@dataclass(frozen=True)
class _Bound:
    reader: PostReader
    in_force_from: date | None

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.reader.vocabulary.terms

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """A finding for each post that sells."""
        chosen = self.reader.candidates(batch, hits)
        first = np.searchsorted(hits.row, chosen, "left")
        last = np.searchsorted(hits.row, chosen, "right")
        for row, low, high in zip(batch.rows(chosen), first, last, strict=True):
            verdict = self.reader.judge(row, hits.take(np.arange(low, high)))
            if verdict is not None:
                yield self._finding(row, verdict)

    def _finding(self, row: Row, verdict: Verdict) -> Finding:
        vocabulary = self.reader.vocabulary
        refused = any(vocabulary.groups[number].refused for number in verdict.marks)
        return Finding(
            check=MARKET_POSTS.key,
            measure=MARKET_POSTS.measure,
            subject_kind="post",
            subject_id=row.text("post_id"),
            reference_id="class:market_post",
            severity=vocabulary.severity["refused" if refused else "plain"],  # type: ignore[arg-type]
            score=round(min(1.0, 0.5 + verdict.score / (2 * _SURE)), 3),
            provision=_PROVISION,
            provision_from=self.in_force_from,
            reasons=tuple(self._reasons(row, verdict)),
            operator=row["platform"],
            seller_id=row["account_id"],
            subject_title=row["text"],
            subject_url=row["url"],
        )

    def _reasons(self, row: Row, verdict: Verdict) -> Iterator[Reason]:
        left = _REASONS
        for number, marks in verdict.marks.items():
            group = self.reader.vocabulary.groups[number]
            for mark in marks[: min(2, left)]:
                left -= 1
                span = row.span(0, 0, mark.start, mark.end)
                yield Reason(
                    "text",
                    span.start,
                    span.end,
                    span.seen,
                    group.name,
                    group.says,
                    min(1.0, group.weight / 2),
                )


def _bind(context: Context) -> _Bound:
    dated = context.book.provision(_PROVISION, context.as_of)
    vocabulary = load_vocabulary(context.pack.data("social/posts.yaml"))
    return _Bound(PostReader(vocabulary), dated.valid_from if dated else None)


MARKET_POSTS = Check(
    key="social_commerce.market_posts",
    measure="social_commerce",
    kinds=("post",),
    bind=_bind,
    provisions=(_PROVISION,),
)
