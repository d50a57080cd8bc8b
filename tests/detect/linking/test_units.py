"""Letter runs and numbers: the kernel agrees with its plain reference, and reads names and codes as people do."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.detect.kernels.units import numbers, units
from mapae.detect.linking.units import CHARACTERS, character_kinds, numbers_of, stream_of, units_of
from mapae.text.fold import fold_cells, fold_words

TEXT = st.text(
    st.one_of(
        st.sampled_from("ab1 2.-/'gx 삼성電话カ é・"),
        st.characters(exclude_categories=("Cs",), max_codepoint=0x2FFFF),
    ),
    max_size=40,
)


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_the_kernel_gives_the_units_and_numbers_of_the_reference(cells):
    folded = fold_cells([pa.array([a for a, _ in cells]), pa.array([b for _, b in cells])]).channels[0]
    ids, in_title, in_all, ends = units(folded.data, folded.offsets, character_kinds(), CHARACTERS)
    values, titled, number_ends = numbers(folded.data, folded.offsets, 10_000)
    for row, cell in enumerate(cells):
        title, rest = (
            bytes(
                folded.data[folded.offsets[2 * row + part] : folded.offsets[2 * row + part + 1] - 1]
            ).decode()
            for part in range(2)
        )
        own = slice(ends[row], ends[row + 1])
        want = Counter(units_of(title)) + Counter(units_of(rest))
        assert dict(zip(ids[own].tolist(), in_all[own].tolist(), strict=True)) == want, cell
        assert +Counter(dict(zip(ids[own].tolist(), in_title[own].tolist(), strict=True))) == Counter(
            units_of(title)
        )
        own = slice(number_ends[row], number_ends[row + 1])
        assert values[own].tolist() == numbers_of(title) + numbers_of(rest), cell
        assert titled[own].tolist() == [True] * len(numbers_of(title)) + [False] * len(numbers_of(rest))


def test_a_code_is_the_same_with_and_without_hyphens_or_slashes():
    assert stream_of("kx-tg9343t") == stream_of("kxtg9343t") == " kxtg9343t "
    assert stream_of("mdred12lp/red") == " mdred12lpred "
    assert stream_of("kiehl's") == " kiehls "


def test_a_version_keeps_its_point_and_other_points_part_words():
    assert stream_of("v2.0 cu. ft.") == " v2.0 cu ft "


def test_korean_and_chinese_are_read_in_twos_and_latin_in_threes():
    assert len(units_of("전기포트")) == 5  # " 전기", 전기, 기포, 포트, "트 "
    assert len(units_of("abcd")) == 4


@pytest.mark.parametrize(
    ("text", "thousandths"),
    [
        ("turbocad 11", [11_000]),
        ("office v. 2.0", [2_000]),
        ("nero v7", [7_000]),
        ("16gb card", [16_000]),
        ("18-200mm lens", [18_000, 200_000]),
        ("lg 32lg40 tv", []),
        ("kdl52xbr6", []),
        ("711719851004", []),
        ("1.2.3", [1_200]),
    ],
)
def test_numbers_stand_alone_or_before_a_unit_but_not_inside_a_code(text, thousandths):
    assert numbers_of(fold_words(text)) == thousandths
