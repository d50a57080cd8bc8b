"""An opened input: its kind, its layout, its batches in the kind's schema, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path

import pyarrow as pa

from mapae.errors import InputError, UsageError
from mapae.model.records import KINDS
from mapae.sources.app_reader import complete
from mapae.sources.blocks import Block, Reader
from mapae.sources.files import sha256_of
from mapae.sources.layouts import choose, known
from mapae.sources.readers import read_file
from mapae.sources.rejects import Reject, RejectLog
from mapae.sources.shape import Shaper
from mapae.sources.totals import without_totals

__all__ = ["BATCH_BYTES", "Source", "open_source"]

BATCH_BYTES = 64 << 20


class Source:
    """One input file. Made by `open_source`; reading again starts anew.

    kind: name of the record kind. profile: name of the layout that fitted. sha256: of the file's bytes.
    rows_read, rows_rejected, cells_rejected: counts of the last reading, complete when `batches` has ended.
    notes: repairs that lost nothing, as sentences.
    """

    def __init__(self, path: Path, kind: str | None, mapping: Mapping[str, str], batch_rows: int) -> None:
        self.path, self.mapping, self.batch_rows = path, dict(mapping), batch_rows
        self.log = RejectLog(path)
        self._wanted = kind
        reader = self._reader(RejectLog(path))
        self.columns, self.above = tuple(reader.columns), str(getattr(reader, "above", ""))
        self.layout = choose(self.columns, kind, self.mapping, str(path))
        self.kind = self.layout.kind
        self.profile = self.layout.name
        self.rows_read = 0

    @cached_property
    def sha256(self) -> str:
        """Hex SHA-256 of the file as it lies on disk."""
        return sha256_of(self.path)

    @property
    def rows_rejected(self) -> int:
        """Rows that are in no batch."""
        return self.log.rows

    @property
    def cells_rejected(self) -> int:
        """Cells set aside of rows that are in a batch."""
        return self.log.cells

    @property
    def notes(self) -> tuple[str, ...]:
        """Repairs and limits met, as sentences."""
        return self.log.said()

    def rejects(self) -> Iterator[Reject]:
        """What the last reading set aside, in the order met."""
        return iter(self.log)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Batches of the kind's schema, in the file's order, of at most `batch_rows` rows and about 64 MB."""
        self.log, self.rows_read = RejectLog(self.path), 0
        shaper = Shaper(KINDS[self.kind], self.layout, self.mapping, self.log, self.above)
        for batch in _even(self._shaped(shaper), self.batch_rows):
            self.rows_read += batch.num_rows
            yield batch
        if not self.rows_read and not self.log.rows:
            self.log.note("the file has a header but no rows", 1)

    def lines(self) -> Iterator[int]:
        """The line (row of a sheet) of each record that `batches` gives, in order; reads the file once more."""
        log = RejectLog(self.path)
        try:
            for block in self._blocks(log):
                yield from block.lines.tolist()
        except InputError:
            return

    def _shaped(self, shaper: Shaper) -> Iterator[pa.RecordBatch]:
        """Blocks in the kind's schema; a fault that ends the file is a reject of what is left of it."""
        try:
            for block in self._blocks(self.log):
                if len(block):
                    batch = shaper.batch(block)
                    yield complete(batch, self.path, self.log) if self.kind == "app" else batch
        except InputError as error:
            self.log.row(0, error.what)

    def _blocks(self, log: RejectLog) -> Iterator[Block]:
        blocks = self._reader(log).blocks()
        if self.kind == "consignment":
            return (without_totals(block, log) for block in blocks)
        if self.kind == "listing":
            return (without_totals(block, log) if _of_sheet(block) else block for block in blocks)
        return blocks

    def _reader(self, log: RejectLog) -> Reader:
        score = partial(known, mapping=self.mapping)
        return read_file(self.path, log, self._wanted, score, lifting=True)


def open_source(
    path: Path, kind: str | None = None, mapping: Mapping[str, str] | None = None, *, batch_rows: int = 65_536
) -> Source:
    """The file as a source of records.

    kind None: listing when the columns fit, other kinds by their columns. mapping: {column of the kind: column of the
    file}; keys and values may also come the other way round, as `--map TITLE=product_name` gives them.
    Raises InputError where the file cannot be opened or its columns fit nothing, UsageError for an unknown kind.
    """
    path = Path(path)
    if kind is not None and kind not in KINDS:
        raise UsageError(f"there is no kind {kind!r}", where="--kind", mend=f"kinds are: {', '.join(KINDS)}")
    if not path.exists():
        raise InputError("there is no such file", where=str(path), mend="check the name and the folder")
    if path.is_dir():
        raise InputError("this is a folder", where=str(path), mend="give its files; `expand` lists them")
    if not path.is_file():
        raise InputError(
            "a pipe or device cannot be read twice", where=str(path), mend="save what it gives to a file"
        )
    return Source(path, kind, mapping or {}, batch_rows)


def _even(batches: Iterator[pa.RecordBatch], rows: int) -> Iterator[pa.RecordBatch]:
    """The same rows in batches of at most `rows` rows and about 64 MB; small ones are put together."""
    waiting: list[pa.RecordBatch] = []
    held = weight = 0
    for batch in batches:
        for start in range(0, batch.num_rows, rows):
            part = batch.slice(start, rows)
            if held and (weight + part.nbytes > BATCH_BYTES or held + part.num_rows > rows):
                yield _joined(waiting)
                waiting, held, weight = [], 0, 0
            waiting.append(part)
            held += part.num_rows
            weight += part.nbytes
            if held * 8 >= rows:
                yield _joined(waiting)
                waiting, held, weight = [], 0, 0
    if held:
        yield _joined(waiting)


def _of_sheet(block: Block) -> bool:
    """Whether the rows come from a sheet, which people add up below."""
    return isinstance(next(iter(block.columns.values()), None), list)


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    return batches[0] if len(batches) == 1 else pa.concat_batches(batches)
