"""Where batches come from: feeds of any batch size, cut into numbered pieces of an even size, and these into strips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa

__all__ = [
    "BATCH_BYTES",
    "BATCH_ROWS",
    "Feed",
    "Piece",
    "Slice",
    "even_batches",
    "expected_rows",
    "pieces",
    "strips",
]

BATCH_ROWS = 65_536  # of a piece: one part, one message to a worker
STRIP_ROWS = 16_384  # screened at once: as quick as a whole piece, with a quarter of the memory
BATCH_BYTES = 96_000_000  # a batch of long pages is cut earlier, so that memory stays bounded


class Slice(Protocol):
    """A part of a file that a worker reads by itself; picklable. After `load` it knows what could not be read.

    rejected: rows that are in no batch; rejects: those, and cells set aside, as JSON objects.
    """

    rejected: int
    rejects: list[dict[str, Any]]

    def load(self) -> Iterator[pa.RecordBatch]:
        """Batches of the kind's schema, in order."""


class Feed(Protocol):
    """One input: a name for messages, its size, and its records either as slices or as a stream."""

    @property
    def name(self) -> str:
        """What messages call it, usually its path."""

    @property
    def size(self) -> int:
        """Bytes, for the estimate of the time left; 0 where unknown."""

    def rows(self) -> int:
        """How many records it holds; 0 where that is known only when all was read."""

    def slices(self) -> Sequence[Slice]:
        """Parts that workers read by themselves; empty where the input can only be read in one go."""

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All records in order, in batches of any size."""

    def lines(self) -> Iterator[int]:
        """The line of the file on which each record of `batches` stands, in order; nothing where there are none."""

    def rejected(self) -> int:
        """Rows that are in no batch, after `batches` has ended."""

    def rejects(self) -> Iterable[dict[str, Any]]:
        """What could not be read, rows and cells, after `batches` has ended, as JSON objects."""


@dataclass(frozen=True)
class Piece:
    """A numbered task: records at hand, or a slice to be read by whoever does the work."""

    number: int
    feed: int
    records: pa.RecordBatch | None = None
    slice: Slice | None = None

    def load(self) -> Iterator[pa.RecordBatch]:
        """The records of the piece, a strip at a time."""
        if self.slice is not None:
            yield from strips(self.slice.load())
        elif self.records is not None:
            yield from strips([self.records])

    def set_aside(self) -> tuple[int, tuple[dict[str, Any], ...]]:
        """Rows rejected and rejects of a slice, once it was loaded; a stream's feed knows its own."""
        return (self.slice.rejected, tuple(self.slice.rejects)) if self.slice is not None else (0, ())


def pieces(feeds: Sequence[Feed]) -> Iterator[Piece]:
    """All pieces of all feeds in input order. The numbers depend on the inputs and the batch size only."""
    number = 0
    for index, feed in enumerate(feeds):
        slices = feed.slices()
        if slices:
            for part in slices:
                yield Piece(number, index, slice=part)
                number += 1
            continue
        for records in even_batches(feed.batches()):
            yield Piece(number, index, records=records)
            number += 1


def expected_rows(feeds: Sequence[Feed], first: Piece) -> int:
    """About how many records all feeds hold, for the time left; 0 where there is no saying.

    A feed that does not know is taken to need as many bytes a record as the first piece does in memory.
    """
    known = sum(feed.rows() for feed in feeds)
    unknown = [feed for feed in feeds if not feed.rows()]
    if not unknown:
        return known
    if first.records is None or not first.records.nbytes or not all(feed.size for feed in unknown):
        return 0
    each = first.records.nbytes / first.records.num_rows
    return known + int(sum(feed.size for feed in unknown) / each)


def strips(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same rows as many at a time as are screened at once."""
    return even_batches(batches, STRIP_ROWS)


def even_batches(
    batches: Iterable[pa.RecordBatch], rows: int = 0, limit: int = BATCH_BYTES
) -> Iterator[pa.RecordBatch]:
    """The same rows in batches of `rows`, fewer where they would weigh more than `limit` bytes; none is empty."""
    rows = rows or BATCH_ROWS
    waiting: list[pa.RecordBatch] = []
    held = weight = 0
    for batch in batches:
        for part in _bounded(batch, rows, limit):
            if held and (held + part.num_rows > rows or weight + part.nbytes > limit):
                room = rows - held if weight + part.nbytes <= limit else 0
                if room:
                    waiting.append(part.slice(0, room))
                    part = part.slice(room)
                yield _joined(waiting)
                waiting, held, weight = [], 0, 0
            waiting.append(part)
            held += part.num_rows
            weight += part.nbytes
            if held == rows:
                yield _joined(waiting)
                waiting, held, weight = [], 0, 0
    if held:
        yield _joined(waiting)


def _bounded(batch: pa.RecordBatch, rows: int, limit: int) -> Iterator[pa.RecordBatch]:
    """The batch cut so that no part has more than `rows` rows or, unless it is one row, more than `limit` bytes."""
    if batch.num_rows == 0:
        return
    if batch.num_rows > rows:
        for start in range(0, batch.num_rows, rows):
            yield from _bounded(batch.slice(start, rows), rows, limit)
    elif batch.nbytes > limit and batch.num_rows > 1:
        half = batch.num_rows // 2
        yield from _bounded(batch.slice(0, half), rows, limit)
        yield from _bounded(batch.slice(half), rows, limit)
    else:
        yield batch


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    return batches[0] if len(batches) == 1 else pa.concat_batches(batches)
