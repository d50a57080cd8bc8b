"""The checks of the measure: the class of goods, and the gate before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Lexicon, Term
from mapae.measures.age_restricted.gate import Gate, GateReader
from mapae.measures.age_restricted.goods import PAGE, ClassVerdict, GoodsReader
from mapae.measures.age_restricted.pages import page_reason, with_pages
from mapae.measures.age_restricted.vocabulary import load_vocabulary
from mapae.model.finding import Finding, Reason, Severity
from mapae.model.records import KINDS

__all__ = ["CHECK"]

_DETAIL = {
    "adult_goods": "goods of the kinds listed as harmful to youth",
    "alcohol": "alcoholic drinks",
    "tobacco_vape": "tobacco, vaping devices and what goes with them",
    "knife_weapon": "knives and weapons",
    "gambling": "betting and games for money",
}


@dataclass(frozen=True)
class _Bound:
    goods: GoodsReader
    gates: GateReader
    as_of: date
    in_force_from: date | None
    pages: Lexicon

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.goods.vocabulary.terms

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """One finding a listing of a barred class: its gate decides the severity (closed: a note)."""
        hits = self.goods.plain(with_pages(batch, hits, self.pages))
        for row in batch.rows(self.goods.candidates(batch, hits)):
            mine = hits.of_row(row.index)
            verdict = self.goods.judge(row, mine)
            if verdict is not None:
                yield self._finding(row, mine, verdict)

    def _gate(self, row: Row) -> Gate:
        if html := row.text("page_html"):
            return self.gates.page(html, row.text("title"), self.as_of)
        if note := row.text("age_gate"):
            return self.gates.note(note, self.as_of)
        return Gate(None, "no page and no note of its gate: to be looked at")

    def _finding(self, row: Row, hits: Hits, verdict: ClassVerdict) -> Finding:
        gate = self._gate(row)
        reasons = [*_word_reasons(row, hits, verdict), _gate_reason(row, gate)]
        severity: Severity = {True: "high", None: "low", False: "info"}[gate.open]  # type: ignore[assignment]
        sure = min(1.0, 0.5 + verdict.score / 4)
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="listing",
            subject_id=row.text("listing_id"),
            reference_id=f"class:{verdict.name}",
            severity=severity,
            score=round(sure * gate.score, 3),
            provision=self.goods.vocabulary.provisions[verdict.name],
            provision_from=self.in_force_from,
            reasons=tuple(reasons),
            operator=row["platform"],
            seller_id=row["seller_id"],
            subject_title=row["title"],
            subject_url=row["url"],
        )


def _word_reasons(row: Row, hits: Hits, verdict: ClassVerdict) -> list[Reason]:
    found = []
    for i in verdict.evidence[:4]:
        detail = f"the words say {_DETAIL[verdict.name]}"
        if hits.field[i] >= len(row.batch.kind.text):
            found.append(page_reason(row, hits, i, verdict.name, detail))
            continue
        span = row.span(int(hits.field[i]), int(hits.channel[i]), int(hits.start[i]), int(hits.end[i]))
        field = row.batch.kind.text[hits.field[i]]
        found.append(
            Reason(field, span.start, span.end, span.seen, verdict.name, detail, min(1.0, verdict.score))
        )
    return found


def _gate_reason(row: Row, gate: Gate) -> Reason:
    field = "page_html" if row["page_html"] else "age_gate"
    text = row.text(field)
    low = text.casefold()
    at = (low if len(low) == len(text) else text).find(gate.seen.casefold()) if gate.seen else -1
    if at >= 0:
        end = at + len(gate.seen)
        return Reason(field, at, end, text[at:end], "age and identity check", gate.reason, gate.score)
    return Reason(field, 0, 0, "", "age and identity check", gate.reason, gate.score)


def _bind(context: Context) -> _Bound:
    vocabulary = load_vocabulary(context.pack)
    words = context.pack.data("lexicons/age_gate.yaml")
    strong = zip(vocabulary.terms, vocabulary.strengths, strict=True)
    goods_words = frozenset(term.text for term, strength in strong if strength == 0 and len(term.text) >= 2)
    dated = context.book.provision("YPA 28", context.as_of)
    return _Bound(
        GoodsReader(vocabulary, (*KINDS["listing"].text, PAGE)),
        GateReader(words, goods_words, 366),
        context.as_of,
        dated.valid_from if dated else None,
        Lexicon.build([vocabulary.terms]),
    )


CHECK = Check(
    key="age_restricted.gate",
    measure="age_restricted",
    kinds=("listing",),
    bind=_bind,
    provisions=("YPA 16", "YPA 28", "YPD 17"),
)
