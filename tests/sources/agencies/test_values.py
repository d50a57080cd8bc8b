"""Cells become values of a list's fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.sources.agencies.names import plain, plain_entry
from mapae.sources.agencies.profile import Field
from mapae.sources.agencies.scope import periods_in
from mapae.sources.agencies.values import KINDS, BadValue

FIELD = Field(())


def value(kind: str, *cells: object, field: Field = FIELD) -> object:
    return KINDS[kind](list(cells), field)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("A-100, A-200", ["A-100", "A-200"]),
        ("1,3-dimethylamylamine, DMAA", ["1,3-dimethylamylamine", "DMAA"]),
        ("DMAA, 1,3-dimethylamylamine", ["DMAA", "1,3-dimethylamylamine"]),
        ("1, 3-dimethylamylamine", ["1, 3-dimethylamylamine"]),
        ("가, 나、다", ["가", "나", "다"]),
        ("Lamp (red, blue); Lamp II", ["Lamp (red, blue)", "Lamp II"]),
        ("없음", []),
        (" - ", []),
        (["X, Y", "Z"], ["X, Y", "Z"]),
    ],
)
def test_names_part_at_commas_that_part_names(cell, names):
    assert value("names", cell) == names


def test_models_lose_their_label_and_the_count_of_others():
    assert value("models", "Model: XR-5060,XR-5070 외 3종") == ["XR-5060", "XR-5070"]
    assert value("models", "5060,5061") == ["5060", "5061"]


def test_gtins_need_a_right_check_digit():
    assert value("gtins", "4006381333931 / 0 36000 29145 2") == ["4006381333931", "036000291452"]
    assert value("gtins", 4006381333931.0) == ["4006381333931"]
    with pytest.raises(BadValue, match="check digit"):
        value("gtins", "4006381333932")
    assert value("gtins_in_text", "lamp, UPC: 4006381333932 and phone 02-1234-5678") == []


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("20260703", "2026-07-03"),
        ("2026.7.3", "2026-07-03"),
        ("2026-07-03T00:00:00Z", "2026-07-03"),
        ("2026-07-03 ~ 2026-08-01", "2026-07-03"),
    ],
)
def test_dates_become_iso_days(cell, day):
    assert value("date", cell) == day


def test_what_is_no_date_or_no_word_of_the_set_is_said():
    with pytest.raises(BadValue, match="not a date"):
        value("date", "soon")
    words = Field((), "word", {"released": ("해제", "N"), "designated": ("지정", "Y")})
    assert value("word", "지정해제", field=words) == "released"
    assert value("word", "Y", field=words) == "designated"
    with pytest.raises(BadValue, match="not one of released, designated"):
        value("word", "여부 미정", field=words)
    with pytest.raises(BadValue, match="neither yes nor no"):
        value("bool", "maybe")
    with pytest.raises(BadValue, match="not a JSON object"):
        value("object", "12 USD")


def test_a_scope_is_an_object_or_a_note():
    assert value("scope", '{"sizes": ["M"]}') == '{"sizes":["M"]}'
    assert value("scope", "size M only") == '{"note":"size M only"}'


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024.01.01~2024.05.31", ["2024-01", "2024-05"]),
        ("2023년 3월 이전", ["0000-00", "2023-03"]),
        ("from 2021-05-01", ["2021-05", "9999-12"]),
        ("8.12.2007 to 26.7.2013", ["2007-12", "2013-07"]),
        ("20240105", ["2024-01", "2024-01"]),
        ("2022년 생산", ["2022-01", "2022-12"]),
        ("unknown", []),
    ],
)
def test_periods_of_manufacture_are_read_as_notices_write_them(text, period):
    assert periods_in(text) == period


@pytest.mark.parametrize(
    ("text", "hazard"),
    [
        ("납 함량이 기준치를 초과", "lead"),
        ("충전 중 과열로 화재 발생", "fire"),
        ("작은 부품을 삼킬 위험", "choking"),
        ("Button cell can be swallowed", "battery_ingestion"),
        ("표시사항 누락", "other"),
    ],
)
def test_what_a_notice_says_of_the_danger_becomes_a_class(text, hazard):
    assert value("hazard", text) == hazard


def test_a_scope_that_no_check_could_read_is_bad():
    for scope in ('{"made": ["2024"]}', '{"codes": "A1"}', '{"ranges": [["1"]]}', '{"years": ["soon"]}'):
        with pytest.raises(BadValue, match="must be"):
            value("scope", scope)


def test_markup_entities_and_surrogates_do_not_reach_the_list():
    assert value("line", "<p>fire &amp; burns</p><br/>") == "fire & burns"
    assert value("text", "bad \ud800 text") == "bad ? text"
    assert value("line", "a < b") == "a < b"


def test_columns_match_whatever_their_spacing_and_brackets_entries_do_not():
    assert plain(" 제 품 명 (한글) ") == plain("제품명") == "제품명"
    assert plain("RECALL_UID") == plain("recallUid")
    assert plain_entry("Nandrolone(M1)") != plain_entry("Nandrolone(M2)")


@given(st.sampled_from(sorted(KINDS)), st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=6,
))  # fmt: skip
def test_any_cell_is_read_or_named_bad(kind, cell):
    try:
        found = value(kind, cell)
    except BadValue:
        return
    assert found is None or isinstance(found, (str, bool, list))
    if isinstance(found, list):
        assert all(isinstance(item, str) and item for item in found)
