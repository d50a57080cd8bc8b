"""Tables that set-wise checks left beside the findings, as the report shows them: the first rows, cells as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from mapae.contract.whole import column_title, table_title

__all__ = ["ShownTable", "read_tables"]

_ROWS = 100


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table: file name, title by language, columns (name, words, whether numbers), rows shown, how many are left out."""

    file: str
    title: dict[str, str]
    columns: tuple[tuple[str, dict[str, str], bool], ...]
    rows: tuple[tuple[str, ...], ...]
    left: int


def read_tables(paths: Sequence[Path]) -> tuple[ShownTable, ...]:
    """The first rows of each of these Parquet files."""
    return tuple(_shown(path) for path in paths)


def _shown(path: Path) -> ShownTable:
    file = pq.ParquetFile(path)
    schema = file.schema_arrow
    first = next(file.iter_batches(_ROWS), None)
    columns = tuple((item.name, column_title(item), _is_number(item.type)) for item in schema)
    kept = [] if first is None else [tuple(map(_cell, row.values())) for row in first.to_pylist()]
    return ShownTable(
        path.name, table_title(schema), columns, tuple(kept), file.metadata.num_rows - len(kept)
    )


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
