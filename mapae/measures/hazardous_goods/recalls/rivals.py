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
from mapae.measures.hazardous_goods.recalls.notice import brands_of, models_of

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


@dataclass(frozen=True)
class Rivals:
    """Codes of the recalls that a listing with another's code, and none of theirs, is never a finding of.

    code_at: first code of each recall, and the end (no codes: nothing can be said); starts: first byte of each code, and
    the end; codes: folded bytes.
    """

    code_at: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    codes: npt.NDArray[np.uint8]

    @classmethod
    def of(cls, rows: Iterable[dict[str, Any]], nouns: Nouns) -> Rivals:
        """From the rows of the list `recalls`."""
        each = [_codes(row, nouns) for row in rows]
        flat = [code.encode() for codes in each for code in codes]
        return cls(_ends(map(len, each)), _ends(map(len, flat)), np.frombuffer(b"".join(flat), np.uint8))

    def beaten(
        self, batch: Batch, rows: npt.NDArray[np.int64], recalls: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.bool_]:
        """Which pairs of row and recall cannot become a finding. rows: ascending."""
        each, place = np.unique(rows, return_inverse=True)
        shown = np.zeros(len(each), np.bool_)
        for name in ("title", "model"):
            shown |= shows_code(*_cells(batch.column(name), each))
        found = shown[place] & (self.code_at[recalls + 1] > self.code_at[recalls])
        at = np.flatnonzero(found)
        channel, fields = batch.text.channels[0], np.asarray((_TITLE, _MODEL, _TEXT))
        found[at] = ~bears(
            channel.data, channel.offsets, len(batch.kind.text), fields, rows[at], recalls[at],
            self.code_at, self.starts, self.codes,
        )  # fmt: skip
        return found


def _codes(row: dict[str, Any], nouns: Nouns) -> list[str]:
    """Models of a notice that asks for one and has nothing that outweighs another's (judge: brand 1 + goods 1 + words 1

    + colour and size 0.2 − another model 1.5 is less than a match); empty for other notices.
    """
    if not row["models"]:
        return []
    scope = json.loads(row["scope"] or "{}")
    if scope.get("all") or not row["brands"] or any(scope.get(key) for key in _WEIGHED):
        return []
    models = [fold_code(code) for code in models_of(row, brands_of(row, nouns))]
    coded = any(any(char.isdigit() for char in model) for model in models)
    spoken = any(re.fullmatch(r"[A-Z]{3,}\d{1,2}", model) for model in models)  # may be said in Hangul
    return [model.lower() for model in dict.fromkeys(models)] if coded and not spoken else []


def _ends(sizes: Iterable[int]) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(list(sizes), dtype=np.int64)]).astype(np.int64)


def _cells(column: pa.Array, rows: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[Any]]:
    """UTF-8 and offsets of these cells."""
    cells = pc.fill_null(column.take(pa.array(rows)), "").cast(pa.large_string())
    _, offsets, data = cells.buffers()
    return np.frombuffer(data or b"", np.uint8), np.frombuffer(offsets, np.int64)[: len(cells) + 1]
