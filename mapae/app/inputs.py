"""Inputs as the engine reads them: files of a known type, hashed, with their rejects; the record kind they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from mapae.engine import Slice
from mapae.errors import InputError, UsageError
from mapae.model.records import KINDS, Kind
from mapae.sources import Source, open_source

__all__ = ["Inputs", "SourceFeed", "open_inputs", "sha256_of"]

_GROUP_ROWS = 262_144  # row groups above this are read by the parent in pieces: a worker would hold too much


@dataclass(frozen=True)
class SourceFeed:
    """A source as a feed of the engine."""

    source: Source
    name: str
    size: int

    def slices(self) -> Sequence[Slice]:
        """Row groups of a Parquet file that already has the kind's own columns and types."""
        return _row_groups(Path(self.name), self.source.kind)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Batches of the kind's schema, in file order."""
        return self.source.batches()

    def rejects(self) -> list[dict[str, Any]]:
        """Rows that could not be read."""
        return [{"input": self.name, **_reject(item)} for item in self.source.rejects]


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


@dataclass(frozen=True)
class RowGroup:
    """One row group of a Parquet file of the kind's own schema."""

    path: str
    group: int
    kind: str
    rejects: tuple[dict[str, Any], ...] = field(default=())

    def load(self) -> Iterator[pa.RecordBatch]:
        """The group's batches, as the kind's schema."""
        schema = KINDS[self.kind].schema
        for batch in pq.ParquetFile(self.path).iter_batches(65_536, row_groups=[self.group]):
            yield _shaped(batch, schema)


def open_inputs(
    paths: Sequence[Path], *, kind: str | None = None, columns: dict[str, str] | None = None
) -> Inputs:
    """Recognise every input and hash it. All hold the same kind: the one asked for, or what the columns fit.

    A file that cannot be read at all is a reject where others can be; alone it is an InputError.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(
            f"there is no record kind {kind!r}", where="--kind", mend=f"kinds are: {', '.join(KINDS)}"
        )
    sources: list[Source] = []
    failed: list[dict[str, Any]] = []
    last: InputError | None = None
    for path in paths:
        try:
            sources += open_source(path, kind=kind, columns=columns or {})
        except InputError as error:
            last = error
            failed.append({"input": str(path), "line": 0, "reason": str(error)})
    if not sources:
        raise last or UsageError("no input", mend="name at least one file or folder")
    kinds = sorted({source.kind.name for source in sources})
    if len(kinds) > 1:
        raise UsageError(
            f"the inputs hold several kinds: {', '.join(kinds)}",
            mend="screen each kind by itself, or say --kind",
        )
    feeds = tuple(SourceFeed(item, str(item.path), item.path.stat().st_size) for item in sources)
    named = tuple({"path": feed.name, "sha256": sha256_of(Path(feed.name))} for feed in feeds)
    return Inputs(sources[0].kind, feeds, named, tuple(item.profile for item in sources), tuple(failed))


def sha256_of(path: Path) -> str:
    """Hex digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _reject(item: Any) -> dict[str, Any]:
    names = getattr(item, "__dataclass_fields__", {})
    return (
        {name: getattr(item, name) for name in names if name not in ("input", "path")}
        if names
        else dict(item)
    )


def _row_groups(path: Path, kind: Kind) -> tuple[RowGroup, ...]:
    if path.suffix.lower() not in (".parquet", ".pq"):
        return ()
    file = pq.ParquetFile(path)
    groups = file.metadata.num_row_groups
    ours = all(
        name in kind.schema.names and file.schema_arrow.field(name).type == kind.schema.field(name).type
        for name in file.schema_arrow.names
    )
    if not ours or kind.key not in file.schema_arrow.names or groups < 2:
        return ()
    if max(file.metadata.row_group(at).num_rows for at in range(groups)) > _GROUP_ROWS:
        return ()
    return tuple(RowGroup(str(path), at, kind.name) for at in range(groups))


def _shaped(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    names = set(batch.schema.names)
    arrays = [
        batch.column(item.name) if item.name in names else pa.nulls(batch.num_rows, item.type)
        for item in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
