"""Concentration: indices by hand, partial owners, bounds that hold over every way the market may be."""

from __future__ import annotations

import json
from fractions import Fraction as F

import pytest

from mapae.detect.markets.box import make_box
from mapae.detect.markets.concentration import change, cr, hhi, hhi_bounds, hhi_partial, largest
from tests.detect.markets.boxes import chance_boxes, ways


def test_affiliates_count_as_one_firm():
    assert hhi([0.3, 0.3, 0.4], ["A", "A", "B"]) == pytest.approx(5200)
    assert change([0.3, 0.3, 0.4], ["A", "B", "C"], ["A", "A", "C"]) == pytest.approx(2 * 30 * 30)


def test_a_silent_interest_adds_its_part_and_total_control_more():
    apart = [[1, 0], [0, 1]]
    assert hhi_partial([0.6, 0.4], apart, apart) == pytest.approx(5200)
    assert hhi_partial([0.6, 0.4], [[1, 0.25], [0, 0.75]], apart) == pytest.approx(5200 + 0.25 * 2400)
    total = hhi_partial([0.6, 0.4], [[1, 0.6], [0, 0.4]], [[1, 1], [0, 0]])
    assert total == pytest.approx(5200 + (0.6 + 1 / 0.6) * 2400)


def test_a_firm_that_nobody_controls_is_refused():
    with pytest.raises(ValueError, match="no owner"):
        hhi_partial([0.6, 0.4], [[1, 0], [0, 1]], [[1, 0], [0, 0]])


@pytest.mark.parametrize("seed", range(6))
def test_bounds_hold_in_every_way_tried(seed):
    for number, box in enumerate(chance_boxes(seed, 25)):
        index, joint = hhi_bounds(box), cr(box, 1 + number % 3)
        for point in ways(box, number, 60):
            if point.total:
                found = float(sum(a * a for a in point.amounts) / point.total**2) * 10_000
                share = float(largest(point.amounts, 1 + number % 3) / point.total) * 100
                assert index.low - 1e-9 <= found <= index.high + 1e-9
                assert joint.low - 1e-9 <= share <= joint.high + 1e-9


def test_bounds_of_two_firms_are_those_worked_out_by_hand():
    box = make_box([("A", F(50), F(50)), ("B", F(25), F(100))])
    found = hhi_bounds(box)
    assert found.low == pytest.approx(5000)  # B as large as A
    assert found.high == pytest.approx((1 / 9 + 4 / 9) * 10_000)
    assert (cr(box, 1).low, cr(box, 1).high) == pytest.approx((50, 100 * 2 / 3))


def test_more_than_twelve_unknowns_give_a_bound_that_says_it_may_be_wide():
    box = make_box([(str(number), F(1), F(2)) for number in range(14)])
    found = hhi_bounds(box)
    assert not found.exact
    assert found.low == pytest.approx(10_000 / 14)


def test_indices_equal_the_reference_values(shared):
    for case in json.loads((shared / "data/antitrust/expected.json").read_text("utf-8"))["cases"]:
        given, wanted = case["inputs"], case["expected"]
        if case["id"].startswith("hhi-"):
            ends = [hhi(given["shares"], given[f"owner_{time}"]) for time in ("pre", "post")]
        elif case["id"].startswith("mhhi-"):
            ends = [
                hhi_partial(given["shares"], given[f"owner_{time}"], given[f"control_{time}"])
                for time in ("pre", "post")
            ]
        else:
            continue
        assert ends == pytest.approx([wanted["hhi_pre"], wanted["hhi_post"]], rel=1e-12), case["id"]
        assert ends[1] - ends[0] == pytest.approx(wanted["hhi_delta"], rel=1e-9), case["id"]
