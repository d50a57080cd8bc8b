"""Small invented tables of listings for the tests of linking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from mapae.detect.linking import Table, build_table
from mapae.model.records import KINDS

SCHEMA = KINDS["listing"].schema


def batch(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    full = [{name: row.get(name) for name in SCHEMA.names} for row in rows]
    return pa.RecordBatch.from_pylist(full, schema=SCHEMA)


def table(folder: Path, *titles: str | dict[str, Any], size: int = 1000) -> Table:
    rows = [
        {"listing_id": str(at), **(item if isinstance(item, dict) else {"title": item})}
        for at, item in enumerate(titles)
    ]
    return build_table((batch(rows[at : at + size]) for at in range(0, len(rows), size)), folder)
