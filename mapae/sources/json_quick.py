"""JSON Lines through Arrow's own parser, where every record of a block has the types that the first ones had.

Arrow refuses a field that was not foreseen and a value of another type, so what it reads is what the careful way reads;
where it refuses, the block is read record by record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json

__all__ = ["foreseen", "quick_table"]

_TYPES: dict[type, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}


def foreseen(rows: Sequence[dict[str, Any]]) -> pa.Schema | None:
    """The types of the records' fields; None where one holds objects, lists of other than text, or several types."""
    types: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            types.setdefault(name, set()).update([] if value is None else [type(value)])
            if isinstance(value, list) and not all(isinstance(item, str) for item in value):
                return None
    fields = []
    for name, seen in types.items():
        kind = pa.list_(pa.string()) if seen == {list} else _TYPES.get(next(iter(seen), str))
        if seen == {int, float}:
            kind = pa.float64()
        elif len(seen) > 1 or kind is None:
            return None
        fields.append(pa.field(name, kind))
    return pa.schema(fields)


def quick_table(records: Sequence[bytes], schema: pa.Schema) -> pa.RecordBatch | None:
    """The records as one batch of the schema, or None where they are not all of it."""
    text = b"\n".join(records) + b"\n"
    try:
        text.decode()
        table = pa.json.read_json(
            pa.py_buffer(text),
            pa.json.ReadOptions(block_size=len(text)),
            pa.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
        )
    except (pa.ArrowException, UnicodeDecodeError):
        return None
    if table.num_rows != len(records) or table.schema.names != schema.names:
        return None
    batch = table.combine_chunks().to_batches()[0]
    return None if any(_inexact(column) for column in batch.columns) else batch


def _inexact(column: pa.Array) -> bool:
    """Whether a column of floats holds a number so large that it may have been a whole one that lost digits."""
    if not pa.types.is_floating(column.type):
        return False
    return bool(pc.any(pc.greater_equal(pc.abs(column), float(2**53))).as_py())
