"""The check `consignments.never_listed`: goods on a clearance list that are never cleared by one, whatever they cost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np

from mapae.contract import Batch, Check, Context, Hits
from mapae.detect.brands import covering
from mapae.detect.lexicon import Term
from mapae.measures.consignments.parcels import Parcels, any_of, load_parcels
from mapae.measures.consignments.parcels_limits import said_of_clearance
from mapae.model.finding import Finding, Reason

__all__ = ["CHECK"]

_OTHER = "other_goods"
# an amount of contents: 200 g, 60 tablets, 90정
_AMOUNT = re.compile(
    r"\d\s*(?:g|kg|mg|mcg|iu|tablets?|capsules?|caps|softgels?|gummies|pills|ct|count)\b|\d\s*(?:정|캡슐|알|포|환|粒|片|克|丸)"
)


class _Group(NamedTuple):
    """A kind of goods: its key, its name in English, tariff numbers by their first digits, words."""

    key: str
    name: str
    hs: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class _Bound:
    parcels: Parcels
    groups: tuple[_Group, ...]
    other_goods: tuple[str, ...]
    vessels: re.Pattern[str]
    in_force_from: date | None

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Words of goods, with their group as tag, then phrases that take a word's meaning away."""
        named = [Term(word, tag=group.key) for group in self.groups for word in group.words]
        return (*named, *(Term(word, tag=_OTHER) for word in self.other_goods))

    @cached_property
    def _by_key(self) -> dict[str, _Group]:
        return {group.key: group for group in self.groups}

    @cached_property
    def _headings(self) -> tuple[tuple[str, str], ...]:
        """(first digits, group), the longest first."""
        found = [(digits, group.key) for group in self.groups for digits in group.hs]
        return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair)))

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """One finding a line: the tariff number's group before that of the words."""
        lines = self.parcels.read(batch.records)
        on_list = (lines["cleared"] < 2).to_numpy()
        spoken = np.zeros(len(batch), bool)
        spoken[hits.row] = True
        heads = lines["hs"].str.contains(f"^(?:{'|'.join(digits for digits, _ in self._headings)})")
        for index in np.flatnonzero(on_list & (spoken | heads.to_numpy())).tolist():
            line = lines.row(index, named=True)
            reasons = [
                *self._by_number(line["hs"], batch.row(index).text("hs6_code")),
                *self._by_words(batch, hits.of_row(index), index),
            ]
            if reasons:
                clearance = said_of_clearance(batch.row(index).text("process_type"), line["cleared"])
                yield self._finding(batch, index, [*reasons[:4], clearance], line["cleared"])

    def _by_number(self, hs: str, cell: str) -> list[Reason]:
        key = next((key for digits, key in self._headings if hs.startswith(digits)), "")
        if not key:
            return []
        group = self._by_key[key]
        return [Reason("hs6_code", 0, len(cell), cell, key, f"the tariff number is of {group.name}", 0.8)]

    def _by_words(self, batch: Batch, hits: Hits, index: int) -> list[Reason]:
        """Words of the description that no longer phrase takes the meaning away from."""
        row, described = batch.row(index), batch.kind.text.index("description")
        text = row.folded("description").text
        if self.vessels.search(text) and not _AMOUNT.search(text):
            return []
        found: list[Reason] = []
        for i in np.flatnonzero(hits.field == described).tolist():
            term = self.terms[hits.entry[i]]
            if term.tag == _OTHER or any(self.terms[hits.entry[j]].tag == _OTHER for j in covering(hits, i)):
                continue
            span = row.span(described, int(hits.channel[i]), int(hits.start[i]), int(hits.end[i]))
            name = self._by_key[term.tag].name
            found.append(
                Reason(
                    "description", span.start, span.end, span.seen, term.tag, f"the words name {name}", 0.7
                )
            )
        found.sort(key=lambda one: (one.start - one.end, one.start))
        return [one for at, one in enumerate(found) if not any(_inside(one, other) for other in found[:at])]

    def _finding(self, batch: Batch, index: int, reasons: list[Reason], cleared: int) -> Finding:
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind="consignment",
            subject_id=batch.row(index).text("consignment_id"),
            reference_id=f"goods:{reasons[0].matched}",
            severity="medium" if cleared == 0 else "low",
            score=0.8 if cleared == 0 else 0.6,
            provision="CUS 254-2",
            provision_from=self.in_force_from,
            reasons=tuple(reasons),
        )


def _inside(one: Reason, other: Reason) -> bool:
    """Whether a word is only a part of a longer one."""
    return other.start <= one.start and one.end <= other.end


def _bind(context: Context) -> _Bound:
    table = context.pack.data("parcels/goods.yaml")
    groups = tuple(
        _Group(key, str(row["title"]["en"]), tuple(map(str, row["hs"])), tuple(map(str, row["words"])))
        for key, row in table["groups"].items()
    )
    dated = context.book.provision("CUS 254-2", context.as_of)
    others = tuple(map(str, table[_OTHER]))
    vessels = any_of(table["vessels"])
    return _Bound(load_parcels(context), groups, others, vessels, dated.valid_from if dated else None)


CHECK = Check(
    key="consignments.never_listed",
    measure="consignments",
    kinds=("consignment",),
    bind=_bind,
    provisions=("CUS 254-2",),
)
