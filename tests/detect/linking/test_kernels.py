"""Candidates, comparison, rivals and choice: every compiled loop agrees with its plain reference."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.detect.kernels.candidates import candidates, postings
from mapae.detect.kernels.pairs import choose, clashes, compare, rivals
from mapae.detect.linking.plain import candidates_of, choose_pairs, compare_two, rivals_of

pytestmark = pytest.mark.slow

BUCKETS = 12
WEIGHT = st.sampled_from([0.25, 0.5, 0.75, 1.0])
RECORD = st.dictionaries(
    st.integers(0, BUCKETS - 1), st.tuples(st.sampled_from([0.0, 0.5, 1.0]), WEIGHT, WEIGHT), max_size=6
)
SIDE = st.lists(RECORD, min_size=1, max_size=6)
EVERY = settings(max_examples=120, deadline=None)


def columns(side):
    """(ids, ends, title, all, idf) of a side, buckets sorted in each record."""
    ordered = [sorted(record.items()) for record in side]
    ends = np.cumsum([0, *map(len, ordered)]).astype(np.int64)
    flat = [(bucket, *values) for record in ordered for bucket, values in record]
    ids = np.array([item[0] for item in flat], np.uint32)
    return ids, ends, *(np.array([item[at] for item in flat], np.float32) for at in (1, 2, 3))


@given(SIDE, SIDE, st.integers(1, 12), st.integers(1, 4))
@EVERY
def test_candidates_are_the_best_by_shared_rare_buckets(left, right, budget, keep):
    ids, ends, _, whole, _ = columns(left)
    other_ids, other_ends, _, other_whole, _ = columns(right)
    index = postings(other_ids, other_ends, other_whole, BUCKETS)
    found = candidates(ids, ends, whole, 0, len(left), *index, len(right), budget, keep)
    plain = [{bucket: values[1] for bucket, values in record.items()} for record in right]
    for row, record in enumerate(left):
        want = candidates_of({b: v[1] for b, v in record.items()}, plain, budget, keep)
        assert [at for at in found[row].tolist() if at >= 0] == want


@given(SIDE, SIDE)
@EVERY
def test_comparison_agrees_with_the_reference(left, right):
    pairs = [(i, j) for i in range(len(left)) for j in range(len(right))]
    out = np.zeros((4, len(pairs)))
    a, b = columns(left), columns(right)
    own, other = np.array(pairs, np.int64).T
    sums = [
        np.array([sum(v[2] for v in record.values() if v[0] > 0) for record in side])
        for side in (left, right)
    ]
    compare(own, other, *a, sums[0], *b, sums[1], out)
    for at, (i, j) in enumerate(pairs):
        assert np.allclose(out[:, at], compare_two(left[i], right[j]), atol=1e-6)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([-0.5, 0.0, 0.25, 0.5, 1.0])), max_size=12))
@EVERY
def test_the_rival_of_a_pair_is_the_best_other_pair_of_its_record(pairs):
    rows = np.array([row for row, _ in pairs], np.int32)
    values = np.array([value for _, value in pairs], np.float32)
    assert rivals(rows, values, 4).tolist() == rivals_of(rows.tolist(), values.tolist())


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=12), st.randoms())
@EVERY
def test_each_record_is_chosen_once_in_the_order_given(pairs, random):
    order = list(range(len(pairs)))
    random.shuffle(order)
    own, other = (np.array([pair[side] for pair in pairs], np.int32) for side in (0, 1))
    assert choose(np.array(order, np.int64), own, other, 4, 4).tolist() == choose_pairs(order, pairs)


def test_numbers_clash_only_where_each_title_has_one_that_the_other_record_lacks():
    # records: {7 in title}, {8 in title}, {8 in title, 7 elsewhere}
    values, titled = np.array([7, 8, 8, 7], np.int64), np.array([True, True, True, False])
    ends = np.array([0, 1, 2, 4], np.int64)
    own, other = np.array([0, 0, 0], np.int32), np.array([0, 1, 2], np.int32)
    assert clashes(own, other, values, titled, ends, values, titled, ends).tolist() == [False, True, False]
