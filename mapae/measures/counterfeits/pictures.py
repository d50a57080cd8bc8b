"""The check `counterfeits.pictures`: a record's picture held against known fakes and right holders' own photos."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np

from mapae.contract import Batch, Check, Context, Hits, Row
from mapae.detect.lexicon import Term
from mapae.detect.pictures import BANKS, PictureIndex, Words, blank, hex_of, turned, words_of
from mapae.model.finding import Finding, Reason, Severity

__all__ = ["CHECK", "OPTION"]

OPTION = "pictures"  # of the context: folders of indexes, joined as paths are
_TURNS = ("as it is", "mirrored")  # forms that are looked for in bulk; `mapae images match` looks for all
_FAKES, _OWN, _NEGATIVE = (BANKS.index(name) for name in ("fakes", "own", "negative"))
_SEVERITY: dict[int, Severity] = {_FAKES: "high", _OWN: "medium"}
_SAID = {_FAKES: "the picture of a known fake", _OWN: "the right holder's own photo"}
# score at 0 bits apart, and what a bit takes away
_SCORE = {_FAKES: (0.95, 0.01), _OWN: (0.6, 0.005)}


class _Met(NamedTuple):
    """The nearest known picture of a record: which index, row, bank, bits apart, and how it was turned."""

    source: int
    picture: int
    bank: int
    apart: int
    turn: str


@dataclass(frozen=True)
class _Bound:
    indexes: tuple[PictureIndex, ...]
    in_force_from: date | None

    @property
    def terms(self) -> tuple[Term, ...]:
        return ()

    def run(self, batch: Batch, hits: Hits) -> Iterator[Finding]:
        """Findings of records whose picture is within 31 bits of a known one and near none of a negative bank."""
        if not self.indexes:
            return
        rows, words = words_of(batch.column("image_hash"))
        telling = ~blank(words)
        rows, words = rows[telling], words[telling]
        if not len(rows):
            return
        for at, met in sorted(self._nearest(words).items()):
            row = batch.row(int(rows[at]))
            yield self._finding(row, met, hex_of(words[at : at + 1])[0])

    def _nearest(self, words: Words) -> dict[int, _Met]:
        """The nearest picture of each record, known fakes first; none where a negative one is near."""
        best: dict[int, _Met] = {}
        silenced: set[int] = set()
        forms = np.concatenate([words, *(turned(words, turn) for turn in _TURNS[1:])])
        for number, index in enumerate(self.indexes):
            found = index.search(
                forms
            )  # all forms at once: the more queries, the less memory is read for each
            banks = index.banks[found.picture]
            columns = (*found, banks)
            for query, picture, apart, bank in zip(*(column.tolist() for column in columns), strict=True):
                turn, at = divmod(query, len(words))
                if bank == _NEGATIVE:
                    silenced.add(at)
                    continue
                met = _Met(number, picture, bank, apart, _TURNS[turn])
                if at not in best or _before(met, best[at]):
                    best[at] = met
        return {at: met for at, met in best.items() if at not in silenced}

    def _finding(self, row: Row, met: _Met, hash_: str) -> Finding:
        index = self.indexes[met.source]
        known = index.pictures.slice(met.picture, 1).to_pylist()[0]
        brand = f" of {known['brand']}" if known["brand"] else ""
        shown = "" if met.turn == "as it is" else f", {met.turn}"
        detail = f"pictures {met.apart} of 256 bits apart{shown}; {_SAID[met.bank]}{brand}"
        top, step = _SCORE[met.bank]
        cell = row.text("image_hash")
        reason = Reason(
            "image_hash",
            0,
            len(cell),
            cell,
            str(known["picture_id"]),
            detail,
            round(top - step * met.apart, 3),
        )
        return Finding(
            check=CHECK.key,
            measure=CHECK.measure,
            subject_kind=row.batch.kind.name,
            subject_id=row.text(row.batch.kind.key),
            reference_id=f"picture:{known['picture_id']}",
            severity=_SEVERITY[met.bank],
            score=reason.score,
            provision="TM 108",
            provision_from=self.in_force_from,
            reasons=(reason,),
        )


def _before(one: _Met, two: _Met) -> bool:
    """Known fakes before own photos, the nearer before the farther, the first index and row where all else is equal."""
    return (one.bank, one.apart, one.source, one.picture) < (two.bank, two.apart, two.source, two.picture)


def _bind(context: Context) -> _Bound:
    named = [path for path in context.options.get(OPTION, "").split(os.pathsep) if path]
    dated = context.book.provision("TM 108", context.as_of)
    return _Bound(tuple(PictureIndex.open(Path(path)) for path in named), dated.valid_from if dated else None)


CHECK = Check(
    key="counterfeits.pictures",
    measure="counterfeits",
    kinds=("listing", "advert", "post"),
    bind=_bind,
    provisions=("TM 2", "TM 108", "CUS 235"),
)
