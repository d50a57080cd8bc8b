"""The kernels of the recall search do what their plain references do."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.detect.kernels.recall_rivals import bears, shows_code
from mapae.detect.kernels.recall_sound import alike
from mapae.detect.recall_entry import HIGH, NORMAL, Entry, Mode
from mapae.detect.recall_index import RecallIndex
from mapae.detect.recall_plain import plain_bears, plain_candidates, plain_shows_code
from mapae.detect.recall_terms import Nouns
from mapae.detect.recall_voice import cost_tables, voice
from mapae.text.fold import fold_cells, fold_text, fold_words
from mapae.text.names.phonetic import likeness

pytestmark = pytest.mark.slow

NOUNS = Nouns.build(
    [["power bank", "보조배터리", "充电宝"], ["helmet", "헬멧", "头盔"], ["candy", "사탕"]],
    [["power bank", "helmet"]],
)
ENTRIES = [
    Entry(
        ("Borvik",),
        ("BK-100", "BK200"),
        ("borvik", "slim", "stack"),
        ("borvik", "slim", "stack"),
        (0,),
        True,
        (("slim",),),
        True,
    ),
    Entry(("Borvik", "보르빅"), (), ("borvik", "glow"), ("borvik", "glow"), (1,), False),
    Entry((), ("X9",), ("turtle", "chess", "magnet"), ("turtle", "chess", "magnet"), (2,), False),
    Entry(("Sol & Mar", "太阳"), ("7711",), ("sol", "mar", "kids"), ("sol", "mar"), (1, 2), True, coded=True),
]
SHORT = Mode(cap=64, least=1.2, most=6, high=False, lead=11)
INDEX = RecallIndex.build(ENTRIES, NOUNS)
PIECES = [
    "borvik", "Bor-vik", "보르빅", "bk", "100", "BK-100", "bk200x", "power", "bank", "보조 배터리", "보조배터리",
    "充电宝", "头盔", "헬멧",
    "turtle", "chess", "magnet", "x9", "sol", "mar", "太阳",
    "7711", "candy", "사탕", "slim", "kids", ". ", ", ", " ", "-", "  ", "é",
    "a1b2", "ＢＫ２００", "\u200b", "+", "glow", "stack",
]  # fmt: skip
CELL = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=8
).map("".join)
ROW = st.tuples(CELL, CELL, CELL, CELL, CELL, CELL)


@pytest.mark.parametrize("mode", [NORMAL, HIGH, SHORT], ids=["normal", "high", "short lead"])
@settings(max_examples=150, deadline=None)
@given(rows=st.lists(ROW, min_size=1, max_size=5), heard=st.booleans())
def test_the_kernel_finds_the_candidates_of_the_plain_reference(mode, rows, heard) -> None:
    folded = fold_cells([pa.array([row[field] for row in rows]) for field in range(6)])
    extra = {0: INDEX.hear(["보르빅"])[0]} if heard else None
    got = INDEX.candidates(folded, 6, mode, extra)
    want = plain_candidates(INDEX, [[fold_words(cell) for cell in row] for row in rows], mode, extra)
    assert got.row.tolist() == [item[0] for item in want]
    assert got.recall.tolist() == [item[1] for item in want]
    assert got.flags.tolist() == [item[2] for item in want]
    assert np.allclose(got.score, [item[3] for item in want], atol=1e-5)


@settings(max_examples=300, deadline=None)
@given(cells=st.lists(CELL, min_size=1, max_size=4))
def test_the_kernel_finds_the_first_word_of_a_recalls_goods_and_its_place(cells) -> None:
    rows = np.arange(len(cells))
    for recall in range(len(ENTRIES)):
        got = INDEX.goods(fold_cells([pa.array(cells)]), rows, np.full(len(cells), recall), pa.array(cells))
        assert got.T.tolist() == [_first_goods(cell, recall) for cell in cells]


def _first_goods(cell: str, recall: int) -> list[int]:
    """What INDEX.goods says of one cell, in plain Python."""
    folded = fold_text(cell, 0)
    own = {near for kind in ENTRIES[recall].kinds for near in (kind, *NOUNS.kin.get(kind, ()))}
    for kind, start, end in NOUNS.find(folded.text):
        if kind in own:
            low, high = (len(folded.text[:at].encode()) for at in (start, end))
            return [kind, *folded.original(low, high)]
    return [-1, -1, -1]


def test_no_cell_has_no_words_of_goods() -> None:
    none = np.empty(0, np.int64)
    assert INDEX.goods(
        fold_cells([pa.array([], pa.string())]), none, none, pa.array([], pa.string())
    ).shape == (3, 0)


WORDS = st.text("bcdefgklmnoprstuvyz", min_size=1, max_size=12) | st.text(
    "가나베이스어보르빅핏콘티고", min_size=1, max_size=6
)


@settings(max_examples=200, deadline=None)
@given(left=WORDS, right=WORDS)
def test_the_kernel_hears_what_likeness_hears(left, right) -> None:
    zero = np.zeros(1, np.int64)
    got = alike(voice(left)[None, :], voice(right)[None, :], zero, zero, *cost_tables())
    assert got[0] == pytest.approx(likeness(left, right), abs=1e-9)


def test_a_brand_is_heard_in_hangul() -> None:
    assert INDEX.hear(["보르빅", "사탕"])[0]
    assert not INDEX.hear(["사탕"])[0]


CODES = st.lists(st.sampled_from(["bk100", "bk200x", "7711", "x9", "a1b2+"]), max_size=3)


@settings(max_examples=200, deadline=None)
@given(row=st.tuples(CELL, CELL, CELL), each=st.lists(CODES, min_size=1, max_size=3))
def test_the_kernel_finds_the_codes_that_the_plain_reference_finds(row, each) -> None:
    channel = fold_cells([pa.array([cell]) for cell in row]).channels[0]
    flat = [code.encode() for codes in each for code in codes]
    code_at = np.cumsum([0, *map(len, each)])
    starts = np.cumsum([0, *map(len, flat)])
    rows, recalls = np.zeros(len(each), np.int64), np.arange(len(each))
    held = np.frombuffer(b"".join(flat), np.uint8)
    got = bears(channel.data, channel.offsets, 3, np.asarray((0, 2)), rows, recalls, code_at, starts, held)
    assert got.tolist() == [
        any(plain_bears(fold_words(cell), codes) for cell in (row[0], row[2])) for codes in each
    ]


@settings(max_examples=300, deadline=None)
@given(cells=st.lists(CELL | st.text("aB19-._+/ 가", max_size=12), min_size=1, max_size=4))
def test_the_kernel_sees_the_codes_that_the_plain_reference_sees(cells) -> None:
    raw = [cell.encode() for cell in cells]
    got = shows_code(np.frombuffer(b"".join(raw), np.uint8), np.cumsum([0, *map(len, raw)]))
    assert got.tolist() == [plain_shows_code(cell) for cell in cells]
