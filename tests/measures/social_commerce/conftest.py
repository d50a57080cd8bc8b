"""Posts and documents as records, judged by the checks of the measure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pytest

from mapae.app.context import make_context
from mapae.contract import Context
from mapae.contract.run import prepare
from mapae.measures.social_commerce.market_posts import MARKET_POSTS
from mapae.model.finding import Finding
from mapae.model.records import KINDS


def records(kind: str, rows: list[dict[str, object]]) -> pa.RecordBatch:
    """Rows of a kind; what they do not say is null."""
    schema = KINDS[kind].schema
    return pa.RecordBatch.from_pylist([dict.fromkeys(schema.names) | row for row in rows], schema=schema)


@pytest.fixture(scope="session")
def context() -> Context:
    return make_context("kr", date(2026, 11, 25), "none")


@pytest.fixture(scope="session")
def sells(context: Context) -> Callable[[str], Finding | None]:
    ready = prepare((MARKET_POSTS,), context, "post")

    def judge(text: str) -> Finding | None:
        found = list(
            ready.findings(records("post", [{"post_id": "p", "platform": "Instagram", "text": text}]))
        )
        return found[0] if found else None

    return judge
