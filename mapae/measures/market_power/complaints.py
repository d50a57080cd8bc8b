"""The check `market_power.complaints`: merchants' complaints about a platform, kept as evidence with their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow.compute as pc

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.model.finding import Finding, Reason

__all__ = ["CHECK", "MERCHANTS_DOOR"]


@dataclass(frozen=True)
class _Conduct:
    """A conduct: its key, the words that tell it, the article and its first day, what to call it."""

    key: str
    pattern: re.Pattern[str]
    provision: str
    valid_from: date | None
    title: str


@dataclass(frozen=True)
class _Bound:
    merchant: str
    conducts: tuple[_Conduct, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """None: who speaks as a merchant is looked for in the column at once."""
        return ()

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """A finding for each conduct of which a merchant complains; who came by the merchants' door need not say it."""
        told = pc.match_substring_regex(batch.column("text"), self.merchant, ignore_case=True)
        door = pc.equal(batch.column("channel"), MERCHANTS_DOOR)
        speaks = pc.or_(pc.fill_null(told, False), pc.fill_null(door, False))
        rows = np.flatnonzero(speaks.to_numpy(zero_copy_only=False))
        speaker = re.compile(self.merchant, re.IGNORECASE)
        for row in batch.rows(rows):
            yield from self._findings(row, speaker)

    def _findings(self, row: Row, speaker: re.Pattern[str]) -> Iterator[Finding]:
        text = row.text("text")
        who = speaker.search(text)
        speaks = _reason(who, "merchant", _WHO, 0.3) if who else _DOOR
        for conduct in self.conducts:
            if match := conduct.pattern.search(text):
                yield _finding(row, conduct, (_reason(match, "conduct", conduct.title, 0.6), speaks))


MERCHANTS_DOOR = "merchant"  # the channel of reports that came by the form for merchants
_WHO = "speaks as a merchant"
_DOOR = Reason("channel", 0, 0, MERCHANTS_DOOR, "merchant", "reported by the form for merchants", 0.3)


def _reason(match: re.Match[str], matched: str, detail: str, score: float) -> Reason:
    return Reason("text", match.start(), match.end(), match[0], matched, detail, score)


def _finding(row: Row, conduct: _Conduct, reasons: tuple[Reason, ...]) -> Finding:
    return Finding(
        check=CHECK.key,
        measure=CHECK.measure,
        subject_kind="complaint",
        subject_id=row.text("complaint_id"),
        reference_id=f"conduct:{conduct.key}",
        severity="low",
        score=0.5,
        provision=conduct.provision,
        provision_from=conduct.valid_from,
        reasons=reasons,
    )


def _bind(context: Context) -> _Bound:
    data: Mapping[str, Mapping[str, Mapping[str, str]]] = context.pack.data("markets/complaints.yaml")
    conducts = []
    for key, entry in data["conduct"].items():
        dated = context.book.provision(entry["provision"], context.as_of)
        first = dated.valid_from if dated else None
        pattern = re.compile(entry["pattern"], re.IGNORECASE)
        conducts.append(
            _Conduct(key, pattern, entry["provision"], first, f"a merchant complains of: {entry['en']}")
        )
    return _Bound(str(data["merchant"]), tuple(conducts))


CHECK = Check(
    key="market_power.complaints",
    measure="market_power",
    kinds=("complaint",),
    bind=_bind,
    provisions=("MRF 5", "MRF 45", "LRD 8", "LRD 10", "LRD 11"),
)
