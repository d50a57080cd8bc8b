"""Hits of terms in a batch, as equal-long arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Hits"]

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Hits:
    """Term hits of one check in one batch, equal-long arrays sorted by (row, field, channel, start, -end, entry).

    row: row of the batch; field: index into the kind's text columns; channel: 0 fold, 1 squeeze;
    start, end: code points in the ORIGINAL cell are found with Batch.span, these are bytes in the channel's cell;
    entry: index into the check's `terms`; left, right: 1 where the hit begins / ends at a word boundary of the original;
    changed: bytes of the hit that stood otherwise in the original (look-alike, leet, jamo, zero-width taken out);
    gaps: places inside the hit where something was taken out (squeeze channel only).
    """

    row: Ints
    field: Ints
    channel: Ints
    start: Ints
    end: Ints
    entry: Ints
    left: Ints
    right: Ints
    changed: Ints
    gaps: Ints

    def __len__(self) -> int:
        return len(self.row)

    def take(self, index: npt.NDArray[Any]) -> Hits:
        """The hits at these positions, or where the mask is true."""
        return Hits(*(getattr(self, name)[index] for name in self.__slots__))

    def of_row(self, row: int) -> Hits:
        """The hits of one row (binary search; rows are sorted)."""
        low, high = np.searchsorted(self.row, np.array([row, row + 1], self.row.dtype))
        return Hits(*(getattr(self, name)[low:high] for name in self.__slots__))

    @classmethod
    def none(cls) -> Hits:
        """No hits."""
        return cls(*(np.empty(0, np.int32) for _ in cls.__slots__))
