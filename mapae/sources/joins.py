"""Columns of text laid behind each other row by row, and as members of a JSON object."""

from __future__ import annotations

import orjson
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["member", "run_on", "spaced", "wrap"]


def run_on(parts: list[pa.Array]) -> pa.Array:
    """The parts behind each other, nulls as nothing. (With nulls to skip, the kernel drops rows that have only nulls.)"""
    return pc.binary_join_element_wise(*(pc.fill_null(part, "") for part in parts), "")


def wrap(column: pa.Array, before: str, after: str) -> pa.Array:
    """Each cell with text before and after it, null where it is."""
    return pc.binary_join_element_wise(before, column, after, "", null_handling="emit_null")


def spaced(parts: list[pa.Array]) -> pa.Array:
    """The parts with a space between, null where all are."""
    if len(parts) == 1:
        return parts[0]
    text = pc.binary_replace_slice(run_on([wrap(part, " ", "") for part in parts]), 0, 1, "")
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def member(name: str, column: pa.Array) -> pa.Array:
    """`,"name":"value"` a row, null where the value is."""
    if pc.any(pc.match_substring_regex(column, r'[\x00-\x1f"\\]')).as_py():
        column = pa.array(
            [None if cell is None else orjson.dumps(cell).decode()[1:-1] for cell in column.to_pylist()],
            pa.string(),
        )
    return wrap(column, "," + orjson.dumps(name).decode() + ':"', '"')
