"""The rank audit: kernels equal to plain Python, boosts found, shuffled data seldom alarmed, bad rows told."""

from __future__ import annotations

import json
import math
import random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.detect.kernels.rank_audit import add_moments, add_scores, permuted
from mapae.detect.rank_audit import audit
from mapae.detect.rank_plain import moments, scores
from mapae.model.records import KINDS

SCHEMA = KINDS["search_result"].schema


def batch(**columns):
    count = len(columns["query"])
    return pa.RecordBatch.from_arrays(
        [
            pa.array(columns[item.name], item.type) if item.name in columns else pa.nulls(count, item.type)
            for item in SCHEMA
        ],
        schema=SCHEMA,
    )


def pages(seed, queries, boost, *, size=24, confounded=0.8):
    """Result pages by chance in which own brand is of better quality, and stands `boost` places higher than that."""
    chance = np.random.default_rng(seed)
    own = chance.random((queries, size)) < 0.15
    quality = chance.normal(size=own.shape) + confounded * own
    price = np.exp(chance.normal(3, 1, own.shape))
    worth = quality - 0.3 * np.log(price) + chance.normal(size=own.shape)
    position = worth.argsort(axis=1)[:, ::-1].argsort(axis=1) + 1.0
    if boost:
        position = (position - own * (boost + 0.5)).argsort(axis=1, kind="stable").argsort(axis=1) + 1.0
    told = [
        json.dumps({"rating": q, "price": p}) for q, p in zip(quality.ravel(), price.ravel(), strict=True)
    ]
    names = [f"q{number}" for number in range(queries) for _ in range(size)]
    return batch(query=names, position=position.ravel(), own_brand=own.ravel(), attributes=told)


def run(*batches):
    return audit(lambda: iter(batches))


def test_a_boost_of_three_places_in_200_queries_is_found_and_measured():
    found = run(pages(1, 200, 3))
    assert found.alarm and found.p < 0.001
    assert -3.5 < found.effect < -2
    assert found.attributes == ("rating", "price")


def _tied(rows, chance):
    return [math.ceil(place / 4) for place in rows["position"]]


def _lost(rows, chance):
    return [None if chance.random() < 0.2 else place for place in rows["position"]]


def _restarted(rows, chance):
    return [(place - 1) % 8 + 1 for place in rows["position"]]


def _repeated(rows, chance):
    return rows["position"]


@pytest.mark.parametrize("spoil", [_tied, _lost, _restarted, _repeated])
def test_ties_lost_places_pages_that_count_anew_and_repeated_rows_neither_hide_nor_make_a_boost(spoil):
    for boost, alarmed in ((0, False), (3, True)):
        rows = pages(4, 200, boost).to_pydict()
        rows["position"] = spoil(rows, random.Random(5))
        found = batch(**rows)
        if spoil is _repeated:
            found = found.take(pa.array(sorted([*range(len(found)), *range(0, len(found), 4)])))
        assert run(found).alarm is alarmed


def test_a_paid_slot_is_no_boost_where_the_rows_say_that_it_is_paid():
    rows, chance = pages(7, 200, 0).to_pydict(), np.random.default_rng(8)
    own = np.array(rows["own_brand"]).reshape(200, 24)
    paid = chance.random(own.shape) < np.where(own, 0.5, 0.05)
    place = np.array(rows["position"]).reshape(200, 24) - 30 * paid
    rows["position"] = (place.argsort(axis=1).argsort(axis=1) + 1.0).ravel().tolist()
    assert run(batch(**rows)).alarm
    told = zip(rows["attributes"], paid.ravel().tolist(), strict=True)
    rows["attributes"] = [json.dumps(json.loads(text) | {"paid": mark}) for text, mark in told]
    assert not run(batch(**rows)).alarm


def test_better_goods_of_own_brand_are_no_boost():
    found = run(pages(2, 200, 0))
    assert not found.alarm
    assert found.plain < -2  # higher indeed, as its attributes explain


def test_shuffled_data_are_seldom_alarmed():
    found = run(pages(3, 100, 3))
    assert found.false_alarms <= 0.05


def test_the_result_does_not_depend_on_how_rows_are_cut_or_ordered():
    whole = pages(4, 60, 2)
    order = list(range(whole.num_rows))
    random.Random(1).shuffle(order)
    mixed = whole.take(pa.array(order))
    cut = run(*(mixed.slice(start, 100) for start in range(0, mixed.num_rows, 100)))
    assert cut.effect == pytest.approx(run(whole).effect, rel=1e-4)


def test_the_variance_in_closed_form_is_that_of_the_shuffles():
    found = run(pages(5, 80, 0))
    own = run(pages(5, 80, 3))
    assert found.shuffles == own.shuffles == 1999
    assert abs(found.effect / found.error) < 4


def test_the_same_query_on_another_day_is_another_ranking():
    part = pages(6, 1, 0)
    twice = [
        part.set_column(2, SCHEMA.field("seen_at"), pa.array([day] * part.num_rows))
        for day in ("2026-11-01", "2026-11-02T08:00")
    ]
    assert run(*twice).queries == 2


def test_rows_without_position_or_own_brand_are_told_and_left_out():
    part = pages(7, 20, 0)
    broken = batch(query=["q1", "q1", "q1"], position=[None, 2.0, -1.0], own_brand=[True, None, False])
    found = run(part, broken)
    assert found.unusable == ((480, "position"), (481, "own_brand"), (482, "position"))
    assert found.rows == 480


def test_attributes_in_columns_of_their_own_count_too_and_words_do_not():
    part = pages(8, 60, 0)
    cells = [json.dumps({"rating": "4.5", "shop": "invented"})] * part.num_rows
    moved = part.set_column(part.schema.get_field_index("extra"), SCHEMA.field("extra"), pa.array(cells))
    assert run(moved).attributes == ("rating", "price")
    alone = moved.set_column(
        part.schema.get_field_index("attributes"),
        SCHEMA.field("attributes"),
        pa.nulls(part.num_rows, pa.string()),
    )
    assert run(alone).attributes == ("rating",)


def test_nothing_is_said_where_there_is_nothing_to_compare():
    assert audit(lambda: iter(())) is None
    assert run(batch(query=["q", "q"], position=[1.0, 2.0], own_brand=[False, False])) is None
    assert run(batch(query=["a", "b"], position=[1.0, 2.0], own_brand=[True, False])) is None


ROWS = st.lists(
    st.tuples(st.integers(0, 4), st.lists(st.floats(-50, 50), min_size=3, max_size=3)),
    min_size=1,
    max_size=30,
)


@given(ROWS)
def test_the_kernels_equal_plain_python(rows):
    codes = np.array([code for code, _ in rows], np.int64)
    values = np.array([cells for _, cells in rows])
    counts, sums, cross = np.zeros(5, np.int64), np.zeros((5, 3)), np.zeros((3, 3))
    add_moments(values, codes, counts, sums, cross)
    plain_counts, plain_sums, plain_cross = moments(values.tolist(), codes.tolist())
    assert {code: counts[code] for code in plain_counts} == plain_counts
    for code, wanted in plain_sums.items():
        np.testing.assert_allclose(sums[code], wanted, atol=1e-9)
    np.testing.assert_allclose(np.triu(cross), np.triu(plain_cross), atol=1e-6)
    left, right = np.array([1.0, -2.0, 0.5]), np.array([0.0, 1.0, 3.0])
    out, a, b = np.zeros((5, 5)), np.empty(len(codes)), np.empty(len(codes))
    add_scores(values, codes, left, right, out, a, b)
    for code, wanted in scores(values.tolist(), codes.tolist(), left.tolist(), right.tolist()).items():
        np.testing.assert_allclose(out[code], wanted, rtol=1e-9, atol=1e-6)


def test_shuffles_stay_within_their_query():
    a, b = np.array([1.0, 0, 0, 2.0]), np.array([5.0, 5.0, 7.0, 7.0])
    assert set(permuted(a, b, np.array([0, 2, 4]), 50, 1)) == {1 * 5 + 2 * 7}
