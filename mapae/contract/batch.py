"""A batch as checks see it: Arrow columns, folded text in two channels, term hits, and spans back to the original."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy.typing as npt
import pyarrow as pa

from mapae.detect.hits import Hits
from mapae.model.records import Kind
from mapae.text.cell import FoldedCell
from mapae.text.fold import Folded, FoldedText, fold_text

__all__ = ["Batch", "Hits", "Row", "Span"]


@dataclass(frozen=True, slots=True)
class Span:
    """A place in an original cell, in code points, and the text there."""

    start: int
    end: int
    seen: str


@dataclass(frozen=True)
class Batch:
    """Rows of one kind with their folded text.

    records: the kind's schema (missing columns are nulls). text: channel buffers of the kind's text columns, cell
    number = row × number of text columns + field. platform is read as the operator of a record.
    """

    kind: Kind
    records: pa.RecordBatch
    text: Folded

    def __len__(self) -> int:
        return int(self.records.num_rows)

    def column(self, name: str) -> pa.Array:
        """The Arrow column of that name."""
        if name not in self._columns:
            self._columns[name] = self.records.column(name)
        return self._columns[name]

    @cached_property
    def _columns(self) -> dict[str, pa.Array]:
        return {}

    def row(self, index: int) -> Row:
        """One row with lazy access to its cells."""
        return Row(self, int(index))

    def rows(self, indexes: npt.NDArray[Any]) -> Iterator[Row]:
        """These rows, in the order given."""
        return (self.row(index) for index in indexes)


@dataclass(frozen=True)
class Row:
    """One record of a batch: cells by name, folded text by (field, channel), spans."""

    batch: Batch
    index: int

    def __getitem__(self, name: str) -> Any:
        return self.batch.column(name)[self.index].as_py()

    def text(self, name: str) -> str:
        """The cell as text, empty where it is null."""
        value = self[name]
        return "" if value is None else str(value)

    @cached_property
    def _folded(self) -> dict[tuple[str, int], FoldedCell | FoldedText]:
        return {}

    def folded(self, name: str, channel: int = 0) -> FoldedCell | FoldedText:
        """The cell folded, with its way back to the original (0 fold, 1 squeeze); quick where `name` is searched as text."""
        key = (name, channel)
        if key not in self._folded:
            fields, source = self.batch.kind.text, self.text(name)
            if name in fields:
                number = self.index * len(fields) + fields.index(name)
                self._folded[key] = FoldedCell(self.batch.text, number, channel, source)
            else:
                self._folded[key] = fold_text(source, channel)
        return self._folded[key]

    def span(self, field: int, channel: int, start: int, end: int) -> Span:
        """The original place of bytes start:end of a hit in the kind's text column number `field`."""
        name = self.batch.kind.text[field]
        first, last = self.folded(name, channel).original(start, end)
        return Span(first, last, self.text(name)[first:last])
