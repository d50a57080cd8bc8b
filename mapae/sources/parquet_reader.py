"""Parquet, row group by row group; a damaged group is one reject and reading goes on with the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mapae.errors import InputError
from mapae.sources.blocks import Block, unique_names
from mapae.sources.json_lift import member_column
from mapae.sources.rejects import RejectLog

__all__ = ["ParquetReader"]

_ROWS, _BYTES = 65_536, 32 << 20  # of one block, by the row group's mean


class ParquetReader:
    """A Parquet file with columns of any type. Raises InputError where its footer cannot be read.

    known: whether a name is that of a column, so that members of structs become columns beside theirs; None leaves them.
    """

    def __init__(self, path: Path, log: RejectLog, known: Callable[[str], bool] | None = None) -> None:
        self.path, self.log = path, log
        try:
            self.file = pq.ParquetFile(path)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise InputError(
                f"the Parquet file cannot be opened: {str(error).splitlines()[0][:200]}",
                where=str(path),
                mend="the file is cut off or damaged; write it again",
            ) from error
        self._members = list(_members(self.file.schema_arrow, known)) if known else []
        names = [*self.file.schema_arrow.names, *(name for name, *_place in self._members)]
        self.columns: Sequence[str] = unique_names(names)

    def blocks(self) -> Iterator[Block]:
        """Rows in blocks of at most 65,536; lines are row numbers from 1."""
        row = 1
        for group in range(self.file.num_row_groups):
            meta = self.file.metadata.row_group(group)
            rows = meta.num_rows
            size = max(1, min(_ROWS, _BYTES * rows // max(1, meta.total_byte_size)))
            done = 0
            try:
                for batch in self.file.iter_batches(size, row_groups=[group]):
                    lines = np.arange(row + done, row + done + batch.num_rows, dtype=np.int64)
                    inner = [
                        pc.struct_field(batch.column(at), [member]) for _name, at, member in self._members
                    ]
                    yield Block(dict(zip(self.columns, [*batch.columns, *inner], strict=True)), lines)
                    done += batch.num_rows
            except (pa.ArrowException, OSError, ValueError) as error:
                why = str(error).splitlines()[0][:200]
                self.log.row(
                    row + done,
                    f"rows {row + done:,} to {row + rows - 1:,} (row group {group + 1}) are damaged: {why}",
                    rows=rows - done,
                )
            row += rows


def _members(schema: pa.Schema, known: Callable[[str], bool]) -> Iterator[tuple[str, int, int]]:
    """(column, place of the struct, place in it) of members whose name, with the struct's before it, is known."""
    for at, field in enumerate(schema):
        if pa.types.is_struct(field.type):
            for member, part in enumerate(field.type):
                name = member_column(field.name, part.name, known)
                if name is not None and name not in schema.names:
                    yield name, at, member
