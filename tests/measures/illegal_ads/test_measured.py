"""What the check reaches on fined adverts, ordinary listings and the frozen cases; candidates leave nothing out."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from mapae.app.context import make_context
from mapae.app.evaluate import evaluate
from mapae.contract.run import make_batch, prepare
from mapae.measures.illegal_ads import CARD
from mapae.measures.illegal_ads.check import CHECK
from mapae.model.finding import Finding
from mapae.model.records import KINDS
from mapae.sources import open_source

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
Screen = Callable[..., list[Finding]]


@pytest.mark.slow
def test_fined_adverts_are_found(shared: Path, screen: Screen) -> None:
    with (shared / "data/adverts/fined_adverts.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["ad_text"].strip()]
    found = screen(*({"headline": row["product"], "text": row["ad_text"]} for row in rows))
    assert len(rows) == 337
    assert len(found) / len(rows) >= 0.8


@pytest.mark.slow
def test_ordinary_listings_read_as_adverts_are_seldom_flagged(shared: Path, screen: Screen) -> None:
    rows = [
        {"headline": row["title"], "text": row["description"]}
        for path in sorted((shared / "data/listings").glob("*.csv"))
        for batch in open_source(path).batches()
        for row in batch.to_pylist()
    ]
    found = screen(*rows)
    assert len(rows) >= 3000
    assert len(found) / len(rows) <= 0.01


@pytest.mark.no_cover
@pytest.mark.parametrize("language", ["en", "ko", "zh", "mixed"])
def test_frozen_cases_are_answered(language: str) -> None:
    context = make_context("kr", date(2026, 11, 24), "none")
    result = evaluate("adverts", ROOT / "tests/cases/adverts.jsonl", context)
    assert result.by_language[language].value >= 0.9
    assert result.by_language[language].more["class_macro_f1"] >= 0.9


@pytest.mark.slow
def test_candidates_hold_every_row_that_judging_would_find() -> None:
    context = make_context("kr", date(2026, 11, 24), "none")
    bound = CHECK.bind(context)
    ready = prepare(CARD.checks, context, "advert")
    cases = _cases(ROOT / "tests/cases/adverts.jsonl")
    shape = KINDS["advert"]
    rows = [{name: case.get(name) for name in shape.schema.names} for case in cases]
    batch = make_batch("advert", pa.RecordBatch.from_pylist(rows, schema=shape.schema))
    [hits] = ready.lexicon.scan(batch.text, len(shape.text))
    reader = bound.reader  # type: ignore[attr-defined]
    judged = [i for i in range(len(batch)) if reader.judge(batch.row(i), hits.of_row(i)) is not None]
    assert judged
    assert np.isin(judged, reader.candidates(batch, hits)).all()


def _cases(path: Path) -> list[dict[str, str]]:
    import orjson

    return [orjson.loads(line)["advert"] for line in path.read_bytes().splitlines()]
