"""Exports that tell a product's words in its first row only: the rows of its variants below are given them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["Carrier"]


@dataclass
class Carrier:
    """Goes along with one reading, so that a product may begin in one block and end in the next.

    columns: those that are filled. key: of the last product met, with its first row's values.
    """

    columns: Sequence[str]
    key: str | None = None
    first: dict[str, str | None] = field(default_factory=dict)

    def fill(self, done: dict[str, pa.Array], keys: pa.Array) -> None:
        """Fill nulls of the columns, in place, from the first row of each run of equal keys. keys: text, as long as done."""
        if not len(keys):
            return
        changes = pc.fill_null(pc.not_equal(keys[1:], keys[:-1]), True).to_numpy(zero_copy_only=False)
        begins = np.concatenate(([True], changes))
        starts = np.maximum.accumulate(np.where(begins, np.arange(len(keys)), 0))
        goes_on = keys[0].as_py() is not None and keys[0].as_py() == self.key
        before = pa.array((starts == 0) & goes_on)
        known = keys.is_valid()
        for name in self.columns:
            column = done[name]
            heads = column.take(pa.array(starts))
            heads = pc.if_else(before, pa.scalar(self.first.get(name), pa.string()), heads)
            done[name] = pc.if_else(known, pc.coalesce(column, heads), column)
            self.first[name] = heads[-1].as_py()
        self.key = keys[-1].as_py()
