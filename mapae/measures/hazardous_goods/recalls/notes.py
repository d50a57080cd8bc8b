"""Notes of the high-recall mode: possible products, shown by the words that brought them up, made in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from mapae.contract import Batch
from mapae.detect.recall_index import RecallIndex
from mapae.measures.hazardous_goods.recalls.verdict import scaled, told
from mapae.model.finding import Finding, Reason

__all__ = ["Notes"]

_TITLE = "title"
_CELLS = ("listing_id", "platform", "seller_id", "url")
_GOODS = 0.5, "the kind of goods; nothing else is sure"  # worth and detail of the only reason
_WORDS = 0.4, "words of the notice; nothing else is sure"
_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Notes:
    """What notes are made of: the list `recalls`, its index, the kinds of goods by name, and the finding but for these."""

    table: pa.Table
    index: RecallIndex
    kinds: tuple[str, ...]
    made: Callable[..., Finding]

    def of(self, batch: Batch, rows: _Ints, recalls: _Ints) -> Iterator[tuple[int, Finding]]:
        """(row, its note) for equal-long arrays of rows and recall numbers, in their order."""
        at = pa.array(rows)
        titles = batch.column(_TITLE).take(at)
        field, fields = batch.kind.text.index(_TITLE), len(batch.kind.text)
        goods = self.index.goods(batch.text, rows * fields + field, recalls, titles)
        cells = (batch.column(name).take(at).to_pylist() for name in _CELLS)
        told_of = zip(titles.to_pylist(), goods.T.tolist(), self._notices(recalls), strict=True)
        for row, listing, platform, seller, url, (title, place, (notice, name, tail)) in zip(
            rows.tolist(), *cells, told_of, strict=True
        ):
            reason = self._reason(title or "", place, name, tail)
            yield row, self.made(
                subject_id=listing or "",
                reference_id=notice,
                score=scaled(reason.score),
                reasons=(reason,),
                operator=platform,
                seller_id=seller,
                subject_title=title,
                subject_url=url,
            )  # fmt: skip

    def _reason(self, title: str, place: list[int], name: str, tail: str) -> Reason:
        """The word of goods in the title; where none is the recall's, the title as a whole."""
        kind, start, end = place
        if kind < 0:
            worth, detail = _WORDS
            return Reason(_TITLE, 0, 0, title, name, f"{detail}; {tail}", worth)
        worth, detail = _GOODS
        return Reason(_TITLE, start, end, title[start:end], self.kinds[kind], f"{detail}; {tail}", worth)

    def _notices(self, recalls: _Ints) -> Iterator[tuple[str, str, str]]:
        """Id, title and what a reason tells of each of these recalls."""
        each, place = np.unique(recalls, return_inverse=True)
        held = self.table.select(["id", "date", "title", "products", "hazard"]).take(pa.array(each))
        texts = []
        for notice, day, title, products, hazard in zip(
            *(column.to_pylist() for column in held.columns), strict=True
        ):
            name = str(title or (products or ("",))[0])
            texts.append((notice, name, told(notice, day or "", name, hazard or "other")))
        return (texts[at] for at in place.tolist())
