"""The folding kernel gives what the plain reference gives, byte for byte and mark for mark."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.text.fold import BOUNDARY, CHANGED, KIND_SHIFT, SPACED, fold_cells, fold_text
from mapae.text.tables import tables

pytestmark = pytest.mark.slow

# characters whose neighbours matter: jamo of all blocks, digits among Hangul, leet, marks, spaces, look-alikes
CROWD = (
    "가각ㄱㅏㄳㅋㅋㅣ\u1100\u1161\u11a8\u1112\u1175\u11c2ᄒ "
    "0123lL1|!$@¡£€a4Zя́о\u200b\u00ad\u3164　\u3000ﾊ金龍½ﬁ㎏①ⓐ𝐀😀🇰.-_,\n\t\x00"
)
crowded = st.text(st.sampled_from(CROWD), max_size=30)
cells = st.one_of(crowded, st.text(max_size=30), st.none())


def expected(text: str, channel: int) -> tuple[bytes, list[int], list[int]]:
    """(bytes, marks, plain bytes) of a cell by the reference."""
    folded = fold_text(text, channel)
    marks, plain = [], []
    for piece in folded.pieces:
        rest = [0] * (len(piece.text.encode()) - 1)
        spaced = SPACED * piece.spaced if channel else 0
        marks += [
            BOUNDARY * piece.begins | CHANGED * piece.changed | spaced | piece.kind << KIND_SHIFT,
            *rest,
        ]
        plain += [(piece.plain.encode() or b"\0")[0], *rest]
    return folded.data, marks, list(plain)


def check(columns: list[list[str | None]]) -> None:
    folded = fold_cells([pa.array(column, pa.string()) for column in columns])
    rows = len(columns[0])
    for channel, buffers in enumerate(folded.channels):
        assert len(buffers.offsets) == rows * len(columns) + 1
        for row in range(rows):
            for field, column in enumerate(columns):
                first, last = buffers.offsets[row * len(columns) + field :][:2]
                data, marks, plain = expected(column[row] or "", channel)
                assert buffers.data[first:last].tobytes() == data + b"\0"
                assert buffers.marks[first : last - 1].tolist() == marks
                assert channel == 0 or buffers.plain[first : last - 1].tolist() == plain
                assert buffers.marks[last - 1] & BOUNDARY


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=5))
def test_the_kernel_gives_what_the_reference_gives(rows):
    check([[row[0] for row in rows], [row[1] for row in rows]])


@pytest.mark.no_cover
def test_every_character_that_changes_and_some_others_are_folded_as_the_reference_says():
    index = tables().index
    every = [
        chr(code)
        for code in range(0x30000)
        if not 0xD800 <= code < 0xE000 and (index[code] != -1 or not code % 61)
    ]
    check([every, [f"a{char}가" for char in every]])


def test_columns_may_be_sliced_large_or_without_any_text():
    whole = pa.array(["skip", "가격 ½", None, "N1KE"])
    assert np.array_equal(
        fold_cells([whole.slice(1)]).channels[1].data,
        fold_cells([pa.array(["가격 ½", "", "N1KE"], pa.large_string())]).channels[1].data,
    )
    check([[None, None], ["", "x"]])
    assert [len(channel.offsets) for channel in fold_cells([]).channels] == [1, 1]
    assert [len(channel.offsets) for channel in fold_cells([pa.array([], pa.string())]).channels] == [1, 1]


def test_a_text_that_grows_when_folded_finds_room():
    check([["㍿" * 500, "ﷺ" * 2000], ["x", "½" * 3000]])
