"""A batch leads every hit back to the original cell."""

from __future__ import annotations

import pyarrow as pa

from mapae.contract.run import make_batch
from mapae.detect.lexicon import Lexicon, Term
from mapae.model.records import KINDS

LISTING = KINDS["listing"]


def batch_of(*rows: dict[str, str]):
    full = [{name: row.get(name) for name in LISTING.schema.names} for row in rows]
    return make_batch("listing", pa.RecordBatch.from_pylist(full, schema=LISTING.schema))


def test_a_span_is_the_text_seen_in_the_original_cell():
    batch = batch_of({"title": "정품 N.i.k.e 신발"}, {"description": "ＮＩＫＥ"})
    hits = Lexicon.build(((Term("nike", channels="both"),),)).scan(batch.text, len(LISTING.text))[0]
    spans = [
        batch.row(hits.row[i]).span(hits.field[i], hits.channel[i], hits.start[i], hits.end[i])
        for i in range(len(hits))
    ]
    assert [(span.start, span.end, span.seen) for span in spans] == [(3, 10, "N.i.k.e"), (0, 4, "ＮＩＫＥ")]


def test_a_row_gives_its_cells_by_name_and_folds_any_of_them():
    row = batch_of({"title": "Bag", "platform": "Lumibay Ⅷ"}).row(0)
    assert (row["title"], row.text("brand"), row["brand"]) == ("Bag", "", None)
    assert row.folded("title").text == "bag"
    assert row.folded("brand").original(0, 0) == (0, 0)
    assert row.folded("platform").text == "lumibay viii"  # no text column of the kind
    assert row.folded("platform").original(8, 12) == (8, 9)


def test_rows_come_in_the_order_asked_for():
    batch = batch_of({"title": "a"}, {"title": "b"})
    assert [row["title"] for row in batch.rows([1, 0])] == ["b", "a"]
    assert len(batch) == 2
