"""One cell of a folded batch: its text in a channel, and the way back to the original, without folding it anew."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from mapae.text.fold import Folded, fold_text
from mapae.text.kernels.trace import trace
from mapae.text.squeeze import Piece
from mapae.text.tables import tables

__all__ = ["FoldedCell"]

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class FoldedCell:
    """Cell number `number` of `folded` in a channel (0 fold, 1 squeeze); source: the original text of the cell."""

    folded: Folded
    number: int
    channel: int
    source: str

    def _bytes(self, channel: int) -> slice:
        offsets = self.folded.channels[channel].offsets
        return slice(int(offsets[self.number]), int(offsets[self.number + 1]) - 1)

    @cached_property
    def data(self) -> bytes:
        """The text as UTF-8, byte for byte as hits count it."""
        return self.folded.channels[self.channel].data[self._bytes(self.channel)].tobytes()

    @cached_property
    def text(self) -> str:
        """The channel's text."""
        return self.data.decode()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What each character of the text stands for, by the plain reference: slow, for the few cells looked at closely."""
        return fold_text(self.source, self.channel).pieces

    @cached_property
    def _traced(self) -> tuple[Ints, Ints, Ints]:
        fold, shown = self.folded.channels[0], self.folded.channels[self.channel]
        quick, index, size, pool, _, _ = tables().arrays
        mine = self._bytes(0)
        found: tuple[Ints, Ints, Ints] = trace(
            np.frombuffer(self.source.encode(), np.uint8),
            fold.data[mine],
            fold.marks[mine],
            shown.data[self._bytes(self.channel)],
            self.channel == 1,
            quick,
            index,
            size,
            pool,
        )
        return found

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Code points of the original that bytes start:end of `data` stand for."""
        places, starts, ends = self._traced
        if end <= start or not len(starts):
            return 0, 0
        first, last = bisect_right(places, start) - 1, bisect_right(places, end - 1) - 1
        return int(starts[first]), int(ends[last])
