"""What the tests of this measure share: the check bound to the pack, and adverts held against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from mapae.contract import Context
from mapae.contract.run import prepare
from mapae.law import LawBook
from mapae.lists import ListStore
from mapae.measures.illegal_ads import CARD
from mapae.model.finding import Finding
from mapae.model.records import KINDS
from mapae.pack import load_pack

Screen = Callable[..., list[Finding]]


@pytest.fixture(scope="session")
def screen() -> Screen:
    """Hold records (keyword `kind`: advert or post) against the measure's checks."""
    pack = load_pack("kr")
    context = Context(pack, LawBook(pack), ListStore.load(pack, user=False), date(2026, 11, 24))
    ready = {kind: prepare(CARD.checks, context, kind) for kind in CARD.kinds}

    def run(*records: dict[str, Any], kind: str = "advert") -> list[Finding]:
        shape = KINDS[kind]
        rows = [
            {name: row.get(name) for name in shape.schema.names} | {shape.key: row.get(shape.key, str(i))}
            for i, row in enumerate(records)
        ]
        return list(ready[kind].findings(pa.RecordBatch.from_pylist(rows, schema=shape.schema)))

    return run
