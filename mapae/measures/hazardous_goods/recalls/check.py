"""The check `hazardous_goods.recalls`: a listing held against recall notices, and a notice against listings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.detect.recall_entry import HIGH, NORMAL
from mapae.detect.recall_index import Candidates, RecallIndex
from mapae.measures.hazardous_goods.recalls.judge import judge
from mapae.measures.hazardous_goods.recalls.notes import Notes
from mapae.measures.hazardous_goods.recalls.notice import Recall, entry_of, recall_of
from mapae.measures.hazardous_goods.recalls.rivals import Rivals
from mapae.measures.hazardous_goods.recalls.spellings import load_spellings
from mapae.measures.hazardous_goods.recalls.verdict import (
    POSSIBLE,
    THRESHOLD,
    Evidence,
    Verdict,
    scaled,
    told,
)
from mapae.measures.hazardous_goods.recalls.view import View
from mapae.measures.hazardous_goods.recalls.words import Words, load_words
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK"]

_PROVISION = "PSF 10-2"
_CRITICAL = frozenset(
    {
        "entrapment",
        "suffocation",
        "drowning",
        "magnet_ingestion",
        "battery_ingestion",
        "electric_shock",
        "carbon_monoxide",
    }
)
_HIGH = frozenset({"fire", "explosion", "choking", "poisoning", "burn", "crash", "lead", "tip_over"})
_RANKS: tuple[Severity, ...] = ("low", "medium", "high", "critical")
_VAGUE, _LIKELY, _SURE = 0.5, 0.6, 0.7  # scores of what no number proves: low; at most medium; one step less
_JUDGED = 1.7  # candidates of the high-recall mode that are weighed in full
_NOTED = replace(HIGH, least=POSSIBLE)  # what is worth less is neither weighed nor noted
_KNOWN = 1 << 18  # words in Hangul that are remembered
_HEARD = r"^(?:\s*[\[(【<][^\])】>]*[\])】>])*[^가-힣]*(?P<a>[가-힣]+) ?(?P<b>[가-힣]*)"


@dataclass(frozen=True)
class _Bound:
    table: pa.Table
    index: RecallIndex
    words: Words
    spellings: dict[str, tuple[str, ...]]
    rivals: Rivals
    high: bool
    in_force_from: date | None
    as_of: date

    @property
    def terms(self) -> tuple[Term, ...]:
        return ()

    @cached_property
    def _gtins(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for number, codes in enumerate(self.table["gtins"].to_pylist()):
            for code in codes or ():
                found.setdefault(code.lstrip("0"), []).append(number)
        return {code: tuple(numbers) for code, numbers in found.items()}

    @cached_property
    def _codes(self) -> pa.Array:
        return pa.array(sorted(self._gtins), pa.string())

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """One finding a listing and recall; in high-recall mode also possible ones, as notes."""
        if not len(self.table):
            return
        seen = self._by_gtin(batch)
        mode = HIGH if self.high else NORMAL
        mode = _NOTED if self.high else NORMAL
        found = self.index.candidates(batch.text, len(batch.kind.text), mode, self._sounds(batch))
        pairs = found.take(np.flatnonzero(found.score >= _JUDGED)) if self.high else found
        beaten, barren = self.rivals.weigh(batch, pairs.row, pairs.recall)
        for at in np.flatnonzero(~beaten | self.high).tolist():
            seen.setdefault(int(pairs.row[at]), {})[int(pairs.recall[at])] = bool(barren[at])
        notes = dict(self._notes_of(batch, found.take(found.firsts), seen)) if self.high else {}
        for index in sorted({*seen, *notes}):
            if index in seen:
                yield from self._judged(batch.row(index), seen[index])
            else:
                yield notes[index]

    def _notes_of(
        self, batch: Batch, best: Candidates, seen: dict[int, dict[int, bool]]
    ) -> Iterator[tuple[int, Finding]]:
        """Rows without anything to judge, and a note of their best candidate."""
        free = best.take(np.flatnonzero(~np.isin(best.row, np.fromiter(seen, np.int64, len(seen)))))
        return self._noted.of(batch, free.row, free.recall)

    @cached_property
    def _noted(self) -> Notes:
        made = partial(
            Finding,
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="listing",
            severity="info",
            provision=_PROVISION,
            provision_from=self.in_force_from,
        )
        return Notes(self.table, self.index, self.words.nouns.names, made)

    def _judged(self, row: Row, recalls: dict[int, bool]) -> Iterator[Finding]:
        """recalls: numbers, and whether the row is known to bear none of the recall's models."""
        view = View(row, self.words.nouns)
        least = POSSIBLE if self.high else THRESHOLD
        verdicts = [
            (self._recall(n), judge(self._recall(n), view, self.words, self.spellings, least, barren))
            for n, barren in sorted(recalls.items())
        ]
        sure = any(verdict.modelled and verdict.score >= THRESHOLD for _, verdict in verdicts)
        for recall, verdict in verdicts:
            whole = recall.scope.get("all") or (not recall.coded and verdict.named)
            vague = sure and not verdict.proven and verdict.score < 2.8 and not whole
            if verdict.evidence and verdict.score >= least and not vague:
                yield self._finding(view, recall, verdict)

    def _recall(self, number: int) -> Recall:
        if number not in self._held:
            self._held[number] = recall_of(
                self.table.slice(number, 1).to_pylist()[0], self.words.nouns, self.as_of
            )
        return self._held[number]

    @cached_property
    def _held(self) -> dict[int, Recall]:
        return {}

    def _by_gtin(self, batch: Batch) -> dict[int, dict[int, bool]]:
        """Row → recalls with its article number, of whose models nothing is known."""
        bare = pc.utf8_ltrim(pc.fill_null(batch.column("gtin"), ""), "0 ")
        places = np.flatnonzero(np.asarray(pc.is_in(bare, self._codes)))
        return {int(i): dict.fromkeys(self._gtins[bare[int(i)].as_py()], False) for i in places}

    def _sounds(self, batch: Batch) -> dict[int, list[int]]:
        """Names in Hangul that lead a title or fill the brand column, by their consonants as terms of the index."""
        found: dict[int, list[int]] = {}
        for name in ("title", "brand"):
            parts = pc.extract_regex(pc.fill_null(batch.column(name), ""), _HEARD)
            where = np.flatnonzero(np.asarray(pc.is_valid(parts)))
            if not len(where):
                continue
            a, b = (pc.struct_field(parts, [i]).take(pa.array(where)) for i in (0, 1))
            for column in (a, b, self._joined(a, b)):
                self._heard(column.dictionary_encode(), where, found)
        return found

    def _joined(self, a: pa.Array, b: pa.Array) -> pa.Array:
        """Two words as one name, where neither is an ordinary word."""
        known = pa.array(sorted(self.words.ordinary), pa.string())
        plain = pc.or_(pc.is_in(a, known), pc.is_in(b, known))
        return pc.if_else(plain, "", pc.binary_join_element_wise(a, b, ""))

    def _heard(
        self, words: pa.DictionaryArray, where: npt.NDArray[np.int64], found: dict[int, list[int]]
    ) -> None:
        listed = words.dictionary.to_pylist()
        new = [word for word in listed if word not in self._known]
        if len(self._known) + len(new) > _KNOWN:
            self._known.clear()
            new = listed
        spoken = [word if word not in self.words.ordinary else "" for word in new]
        self._known.update(zip(new, self.index.hear(spoken), strict=True))
        terms = [self._known[word] for word in listed]
        codes = np.asarray(words.indices)
        useful = np.asarray([bool(item) for item in terms], bool)
        for at in np.flatnonzero(useful[codes]) if len(terms) else ():
            found.setdefault(int(where[at]), []).extend(terms[codes[at]])

    @cached_property
    def _known(self) -> dict[str, list[int]]:
        """Words in Hangul and the terms they sound like, as far as they were asked for."""
        return {}

    def _finding(self, view: View, recall: Recall, verdict: Verdict) -> Finding:
        row = view.row
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="listing",
            subject_id=row.text("listing_id"),
            reference_id=recall.id,
            severity=_severity(recall, verdict),
            score=scaled(verdict.score),
            provision=_PROVISION,
            provision_from=self.in_force_from,
            reasons=tuple(_reason(view, recall, item) for item in verdict.evidence[:8]),
            operator=row["platform"],
            seller_id=row["seller_id"],
            subject_title=row["title"],
            subject_url=row["url"],
        )


def _severity(recall: Recall, verdict: Verdict) -> Severity:
    """By the hazard; less where no number proves the product and the score is low (scaled)."""
    if verdict.score < THRESHOLD:
        return "info"
    rank = 3 if recall.hazard in _CRITICAL else 2 if recall.hazard in _HIGH else 1
    score = scaled(verdict.score)
    if not verdict.proven and score < _SURE:
        rank = 0 if score < _VAGUE else min(1, rank - 1) if score < _LIKELY else rank - 1
    return _RANKS[rank]


def _reason(view: View, recall: Recall, item: Evidence) -> Reason:
    detail = f"{item.detail}; {told(recall.id, recall.day, recall.title, recall.hazard)}"
    if item.place is None:
        field, _, place = item.field.partition(":")
        text = view.row.text(field)
        start, end = (int(part) for part in place.split(":")) if place else (0, 0)
        seen = text[start:end] if end else text
        return Reason(
            field, start, end, seen, item.matched, detail, round(min(1.0, max(0.05, item.worth)), 3)
        )
    start, end, seen = view.original(item.place)
    return Reason(
        item.place.field, start, end, seen, item.matched, detail, round(min(1.0, max(0.05, item.worth)), 3)
    )


def _bind(context: Context) -> _Bound:
    table = context.lists.table("recalls")
    words = load_words(context.pack)
    spellings = load_spellings(context)
    rows = table.to_pylist()
    entries = [entry_of(row, words.nouns, spellings) for row in rows]
    dated = context.book.provision(_PROVISION, context.as_of)
    high = context.options.get("recall_mode", "normal") == "high"
    return _Bound(
        table,
        RecallIndex.build(entries, words.nouns),
        words,
        spellings,
        Rivals.of(rows, words.nouns),
        high,
        dated.valid_from if dated else None,
        context.as_of,
    )


CHECK = Check(
    key="hazardous_goods.recalls",
    measure="hazardous_goods",
    kinds=("listing",),
    bind=_bind,
    provisions=(_PROVISION, "PSFD 8-2"),
    lists=("recalls",),
)
