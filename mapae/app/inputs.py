"""Inputs as the engine reads them: files of a known type, hashed, with their rejects; the record kind they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from mapae.app.row_groups import parquet_rows, reject_line, row_groups
from mapae.engine import Slice
from mapae.errors import InputError, UsageError
from mapae.model.records import KINDS, Kind
from mapae.sources import Source, expand, open_source

__all__ = ["Inputs", "SourceFeed", "open_inputs"]


@dataclass(frozen=True)
class SourceFeed:
    """A source as a feed of the engine."""

    source: Source
    name: str
    size: int

    def rows(self) -> int:
        """From the footer of a Parquet file; else not known."""
        return parquet_rows(self.source.path)

    def slices(self) -> Sequence[Slice]:
        """Row groups of a Parquet file that are small enough for a worker to hold."""
        return row_groups(self.source)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Batches of the kind's schema, in file order."""
        return self.source.batches()

    def lines(self) -> Iterator[int]:
        """The line of each record, in file order."""
        return self.source.lines()

    def rejected(self) -> int:
        """Rows that are in no batch."""
        return self.source.rows_rejected

    def rejects(self) -> Iterator[dict[str, Any]]:
        """Rows and cells that could not be read."""
        return (reject_line(item) for item in self.source.rejects())


@dataclass(frozen=True)
class Inputs:
    """What a run reads: feeds in order, what names them for good, how each was recognised, files that failed whole."""

    kind: Kind
    feeds: tuple[SourceFeed, ...]
    named: tuple[dict[str, Any], ...]
    profiles: tuple[str | None, ...]
    failed: tuple[dict[str, Any], ...] = ()

    @classmethod
    def none(cls, kind: str) -> Inputs:
        """Nothing to read, where no check has anything to ask."""
        return cls(KINDS[kind], (), (), ())


def open_inputs(
    paths: Sequence[Path], *, kind: str | None = None, columns: Mapping[str, str] | None = None
) -> Inputs:
    """Recognise every input and hash it. All hold the same kind: the one asked for, or what the columns fit.

    columns: record column → file column. A file that cannot be read at all is a reject where others can be; alone it
    is an InputError.
    """
    sources: list[Source] = []
    failed: list[dict[str, Any]] = []
    last: InputError | None = None
    for path in expand(paths, kind):
        try:
            sources.append(open_source(path, kind, columns))
        except InputError as error:
            last = error
            failed.append({"input": str(path), "line": 0, "column": None, "reason": error.what, "raw": ""})
    if not sources:
        raise last or UsageError("no input", mend="name at least one file or folder")
    kinds = sorted({source.kind for source in sources})
    if len(kinds) > 1:
        first = {source.kind: source.path.name for source in reversed(sources)}
        raise UsageError(
            f"the inputs hold several kinds: {', '.join(f'{name} ({first[name]})' for name in kinds)}",
            mend="screen each kind by itself, or say --kind",
        )
    feeds = tuple(SourceFeed(item, str(item.path), item.path.stat().st_size) for item in sources)
    named = tuple({"path": feed.name, "sha256": feed.source.sha256} for feed in feeds)
    return Inputs(KINDS[kinds[0]], feeds, named, tuple(item.profile for item in sources), tuple(failed))
