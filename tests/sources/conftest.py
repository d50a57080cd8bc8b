"""Writes small inputs and reads them whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapae.model.records import KINDS
from mapae.sources import Source, open_source

Read = Callable[..., tuple[list[dict[str, Any]], Source]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """read(name, content, **options) -> (rows, source); every batch must have the kind's schema."""

    def run(name: str, content: bytes | str, **options: Any) -> tuple[list[dict[str, Any]], Source]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        source = open_source(path, **options)
        rows: list[dict[str, Any]] = []
        for batch in source.batches():
            assert batch.schema.equals(KINDS[source.kind].schema, check_metadata=True)
            batch.validate(full=True)
            rows += batch.to_pylist()
        assert len(rows) == source.rows_read
        return rows, source

    return run
