"""The check of terms of service: unfair clauses by type, with the sentence, the provision, and a trained model's view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.measures.privacy.segments import Segment
from mapae.measures.privacy.terms_model import TermsModel, load_model
from mapae.measures.privacy.terms_rules import ClauseRules, clauses, sentences
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK"]

_PROVISIONS = ("CON 19", "ECA 35", "ECA 36", "PIPA 16", "PIPA 22")
_KINDS = frozenset({"terms", "seller_terms", "ad_policy"})
_QUOTE = 400  # characters of a sentence that are shown


@dataclass(frozen=True)
class _Bound:
    table: Mapping[str, Any]
    rules: tuple[ClauseRules, ...]
    model: TermsModel | None
    dated: Mapping[str, date | None]

    @property
    def terms(self) -> tuple[Term, ...]:
        return ()

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """One finding a clause and type, in text order."""
        for index in range(len(batch)):
            row = batch.row(index)
            if row.text("doc_kind") in _KINDS:
                yield from self._findings(row)

    def _findings(self, row: Row) -> Iterator[Finding]:
        text = row.text("text")
        cut = sentences(text)
        ruled: set[tuple[str, int]] = set()
        for clause in clauses(text, self.rules, cut):
            what = self.table["clauses"][clause.kind]
            ruled.add((what["tag"], clause.segment.start))
            words = text[clause.start : clause.end][:_QUOTE]
            tell = Reason(
                "text", clause.start, clause.start + len(words), words, clause.kind, "the words that tell it"
            )
            yield self._finding(
                row, clause.kind, clause.segment, (self._quote(text, clause.kind, clause.segment), tell), 1.0
            )
        yield from self._learned(row, cut, ruled)

    def _learned(self, row: Row, cut: Sequence[Segment], ruled: set[tuple[str, int]]) -> Iterator[Finding]:
        """Clauses that the user's model sees and the rules do not."""
        if self.model is None:
            return
        kinds = {item["tag"]: kind for kind, item in self.table["clauses"].items() if item["tag"]}
        for item, tag, score in self.model.find(cut, row.text("text"), self.rules):
            if tag in kinds and (tag, item.start) not in ruled:
                end = min(item.end, item.start + _QUOTE)
                seen = row.text("text")[item.start : end]
                said = "a trained model takes it for such a clause"
                reason = Reason("text", item.start, end, seen, kinds[tag], said, score)
                yield self._finding(row, kinds[tag], item, (reason,), score)

    def _quote(self, text: str, kind: str, item: Segment) -> Reason:
        end = min(item.end, item.start + _QUOTE)
        what = self.table["clauses"][kind]
        said = f"clause: {what['name']['en']}"
        if what.get("corrected"):
            said += f"; of a type corrected in the case {self.table['case']['reference']}"
        return Reason("text", item.start, end, text[item.start : end], kind, said)

    def _finding(
        self, row: Row, kind: str, item: Segment, reasons: tuple[Reason, ...], score: float
    ) -> Finding:
        what = self.table["clauses"][kind]
        severity: Severity = what["severity"] if score >= 1.0 else "low"
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="policy",
            subject_id=row.text("document_id"),
            reference_id=f"clause:{kind}",
            severity=severity,
            score=score,
            provision=what["provision"],
            provision_from=self.dated[what["provision"]],
            reasons=reasons,
            operator=row["operator"],
            subject_url=row["url"],
        )


def _bind(context: Context) -> _Bound:
    """The option `model` is the folder of a model of `mapae train terms`."""
    table = context.pack.data("privacy/terms.yaml")
    folder = context.options.get("model")
    dated = {key: context.book.provision(key, context.as_of) for key in _PROVISIONS}
    return _Bound(
        table,
        tuple(ClauseRules.of(kind, row) for kind, row in table["clauses"].items()),
        load_model(Path(folder)) if folder else None,
        {key: found.valid_from if found else None for key, found in dated.items()},
    )


CHECK = Check(key="privacy.terms", measure="privacy", kinds=("policy",), bind=_bind, provisions=_PROVISIONS)
