"""Columns that lie inside a list of objects, as the regions of an advert: their least, greatest or sum."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from mapae.sources.blocks import Column
from mapae.sources.layouts import signs

__all__ = ["from_nested"]

_WAYS: Mapping[str, Callable[[Iterable[Any]], Any]] = {"min": min, "max": max, "sum": sum}


def from_nested(
    nested: Mapping[str, tuple[str, str, str]], columns: Mapping[str, Column], done: dict[str, pa.Array]
) -> None:
    """Fill nulls of `done`, in place, from lists of objects or their JSON."""
    for column, (source, name, way) in nested.items():
        found = next((values for key, values in columns.items() if signs(key) == source), None)
        if found is None or column not in done:
            continue
        kind = done[column].type
        cells = found if isinstance(found, list) else found.to_pylist()
        fresh = [_gathered(_objects(cell), name, way, pa.types.is_floating(kind)) for cell in cells]
        done[column] = pc.coalesce(done[column], pa.array(fresh, kind))


def _objects(cell: Any) -> list[Any]:
    if isinstance(cell, str):
        try:
            cell = orjson.loads(cell)
        except orjson.JSONDecodeError:
            return []
    return cell if isinstance(cell, list) else [cell]


def _gathered(items: list[Any], name: str, way: str, number: bool) -> Any:
    values = [item[name] for item in items if isinstance(item, dict) and item.get(name) is not None]
    try:
        values = [float(value) for value in values] if number else [str(value) for value in values]
    except (TypeError, ValueError):
        return None
    return _WAYS[way](values) if values else None
