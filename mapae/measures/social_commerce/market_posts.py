"""The check `social_commerce.market_posts`: posts that sell to the public, with what tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.measures.social_commerce.model import FILE, PostModel, load
from mapae.measures.social_commerce.posts import PostReader, Verdict
from mapae.measures.social_commerce.vocabulary import load_vocabulary
from mapae.model.finding import Finding, Reason

__all__ = ["MARKET_POSTS", "market_posts"]

_PROVISION = "ECA 9-2"
_REASONS = 8  # places shown
_SURE = 2.0  # score above which more says nothing more
_SHOWN = 120  # characters of a post whose wording as a whole decided


@dataclass(frozen=True)
class _Bound:
    reader: PostReader
    in_force_from: date | None

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.reader.vocabulary.terms

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """A finding for each post that sells."""
        chosen, margins = self.reader.candidates(batch, hits)
        first = np.searchsorted(hits.row, chosen, "left")
        last = np.searchsorted(hits.row, chosen, "right")
        for row, low, high in zip(batch.rows(chosen), first, last, strict=True):
            verdict = self.reader.judge(row, hits.take(np.arange(low, high)), float(margins[row.index]))
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
        if not verdict.marks:
            seen = row.text("text")[:_SHOWN]
            yield Reason("text", 0, len(seen), seen, "model", "reads like posts that sell", 0.5)
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


def _bind(context: Context, model: PostModel | None = None) -> _Bound:
    dated = context.book.provision(_PROVISION, context.as_of)
    vocabulary = load_vocabulary(context.pack.data("social/posts.yaml"))
    reader = PostReader(vocabulary, model or load(context.pack.root / FILE))
    return _Bound(reader, dated.valid_from if dated else None)


def market_posts(model: PostModel | None = None) -> Check:
    """The check, with another model than the pack's where one is given."""
    return Check(
        key="social_commerce.market_posts",
        measure="social_commerce",
        kinds=("post",),
        bind=_bind if model is None else partial(_bind, model=model),
        provisions=(_PROVISION,),
    )


MARKET_POSTS = market_posts()
