"""Brand, model and GTIN out of a cell that lists a product's specifications."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import yaml

from mapae.sources.layouts import signs

__all__ = ["from_specs", "read_specs"]

_NONE = frozenset(
    "nobrand tidakadamerek none na generic sinmarca tanpamerek unbranded 브랜드없음 无品牌 nan null".split()
)


@cache
def _names() -> dict[str, str]:
    data: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "profiles/specs.yaml").read_text("utf-8"))
    return {signs(name): column for column, names in data.items() for name in names}


def from_specs(done: dict[str, pa.Array], cells: pa.Array) -> None:
    """Fill nulls of brand, model, gtin, seller_name and ships_from from specifications, in place."""
    open_columns = {column for column in _names().values() if column in done and done[column].null_count}
    if not open_columns or cells.null_count == len(cells):
        return
    read = [read_specs(cell) if cell else {} for cell in cells.to_pylist()]
    for column in open_columns:
        found = pa.array([row.get(column) for row in read], pa.string())
        done[column] = pc.coalesce(done[column], found)


def read_specs(cell: str) -> dict[str, str]:
    """Column to value of a JSON list of {name, value}, a JSON object, or lines of `name: value`."""
    pairs: list[tuple[Any, Any]] = []
    if cell[:1] in "[{":
        try:
            data = orjson.loads(cell)
        except orjson.JSONDecodeError:
            return {}
        items = data.items() if isinstance(data, dict) else map(_pair, data)
        pairs = list(items)
    else:
        pairs = [(name, value) for name, _, value in (part.partition(":") for part in cell.splitlines())]
    result: dict[str, str] = {}
    for name, value in pairs:
        column = _names().get(signs(name)) if isinstance(name, str) else None
        if column and isinstance(value, (str, int)) and column not in result:
            text = str(value).strip()
            if text and signs(text) not in _NONE:
                result[column] = text
    return result


def _pair(item: Any) -> tuple[Any, Any]:
    if not isinstance(item, dict):
        return None, None
    name = next(
        (item[key] for key in ("name", "attribute_name", "specification_name", "key") if key in item), None
    )
    value = next(
        (item[key] for key in ("value", "attribute_value", "specification_value") if key in item), None
    )
    return name, value
