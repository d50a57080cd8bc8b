"""The compiled way back to the original is that of the plain reference."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given, settings

from mapae.text.cell import FoldedCell
from mapae.text.fold import fold_cells, fold_text
from tests.text.test_fold_kernel import cells


def check(first: str, second: str) -> None:
    folded = fold_cells([pa.array([first], pa.string()), pa.array([second], pa.string())])
    for number, source in enumerate((first, second)):
        for channel in (0, 1):
            cell, reference = FoldedCell(folded, number, channel, source), fold_text(source, channel)
            assert (cell.text, cell.data, cell.pieces) == (reference.text, reference.data, reference.pieces)
            ends = range(len(reference.data) + 1)
            for start in ends:
                for end in (start, start + 1, start + 3, len(reference.data)):
                    if end in ends:
                        assert cell.original(start, end) == reference.original(start, end)


@settings(deadline=None, max_examples=150)
@given(cells, cells)
def test_a_cell_finds_the_originals_of_all_its_bytes(first, second):
    check(first or "", second or "")


def test_jamo_digits_and_symbols_are_led_back_to_what_they_were_made_of():
    check("나1키 ㄴㅏㅇㅣㅋㅣ ㅋㅋ 가ㄴ다ㄳ", "n|k3 A\u0301\u1112\u1161\u11ab  ½ﬁ \u200b 龍")
    cell = FoldedCell(fold_cells([pa.array(["x ㄴㅏㅇㅣㅋㅣ!"])]), 0, 1, "x ㄴㅏㅇㅣㅋㅣ!")
    assert cell.text == "x나이키"
    assert cell.original(1, 10) == (2, 8)
