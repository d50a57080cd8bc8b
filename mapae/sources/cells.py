"""Columns as the file had them to columns of text, whatever they hold: Arrow of any type, JSON values, lists in cells."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from mapae.sources.blocks import Column

__all__ = ["NOTHING", "as_text", "coalesced", "joined", "text_of"]

# cells that say that there is nothing
NOTHING = pa.array(
    ["", "null", "NULL", "None", "NaN", "nan", "N/A", "n/a", "#N/A", "\\N", "undefined", "NaT", "<NA>"]
)
_PICTURE = frozenset(
    "url width height alt altText type @type id size".split()
)  # what an object that is a picture has


def text_of(column: Column) -> pa.Array:
    """The column as strings, trimmed; null where the cell is empty or only says so (`null`, `N/A`, `NaN`, …)."""
    if isinstance(column, list):
        column = _from_values(column)
    elif not pa.types.is_string(column.type):
        column = _from_arrow(column)
    column = pc.ascii_trim_whitespace(column)
    return pc.if_else(pc.is_in(column, NOTHING), pa.scalar(None, pa.string()), column)


def _from_values(values: list[Any]) -> pa.Array:
    try:
        return _strings(values)
    except (TypeError, UnicodeEncodeError):
        return pa.array([as_text(value) for value in values], pa.string())


def _strings(values: list[str | None]) -> pa.Array:
    """Texts and nulls as an Arrow array: ten times as fast as pyarrow.array. TypeError where there is anything else."""
    valid = None
    if None in values:
        valid = pa.array([value is not None for value in values])
        values = ["" if value is None else value for value in values]
    text = "".join(values)  # type: ignore[arg-type]
    data = text.encode()
    cells: Iterable[Any] = values if len(data) == len(text) else map(str.encode, values)  # type: ignore[arg-type]
    offsets = np.zeros(len(values) + 1, np.int32)
    np.cumsum(np.fromiter(map(len, cells), np.int32, len(values)), out=offsets[1:])
    buffers = [None if valid is None else valid.buffers()[1], pa.py_buffer(offsets), pa.py_buffer(data)]
    return pa.StringArray.from_buffers(len(values), buffers[1], buffers[2], buffers[0])


def _from_arrow(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _from_arrow(column.dictionary_decode())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return column.cast(pa.string())
    if pa.types.is_integer(kind) or pa.types.is_date(kind) or pa.types.is_boolean(kind):
        return column.cast(pa.string())
    return pa.array([as_text(value) for value in column.to_pylist()], pa.string())


def as_text(value: Any) -> str | None:
    """A JSON or Arrow value as one text: whole floats without their zero, lists of texts by lines, else JSON."""
    if value is None or isinstance(value, str):
        return value if value is None else value.encode("utf-8", "replace").decode()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, int):
        return str(value) if abs(value) < 10**400 else None
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value) or None
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        return str(value["name"])
    if isinstance(value, dict) and isinstance(value.get("url"), str) and value.keys() <= _PICTURE:
        return str(value["url"])
    if isinstance(value, (list, dict)):
        return _json(value) if value else None
    return str(value)


def _json(value: Any) -> str:
    try:
        return orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:  # whole numbers beyond 64 bits
        return json.dumps(value, default=str, ensure_ascii=False)


def coalesced(columns: list[pa.Array]) -> pa.Array:
    """The first of the columns that is not null, row by row."""
    return columns[0] if len(columns) == 1 else pc.coalesce(*columns)


def joined(column: pa.Array, separator: str) -> pa.Array:
    """Cells that hold a JSON list become its texts behind each other: of strings, or of objects by name or url."""
    lists = pc.fill_null(pc.starts_with(column, "["), False)
    if not lists.true_count:
        return column
    places: npt.NDArray[np.int64] = np.flatnonzero(lists.to_numpy(zero_copy_only=False))
    fresh = pa.array([_flat(column[int(i)].as_py(), separator) for i in places], pa.string())
    return pc.replace_with_mask(column, lists, fresh)


def _flat(cell: str, separator: str) -> str | None:
    try:
        items = orjson.loads(cell)
    except orjson.JSONDecodeError:
        return cell
    texts = []
    for item in items:
        if isinstance(item, dict):
            item = item.get("name") or item.get("url") or item.get("value") or item.get("src")
        if isinstance(item, (str, int, float)) and not isinstance(item, bool):
            texts.append(str(item).strip())
    return separator.join(text for text in texts if text) or None
