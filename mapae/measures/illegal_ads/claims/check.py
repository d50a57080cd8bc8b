"""The check `illegal_ads.claims`: food, supplements and cosmetics on sale with the effect of a medicine (FLA 8, COS 13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.measures.illegal_ads.claims.reading import READ, Claim, Judgement, judge
from mapae.measures.illegal_ads.claims.vocabulary import ClaimWords, load_words
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK"]

_REASONS = 5  # places shown of each finding
_POINTS = {"promise": 0.7, "cure": 0.65, "prevent": 0.55, "help": 0.4}


@dataclass(frozen=True)
class _Bound:
    words: ClaimWords
    in_force_from: dict[str, date | None]

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Illnesses and promises of cure; none on a day on which neither article holds."""
        return self.words.terms if any(self.in_force_from.values()) else ()

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """At most one finding a listing."""
        read = np.asarray([name in READ for name in batch.kind.text], bool)
        hits = hits.take(read[hits.field] & (hits.channel == 0))
        rows: npt.NDArray[np.int32] = np.unique(hits.row)
        for row in batch.rows(rows):
            found = judge(row, hits.of_row(row.index), self.words)
            if found is not None and self.in_force_from[found.goods.provision]:
                yield self._finding(row, found)

    def _finding(self, row: Row, found: Judgement) -> Finding:
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="listing",
            subject_id=row.text("listing_id"),
            reference_id="class:drug_claim",
            severity=_severity(found),
            score=_score(found),
            provision=found.goods.provision,
            provision_from=self.in_force_from[found.goods.provision],
            reasons=tuple(_reasons(row, found)),
            operator=row["platform"],
            seller_id=row["seller_id"],
            subject_title=row["title"],
            subject_url=row["url"],
        )


def _severity(found: Judgement) -> Severity:
    """high: a cure of a grave illness, of three, or against medicine; medium: another cure, prevention, several effects."""
    cured = {claim.word for claim in found.claims if claim.level in ("promise", "cure")}
    if cured and (
        found.stops
        or len(cured) > 2
        or any(claim.group == "grave" for claim in found.claims if claim.word in cured)
    ):
        return "high"
    if all(claim.group == "slight" for claim in found.claims):
        return "low"
    firm = cured or any(claim.level == "prevent" and claim.group == "grave" for claim in found.claims)
    return "medium" if firm or len({claim.word for claim in found.claims}) > 1 else "low"


def _score(found: Judgement) -> float:
    best = found.claims[0]
    more = 0.05 * (len({claim.word for claim in found.claims}) - 1)
    return round(
        min(1.0, _POINTS[best.level] + 0.15 * (best.group == "grave") + 0.1 * bool(found.stops) + more), 3
    )


def _reasons(row: Row, found: Judgement) -> Iterator[Reason]:
    """The gravest claims, each place once, then what speaks against medicine."""
    seen: set[tuple[str, int]] = set()
    for claim in (*found.claims[:_REASONS], *([found.stops] if found.stops else [])):
        if (claim.column, claim.start) not in seen:
            seen.add((claim.column, claim.start))
            yield _reason(row, claim)


def _reason(row: Row, claim: Claim) -> Reason:
    cell = row.folded(claim.column)
    low = len(cell.text[: claim.start].encode())
    first, last = cell.original(low, low + len(cell.text[claim.start : claim.end].encode()))
    return Reason(
        claim.column,
        first,
        last,
        row.text(claim.column)[first:last],
        claim.word,
        claim.says,
        _POINTS[claim.level],
    )


def _bind(context: Context) -> _Bound:
    words = load_words(context)
    dated = {goods.provision: context.book.provision(goods.provision, context.as_of) for goods in words.goods}
    return _Bound(words, {key: found.valid_from if found else None for key, found in dated.items()})


CHECK = Check(
    key="illegal_ads.claims",
    measure="illegal_ads",
    kinds=("listing",),
    bind=_bind,
    provisions=("FLA 8", "COS 13"),
)
