"""Mergers: what is added to HHI never leaves its bounds, the lead of MRF 9(3) by hand."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from mapae.detect.markets.box import make_box
from mapae.detect.markets.merger import merge, merged_box
from mapae.detect.markets.presumed import Rule
from tests.detect.markets.boxes import chance_boxes, ways

RULE = Rule(F(1, 2), F(3, 4), 3, F(1, 10))


@pytest.mark.parametrize("seed", range(4))
def test_what_a_merger_adds_never_leaves_its_bounds(seed):
    for number, box in enumerate(chance_boxes(seed, 25)):
        if len(box.names) < 2:
            continue
        added = merge(box, 0, 1, RULE, F(1, 4)).added
        for point in ways(box, number, 60):
            if point.total:
                found = float(2 * point.amounts[0] * point.amounts[1] / point.total**2) * 10_000
                assert added.low - 1e-9 <= found <= added.high + 1e-9


@pytest.mark.parametrize(
    ("shares", "answer"),
    [((30, 25, 42, 3), "no"), ((30, 25, 41, 4), "yes"), ((20, 20, 30, 30), "yes"), ((9, 9, 41, 41), "no")],
)
def test_a_merger_is_presumed_where_it_is_dominant_and_a_quarter_ahead(shares, answer):
    box = make_box([(str(at), F(share), F(share)) for at, share in enumerate(shares)])
    assert merge(box, 0, 1, RULE, F(1, 4)).presumed == answer


def test_an_unknown_rival_leaves_the_lead_open():
    box = make_box([("A", F(40), F(40)), ("B", F(20), F(20)), ("C", F(10), F(59))])
    assert merge(box, 0, 1, RULE, F(1, 4)).lead == "depends"


def test_the_merged_firm_stands_last_with_both_amounts():
    box = make_box([("A", F(1), F(2)), ("B", None, None), ("C", F(3), F(3))])
    joined = merged_box(box, 1, 2)
    assert joined.names == ("A", "B + C") and joined.low == (1, 3) and joined.open == {1}
