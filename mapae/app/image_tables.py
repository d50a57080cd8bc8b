"""Tables of picture hashes, in batches: a hash and a name, and what else is known of each picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as csv
import pyarrow.parquet as pq

from mapae.errors import InputError

__all__ = ["TABLES", "read_table"]

TABLES = (".csv", ".parquet")
_ROWS = 65_536
# Names that a column goes by, the surest first; compared without case.
_NAMES = {
    "image_hash": ("image_hash", "pdq", "pdq_hash", "image_pdq", "hash"),
    "picture_id": ("picture_id", "image_id", "listing_id", "advert_id", "post_id", "id", "name", "path", "file", "url"),
    "bank": ("bank",),
    "brand": ("brand", "owner", "mark"),
    "note": ("note", "title", "label", "product_name"),
}  # fmt: skip


def read_table(path: Path) -> Iterator[pa.Table]:
    """Batches with image_hash and picture_id, and bank, brand, note where the table has them, all as text.

    Without a column of names the line's number is the name. InputError for a file that is no table or has no hashes.
    """
    number = 0
    try:
        for batch in _batches(path):
            table = _chosen(pa.Table.from_batches([batch]), path, number)
            number += len(table)
            yield table
    except (pa.ArrowInvalid, OSError, UnicodeDecodeError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise InputError(
            f"the table cannot be read: {first}", where=str(path), mend="give a CSV in UTF-8, or Parquet"
        ) from error


def _batches(path: Path) -> Iterator[pa.RecordBatch]:
    if path.suffix.lower() == ".parquet":
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(_ROWS, columns=_wanted(file.schema_arrow.names, path))
        return
    with csv.open_csv(path) as peek:
        names = peek.schema.names
    options = csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), include_columns=_wanted(names, path)
    )
    with csv.open_csv(path, convert_options=options) as reader:
        yield from reader


def _wanted(names: list[str], path: Path) -> list[str]:
    """The table's own names of the columns that are read. InputError where none holds hashes."""
    found = _columns(names)
    if "image_hash" not in found:
        raise InputError(
            "no column holds hashes", where=str(path), mend="name it image_hash: PDQ as 64 hex digits"
        )
    return list(dict.fromkeys(found.values()))


def _columns(names: list[str]) -> dict[str, str]:
    plain = {name.strip().lower(): name for name in reversed(names)}
    return {
        column: plain[known]
        for column, spellings in _NAMES.items()
        for known in [next((each for each in spellings if each in plain), "")]
        if known
    }


def _chosen(table: pa.Table, path: Path, number: int) -> pa.Table:
    found = _columns(table.column_names)
    columns = {name: table[own].cast(pa.string()) for name, own in found.items()}
    if "picture_id" not in columns:
        first = number + 1
        columns["picture_id"] = pa.array([f"{path.name}:{first + row}" for row in range(len(table))])
    return pa.table(columns)
