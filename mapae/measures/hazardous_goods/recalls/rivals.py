"""Candidates that cannot become findings, found in columns: the row shows a model code, and none of the notice's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from mapae.contract import Batch
from mapae.detect.kernels.recall_rivals import bears, shows_code
from mapae.detect.recall_codes import fold_code
from mapae.detect.recall_terms import Nouns
from mapae.measures.hazardous_goods.recalls.notice import brands_of, is_numbered, models_of

__all__ = ["Rivals"]

_TITLE, _TEXT, _MODEL = 0, 1, 3  # fields of a listing's text in which models stand
_WEIGHED = (
    "codes",
    "prefixes",
    "ranges",
    "made",
    "months",
    "years",
    "printed",
)  # what may outweigh another's code

_SPOKEN = re.compile(r"[A-Z]{3,}\d{1,2}|.*\+.*")


@dataclass(frozen=True)
class Rivals:
    """Model codes of recalls, ready to be looked for in many rows at once.

    code_at: first code of each recall, and the end; starts: first byte of each code, and the end; codes: folded bytes;
    spoken: recalls with a model that may be said in Hangul; beatable: those that a listing with another's code, and none
    of theirs, is never a finding of.
    """

    code_at: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    codes: npt.NDArray[np.uint8]
    spoken: npt.NDArray[np.bool_]
    beatable: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, rows: Iterable[dict[str, Any]], nouns: Nouns) -> Rivals:
        """From the rows of the list `recalls`."""
        each, beatable = [], []
        for row in rows:
            models = models_of(row, brands_of(row, nouns))
            plus = [code.replace("+", "PLUS") for code in models if "+" in code]
            each.append(list(dict.fromkeys(map(fold_code, (*models, *plus)))))
            beatable.append(_beatable(row, models))
        flat = [code.lower().encode() for codes in each for code in codes]
        spoken = [any(map(_SPOKEN.fullmatch, codes)) for codes in each]
        held = np.frombuffer(b"".join(flat), np.uint8)
        return cls(
            _ends(map(len, each)),
            _ends(map(len, flat)),
            held,
            np.asarray(spoken, bool),
            np.asarray(beatable, bool),
        )

    def weigh(
        self, batch: Batch, rows: npt.NDArray[np.int64], recalls: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """(which pairs of row and recall cannot become a finding, in which the row bears no model of the recall).

        rows: ascending.
        """
        channel, fields = batch.text.channels[0], np.asarray((_TITLE, _MODEL, _TEXT))
        barren = ~self.spoken[recalls] & ~bears(
            channel.data, channel.offsets, len(batch.kind.text), fields, rows, recalls, self.code_at, self.starts, self.codes
        )  # fmt: skip
        each, place = np.unique(rows, return_inverse=True)
        shown = np.zeros(len(each), np.bool_)
        for name in ("title", "model"):
            shown |= shows_code(*_cells(batch.column(name), each))
        return barren & shown[place] & self.beatable[recalls], barren


def _beatable(row: dict[str, Any], codes: list[str]) -> bool:
    """A notice that asks for a model and has nothing that outweighs another's.

    By the weights of `judge`: brand 1 + goods 1 + words 1 + colour and size 0.2 - another model 1.5 is less than a match.
    """
    scope = json.loads(row["scope"] or "{}") if codes else {}
    if not row["brands"] or scope.get("all") or any(scope.get(key) for key in _WEIGHED):
        return False
    return any(map(is_numbered, codes))


def _ends(sizes: Iterable[int]) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(list(sizes), dtype=np.int64)]).astype(np.int64)


def _cells(column: pa.Array, rows: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[Any]]:
    """UTF-8 and offsets of these cells."""
    cells = pc.fill_null(column.take(pa.array(rows)), "").cast(pa.large_string())
    _, offsets, data = cells.buffers()
    return np.frombuffer(data or b"", np.uint8), np.frombuffer(offsets, np.int64)[: len(cells) + 1]
