"""A candidate left out for another's code is one that the judge would have turned down."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.app.context import make_context
from mapae.contract.run import make_batch
from mapae.measures.hazardous_goods.recalls.excuses import places
from mapae.measures.hazardous_goods.recalls.judge import judge
from mapae.measures.hazardous_goods.recalls.notice import recall_of
from mapae.measures.hazardous_goods.recalls.rivals import Rivals
from mapae.measures.hazardous_goods.recalls.verdict import THRESHOLD
from mapae.measures.hazardous_goods.recalls.view import View
from mapae.measures.hazardous_goods.recalls.words import load_words
from mapae.model.records import KINDS

CONTEXT = make_context(lists="none", as_of=date(2026, 11, 24))
WORDS = load_words(CONTEXT.pack)
ROWS = [
    row
    for row in CONTEXT.lists.table("recalls").to_pylist()
    if row["id"] in {"cpsc:25338", "cpsc:25437", "cpsc:26011", "cpsc:24069", "cpsc:22113", "cpsc:26457"}
]
RIVALS = Rivals.of(ROWS, WORDS.nouns)
SCHEMA = KINDS["listing"].schema
PIECES = [
    "Anker", "앵커", "ESR", "HaloLock", "power bank", "보조배터리", "充电宝", "A1263", "A 1263", "a-1263", "A1263X", "2G520",
    "2G505B", "A1289", "BK-3391", "10000mAh", "PowerCore", "12345", "Stokke Clikk", "high chair", "034464", "BlendJet 2",
    "blender", "black",
]  # fmt: skip
CELL = st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(title=CELL, text=CELL, brand=st.sampled_from(["", "Anker", "ESR"]), model=CELL)
def test_the_judge_turns_down_what_is_left_out(title: str, text: str, brand: str, model: str) -> None:
    cells = {"listing_id": "1", "title": title, "description": text, "brand": brand, "model": model}
    row = dict.fromkeys(SCHEMA.names) | cells
    batch = make_batch("listing", pa.RecordBatch.from_pylist([row], schema=SCHEMA))
    recalls = np.arange(len(ROWS))
    beaten, barren = RIVALS.weigh(batch, np.zeros(len(ROWS), np.int64), recalls)
    for number in recalls:
        recall, view = recall_of(ROWS[number], WORDS.nouns, CONTEXT.as_of), View(batch.row(0), WORDS.nouns)
        if barren[number]:
            assert not list(places(recall, view, set()))
        if beaten[number]:
            assert judge(recall, view, WORDS, {}, THRESHOLD).score < THRESHOLD


@pytest.mark.parametrize(
    ("title", "beaten"),
    [
        ("Anker power bank A1289", True),
        ("Anker power bank A1263", False),
        ("Anker power bank A 1263-B vs A1289", False),
        ("Anker power bank", False),
    ],
)
def test_only_another_code_without_one_of_the_notice_leaves_a_candidate_out(title: str, beaten: bool) -> None:
    row = dict.fromkeys(SCHEMA.names) | {"listing_id": "1", "title": title}
    batch = make_batch("listing", pa.RecordBatch.from_pylist([row], schema=SCHEMA))
    (at,) = [number for number, row in enumerate(ROWS) if row["id"] == "cpsc:25338"]
    assert RIVALS.weigh(batch, np.zeros(1, np.int64), np.asarray([at]))[0].tolist() == [beaten]
