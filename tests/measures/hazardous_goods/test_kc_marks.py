"""The search of whole columns for sayings of the KC mark passes over no cell in which one stands."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.measures.hazardous_goods.kc_marks import Marks, read_mark
from mapae.pack import load_pack

WORDS = load_pack("kr").data("lexicons/kc.yaml")
MARKS = Marks.of(WORDS)
SAID = [word for words in WORDS["said"].values() for word in words]
NUMBERS = st.from_regex("|".join(WORDS["numbers"].values()), fullmatch=True)
PIECE = st.sampled_from(SAID).map(str.upper) | st.sampled_from(SAID) | NUMBERS | st.text(max_size=4)
CELL = st.none() | st.lists(PIECE, max_size=4).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(cells=st.lists(CELL, min_size=1, max_size=4), chemical=st.booleans())
def test_a_row_that_says_something_is_never_passed_over(cells: list[str | None], chemical: bool) -> None:
    said = read_mark({str(at): cell for at, cell in enumerate(cells) if cell}, MARKS, chemical)
    (speaks,) = MARKS.may_speak([pa.array([cell], pa.string()) for cell in cells])
    assert speaks or [item.saying for item in said] == ["nothing"]


@pytest.mark.parametrize(
    ("cell", "speaks"),
    [
        ("멀티탭 3구 KC인증번호 HU071234-21001A", True),
        ("KC 인증 없음", True),
        ("ＫＣ 인증 없음, 번호 CB０６１R1234-1001", True),
        ("유아 치발기 실리콘 3개", False),
        (None, False),
    ],
)
def test_only_what_may_speak_of_the_mark_is_read(cell: str | None, speaks: bool) -> None:
    assert MARKS.may_speak([pa.array([cell], pa.string())]).tolist() == [speaks]
