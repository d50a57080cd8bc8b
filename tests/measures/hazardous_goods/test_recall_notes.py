"""Notes of the high-recall mode: what they show of a listing and of a notice."""

from __future__ import annotations

import dataclasses
from datetime import date

import pyarrow as pa
import pytest

from mapae.app.context import make_context
from mapae.contract.run import Prepared, make_batch, prepare
from mapae.detect.recall_entry import HIGH
from mapae.measures.hazardous_goods.recalls import CHECK
from mapae.measures.hazardous_goods.recalls.verdict import POSSIBLE, THRESHOLD
from mapae.model.finding import Finding
from mapae.model.records import KINDS

pytestmark = pytest.mark.slow

SCHEMA = KINDS["listing"].schema
TITLES = (
    "Ｈａｌｏ  Lck Magnetic POWER-BANK",
    "HaloLck wireless 보조 배터리",
    "Glas tempered shattering magnetic portable",
    "Wooden ladder, one kind of goods only",
    None,
)


@pytest.fixture(scope="module")
def wide() -> Prepared:
    context = make_context(lists="none", as_of=date(2026, 11, 24))
    return prepare((CHECK,), dataclasses.replace(context, options={"recall_mode": "high"}), "listing")


def _records(*titles: str | None) -> pa.RecordBatch:
    cells = [
        dict.fromkeys(SCHEMA.names)
        | {"listing_id": f"L{at}", "platform": "Lumibay", "url": f"u{at}", "title": title}
        for at, title in enumerate(titles)
    ]
    return pa.RecordBatch.from_pylist(cells, schema=SCHEMA)


def _notes(wide: Prepared, *titles: str | None) -> list[Finding]:
    return [item for item in wide.findings(_records(*titles)) if item.score * 4 < POSSIBLE]


def test_a_note_shows_the_word_of_goods_where_it_stood_in_the_title(wide: Prepared) -> None:
    shown = [reason for item in _notes(wide, *TITLES) for reason in item.reasons if reason.end]
    assert {"POWER-BANK", "보조 배터리"} & {reason.seen for reason in shown}
    for item in _notes(wide, *TITLES):
        title = TITLES[int(item.subject_id[1:])] or ""
        for reason in item.reasons:
            assert reason.seen == (title[reason.start : reason.end] if reason.end else title)


def test_a_note_is_of_the_best_candidate_of_a_row_and_ranks_as_a_hint(wide: Prepared) -> None:
    notes = _notes(wide, *TITLES)
    batch, bound = make_batch("listing", _records(*TITLES)), wide.bounds[0]
    found = bound.index.candidates(batch.text, len(batch.kind.text), HIGH)
    best = found.take(found.firsts)
    ids = dict(zip(best.row.tolist(), bound.table["id"].take(pa.array(best.recall)).to_pylist(), strict=True))
    assert notes
    for note in notes:
        row = int(note.subject_id[1:])
        assert note.reference_id == ids[row]
        assert (note.severity, note.operator, note.subject_url) == ("info", "Lumibay", f"u{row}")
        assert note.subject_title == TITLES[row]
        assert note.score * 4 < THRESHOLD


def test_a_note_does_not_depend_on_the_rows_beside_it(wide: Prepared) -> None:
    alone = [
        dataclasses.replace(item, subject_id=f"L{at}", subject_url=f"u{at}")
        for at, title in enumerate(TITLES)
        for item in wide.findings(_records(title))
    ]
    assert list(wide.findings(_records(*TITLES))) == alone
