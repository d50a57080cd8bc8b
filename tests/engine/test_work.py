"""Findings as columns are the findings as rows, each with what stands around its spans."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.contract.run import make_batch
from mapae.engine.work import CONTEXT, _around
from mapae.model.finding import FINDING_SCHEMA, Finding, Reason, finding_id, to_batch
from tests.engine.sample import LISTING

words = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
reasons = st.builds(
    Reason, st.sampled_from(["title", "description", "price"]), st.integers(0, 9), st.integers(0, 99), words, words,
    words, st.sampled_from([0.0, 0.25, 1.0]),
)  # fmt: skip
findings = st.builds(
    Finding, st.just("sample.words"), st.just("sample"), st.just("listing"), words, words,
    st.sampled_from(["low", "high"]), st.sampled_from([0.5, 1.0]), words,
    st.lists(reasons, min_size=1, max_size=3).map(tuple),
    st.none() | st.just(date(2026, 7, 1)), st.none() | words, st.none() | words,
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(findings, max_size=5))
def test_columns_of_findings_hold_what_their_rows_say(rows):
    table = to_batch(rows, as_of=date(2026, 11, 24), pack_version="p")
    plain = [
        {name: value for name, value in asdict(row).items() if name != "extra"}
        | {"finding_id": finding_id(row), "as_of": date(2026, 11, 24), "pack_version": "p"}
        for row in rows
    ]
    assert table.equals(pa.RecordBatch.from_pylist(plain, schema=FINDING_SCHEMA))


@settings(deadline=None)
@given(st.lists(st.tuples(findings, words, st.none() | words), max_size=5))
def test_what_stands_around_a_span_is_the_original_text(rows):
    cells = [
        dict.fromkeys(LISTING.schema.names) | {"listing_id": str(at), "title": title, "description": other}
        for at, (_, title, other) in enumerate(rows)
    ]
    batch = make_batch("listing", pa.RecordBatch.from_pylist(cells, schema=LISTING.schema))
    sides = _around(batch, list(range(len(rows))), [finding for finding, *_ in rows]).to_pylist()
    for (finding, title, other), found in zip(rows, sides, strict=True):
        texts = {"title": title, "description": other or "", "price": ""}
        assert found == [
            {
                "before": texts[reason.field][max(0, reason.start - CONTEXT) : reason.start],
                "after": texts[reason.field][reason.end : reason.end + CONTEXT],
            }
            if reason.end > reason.start
            else {"before": "", "after": ""}
            for reason in finding.reasons
        ]
