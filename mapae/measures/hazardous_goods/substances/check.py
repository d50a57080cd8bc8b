"""The check `hazardous_goods.substances`: listings, adverts and posts that offer a blocked ingredient (IFA 25-3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.contract.run import make_batch
from mapae.detect.lexicon import Term
from mapae.measures.hazardous_goods.substances.goods import Goods, GoodsReader, place, rows_of
from mapae.measures.hazardous_goods.substances.holds import longer_words
from mapae.measures.hazardous_goods.substances.mentions import Mention, lowered
from mapae.measures.hazardous_goods.substances.misspelt import seeds
from mapae.measures.hazardous_goods.substances.reading import Reading
from mapae.measures.hazardous_goods.substances.verdict import Judge, Verdict
from mapae.measures.hazardous_goods.substances.vocabulary import (
    ORDINARY,
    STRONG,
    Vocabulary,
    load_vocabulary,
)
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK"]

PROVISION = "IFA 25-3"


@dataclass(frozen=True)
class _Bound:
    vocabulary: Vocabulary
    denying: dict[str, Any]
    holds: tuple[str, ...]
    as_of: date
    in_force_from: date | None

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Names, then halves of long names; none on a day on which no provision holds."""
        return self.vocabulary.terms + self._seeds if self.in_force_from else ()

    @cached_property
    def _seeds(self) -> tuple[Term, ...]:
        return seeds(self.vocabulary.names, self.vocabulary.words["common_halves"])

    @cached_property
    def _levels(self) -> npt.NDArray[np.int8]:
        levels = [name.level for name in self.vocabulary.names]
        return np.asarray(levels + [0] * len(self._seeds), np.int8)

    @cached_property
    def _goods(self) -> GoodsReader:
        return GoodsReader(self.vocabulary.words, self.holds)

    @cached_property
    def _reading(self) -> Reading:
        return Reading(self.vocabulary, self.denying, self._judge)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.vocabulary)

    @cached_property
    def _seed_at_end(self) -> npt.NDArray[np.bool_]:
        return np.asarray(
            [False] * len(self.vocabulary.names) + [t.boundary == "none" for t in self._seeds], bool
        )

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """One finding an ingredient a record. Rows without a name are never touched in Python."""
        rows, hits = self._candidates(batch, hits)
        if not len(rows):
            return
        part = make_batch(batch.kind.name, batch.records.take(pa.array(rows)))
        words = self._goods.hits(part)
        for at, index in enumerate(rows):
            row = batch.row(int(index))
            around = rows_of(words, at)
            goods = self._goods.read(part, around)
            for verdict in self._verdicts(row, hits.of_row(int(index)), goods):
                yield self._finding(row, verdict, goods)

    def _candidates(self, batch: Batch, hits: Hits) -> tuple[npt.NDArray[np.int64], Hits]:
        """Rows with a name that says something alone, or an everyday word and an amount; and the hits that matter."""
        searched = np.asarray([place(name) != "" or name == "model" for name in batch.kind.text], bool)
        keep = searched[hits.field] if len(hits) else np.zeros(0, bool)
        levels = self._levels[hits.entry] if len(hits) else np.zeros(0, np.int8)
        keep &= ~(self._seed_at_end[hits.entry] & (hits.right == 0)) if len(hits) else keep
        hits, levels = hits.take(keep), levels[keep]
        rows, plain = np.zeros(len(batch), bool), np.zeros(len(batch), bool)
        rows[hits.row[levels != ORDINARY]] = True
        plain[hits.row[levels == ORDINARY]] = True
        maybe = np.flatnonzero(plain & ~rows)
        rows[maybe[self._beside(batch, maybe)]] = True
        return np.flatnonzero(rows), hits

    def _beside(self, batch: Batch, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Which of these rows hold a dose, a dosage form or a verb of eating in title or text."""
        found = np.zeros(len(rows), bool)
        for name in batch.kind.text:
            if len(rows) and place(name) in ("title", "text"):
                cells = batch.column(name).take(pa.array(rows))
                match = pc.match_substring_regex(cells, self.vocabulary.words["ordinary_beside"])
                found |= np.asarray(pc.fill_null(match, False))
        return found

    def _verdicts(self, row: Row, hits: Hits, goods: Goods) -> Iterator[Verdict]:
        texts = {name: lowered(row.text(name)) for name in row.batch.kind.text}
        found: dict[int, list[Mention]] = defaultdict(list)
        for mention in self._reading.mentions(row, hits, goods, texts):
            found[self.vocabulary.names[mention.name].ingredient].append(mention)
        entries = self.vocabulary.ingredients
        today = self.as_of.isoformat()
        open_to = {
            at: items for at, items in found.items() if entries[at].blocked and entries[at].day <= today
        }
        sure = {at for at, items in open_to.items() if any(item.level == STRONG for item in items)}
        brand = texts.get("brand", "")
        verdicts = []
        for at, items in open_to.items():
            if self._limited(entries[at].name, goods):
                continue
            verdict = self._judge.judge(items, bool(sure - {at}), goods, texts, brand)
            if verdict is not None:
                verdicts.append(verdict)
        yield from self._without_parents(verdicts)

    def _without_parents(self, verdicts: list[Verdict]) -> list[Verdict]:
        """Leave out a parent beside its own salt, and an everyday word beside the weightier entry that it belongs to."""
        entries, words = self.vocabulary.ingredients, self.vocabulary.words
        names = {entries[verdict.ingredient].name for verdict in verdicts}
        parents = {parent for child, parent in words["own_salt"].items() if child in names}
        yielding = {word for entry, word in words["yields"].items() if entry in names}
        return [
            verdict
            for verdict in verdicts
            if (name := entries[verdict.ingredient].name) not in parents
            and not (name in yielding and verdict.level == ORDINARY)
        ]

    def _limited(self, name: str, goods: Goods) -> bool:
        """Whether the list limits this entry to goods that these are not."""
        limit = self.vocabulary.words["limits"].get(name)
        if not limit:
            return False
        return bool(limit.get("needs") and not goods.says(f"needs {name}")) or goods.says(f"unless {name}")

    def _finding(self, row: Row, verdict: Verdict, goods: Goods) -> Finding:
        entry = self.vocabulary.ingredients[verdict.ingredient]
        severity: Severity = "high" if verdict.level == STRONG else "medium"
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind=row.batch.kind.name,
            subject_id=row.text(row.batch.kind.key),
            reference_id=entry.id,
            severity=severity,
            score=round(verdict.score, 3),
            provision=PROVISION,
            provision_from=self.in_force_from,
            reasons=tuple(self._reasons(row, verdict, goods)),
            operator=row["platform"],
            seller_id=_cell(row, "seller_id", "advertiser_id", "account_id"),
            subject_title=_cell(row, "title", "headline"),
            subject_url=_cell(row, "url", "landing_url"),
        )

    def _reasons(self, row: Row, verdict: Verdict, goods: Goods) -> Iterator[Reason]:
        entry = self.vocabulary.ingredients[verdict.ingredient]
        for item in verdict.mentions[:6]:
            name = self.vocabulary.names[item.name]
            said = f"names {entry.name}, blocked at entry since {entry.day}"
            if item.hidden:
                said += "; written so that filters miss it"
            elif item.how:
                said += f"; {item.how} of {name.text}"
            yield Reason(
                item.field, item.start, item.end, item.seen, entry.name, said, round(verdict.score, 3)
            )
        for word in goods.words.get("eaten", ())[:1]:
            span = row.span(word.field, 0, word.start, word.end)
            field = row.batch.kind.text[word.field]
            yield Reason(
                field, span.start, span.end, span.seen, "goods for swallowing", "the goods are taken in", 0.3
            )


def _cell(row: Row, *names: str) -> Any:
    columns = row.batch.records.schema.names
    return next((row[name] for name in names if name in columns), None)


def _bind(context: Context) -> _Bound:
    dated = context.book.provision(PROVISION, context.as_of)
    vocabulary = load_vocabulary(context)
    denying = context.pack.data("lexicons/denials.yaml")
    holds = longer_words(context, vocabulary)
    return _Bound(vocabulary, denying, holds, context.as_of, dated.valid_from if dated else None)


CHECK = Check(
    key="hazardous_goods.substances",
    measure="hazardous_goods",
    kinds=("listing", "advert", "post"),
    bind=_bind,
    provisions=(PROVISION, "IFR 44-3"),
    lists=("ingredients", "materials"),
)
