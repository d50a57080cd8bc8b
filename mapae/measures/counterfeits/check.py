"""The check `counterfeits.text`: signs of a fake in a listing's words and price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.measures.counterfeits.score import THRESHOLD, Verdict, weigh
from mapae.measures.counterfeits.vocabulary import Vocabulary, load_vocabulary
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK"]

_HIGH = 1.6
_SAID = {
    "plain": "the brand's name",
    "line": "a product line of the brand",
    "slang": "a dealers' word for the brand",
    "initials": "the brand's initials",
    "grade": "a grade of copies; no genuine article has one",
    "copying": "says that marks, codes or boxes are the maker's, or that it is not genuine",
    "lure": "hides the goods or takes the deal out of the shop",
    "sham_brand": "the brand column hides the maker",
}


@dataclass(frozen=True)
class _Bound:
    vocabulary: Vocabulary
    per_usd: dict[str, float]
    in_force_from: date | None

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.vocabulary.terms

    @cached_property
    def _kinds(self) -> npt.NDArray[np.int8]:
        """0 brand, 1 brand in hidden form or slang, 2 signal of grade or copying, 3 anything else."""
        codes = []
        for meaning in self.vocabulary.meanings:
            if meaning.kind == "brand":
                codes.append(1 if meaning.weight > 0 else 0)
            else:
                codes.append(2 if meaning.name in ("grade", "copying") else 3)
        return np.asarray(codes, np.int8)

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """Findings of listings that name a brand and show signs of a fake."""
        for row in batch.rows(self._candidates(batch, hits)):
            mine = hits.of_row(row.index)
            verdict = weigh(row, mine, self.vocabulary, self.per_usd)
            if verdict is not None and verdict.score >= THRESHOLD:
                yield self._finding(row, mine, verdict)

    def _candidates(self, batch: Batch, hits: Hits) -> npt.NDArray[np.int64]:
        """Rows with a brand and a sign: a hidden form, a word of copies, or a price to compare."""
        kinds = self._kinds[hits.entry] if len(hits) else np.zeros(0, np.int8)
        rows = len(batch)
        brand, hidden, signal = (np.zeros(rows, bool) for _ in range(3))
        is_brand = kinds <= 1
        brand[hits.row[is_brand]] = True
        hidden[hits.row[is_brand & ((kinds == 1) | (hits.channel == 1) | (hits.changed > 0))]] = True
        signal[hits.row[kinds == 2]] = True
        priced = np.asarray(pc.is_valid(batch.column("price")))
        return np.flatnonzero(brand & (hidden | signal | (priced & self._dear(batch, hits, kinds))))

    def _dear(self, batch: Batch, hits: Hits, kinds: npt.NDArray[np.int8]) -> npt.NDArray[np.bool_]:
        """Rows with a brand of known prices in title or brand column, or with a genuine price far above the price."""
        rows = np.zeros(len(batch), bool)
        brands = self.vocabulary.brands
        low = np.asarray(
            [
                bool(m.kind == "brand" and m.name in brands and brands[m.name].low)
                for m in self.vocabulary.meanings
            ]
        )
        if len(hits):
            rows[hits.row[(kinds <= 1) & low[hits.entry] & ((hits.field == 0) | (hits.field == 2))]] = True
        far = pc.less(batch.column("price"), pc.multiply(batch.column("genuine_price"), 0.4))
        rows |= np.asarray(pc.fill_null(far, False))
        return rows

    def _finding(self, row: Row, hits: Hits, verdict: Verdict) -> Finding:
        severity: Severity = "high" if verdict.score >= _HIGH else "medium"
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="listing",
            subject_id=row.text("listing_id"),
            reference_id=f"brand:{verdict.brand}",
            severity=severity,
            score=round(min(1.0, 0.3 + verdict.score / 4 + 0.2), 3),
            provision="TM 108",
            provision_from=self.in_force_from,
            reasons=tuple(_reasons(row, hits, verdict)),
            operator=row["platform"],
            seller_id=row["seller_id"],
            subject_title=row["title"],
            subject_url=row["url"],
        )


def _reasons(row: Row, hits: Hits, verdict: Verdict) -> Iterator[Reason]:
    for item in sorted(verdict.evidence, key=lambda item: -item.weight)[:8]:
        i = item.hit
        span = row.span(int(hits.field[i]), int(hits.channel[i]), int(hits.start[i]), int(hits.end[i]))
        said = _SAID.get(item.meaning.how, f"a hidden form of the brand's name: {item.meaning.how}")
        if item.meaning.how in ("plain", "line") and item.weight > 0:
            said += ", written so that filters miss it"
        field = row.batch.kind.text[hits.field[i]]
        matched = verdict.brand if item.meaning.kind == "brand" else item.meaning.name
        yield Reason(
            field, span.start, span.end, span.seen, matched, said, round(min(1.0, max(0.1, item.weight)), 3)
        )
    if verdict.price.weight > 0:
        seen = str(row["price"])
        yield Reason("price", 0, 0, seen, verdict.brand, verdict.price.why, verdict.price.weight)


def _bind(context: Context) -> _Bound:
    dated = context.book.provision("TM 108", context.as_of)
    rates = {str(k): float(v) for k, v in context.pack.data("rates.yaml")["per_usd"].items()}
    return _Bound(load_vocabulary(context), rates, dated.valid_from if dated else None)


CHECK = Check(
    key="counterfeits.text",
    measure="counterfeits",
    kinds=("listing",),
    bind=_bind,
    provisions=("TM 2", "TM 108", "CUS 235"),
    lists=("brands",),
)
