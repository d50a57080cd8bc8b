"""Prices at which no firm gains by another: conditions held against profits worked out in plain Python."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapae.detect.markets import demand as d
from mapae.detect.markets.conditions import diversion, elasticity, money_margins, prices_after, slopes
from mapae.detect.markets.cournot import outcome
from mapae.detect.markets.pressure import diversion_by_share, diversion_from_elasticities, owner_matrix

PRICES = np.array([4.0, 5.0, 6.0])
APART, JOINED = owner_matrix(["A", "B", "C"]), owner_matrix(["A", "A", "C"])
sizes = st.floats(0.05, 0.3)


def profit(demand, prices, costs, products):
    sold = demand(np.array(prices))
    return sum((prices[at] - costs[at]) * sold[at] for at in products)


@given(sizes, sizes, sizes, st.floats(0.2, 0.6))
@settings(max_examples=25, deadline=None)
def test_no_owner_earns_more_by_another_price_after_a_merger(one, two, three, margin):
    buyers = d.logit(PRICES, np.array([one, two, three]), [margin, None, None], APART)
    costs = PRICES - money_margins(buyers.quantities, PRICES, APART)
    after = prices_after(buyers.quantities, costs, JOINED, PRICES)
    assert (after[:2] > PRICES[:2]).all()
    for products in ((0, 1), (2,)):
        best = profit(buyers.quantities, after, costs, products)
        for at in products:
            for change in (0.99, 1.01):
                other = after.copy()
                other[at] *= change
                assert profit(buyers.quantities, other, costs, products) < best


def test_logit_diverts_in_proportion_to_shares():
    shares = np.array([0.3, 0.2, 0.1])
    buyers = d.logit(PRICES, shares, [0.4, None, None], APART)
    assert buyers.quantities(PRICES) == pytest.approx(shares, abs=1e-14)
    assert np.allclose(diversion(buyers.quantities, PRICES), diversion_by_share(shares), atol=1e-13)
    told = diversion_from_elasticities(elasticity(buyers.quantities, PRICES).tolist(), shares.tolist())
    assert np.allclose(told, diversion_by_share(shares), atol=1e-13)


def test_slopes_by_a_complex_step_are_those_of_the_straight_demand():
    flow = np.array([[-1, 0.3, 0.1], [0.2, -1, 0.2], [0.1, 0.2, -1]])
    buyers = d.linear(PRICES, np.array([50.0, 40, 30]), np.array([0.3, 0.4, 0.35]), flow, APART)
    assert np.allclose(slopes(buyers.quantities, PRICES), buyers.said["slopes"], rtol=1e-14, atol=0)
    assert np.allclose(diversion(buyers.quantities, PRICES), flow)


def test_a_nest_of_its_own_for_each_product_is_plain_logit():
    worth = np.array([1.0, 2.0, 1.5])
    nested = d.nested_of(-0.8, worth, ["x", "y", "z"], [1, 1, 1])
    plain = d.logit_of(-0.8, worth)
    assert nested.quantities(PRICES) == pytest.approx(plain.quantities(PRICES), rel=1e-13)
    assert nested.needed(PRICES) == pytest.approx(plain.needed(PRICES), rel=1e-13)


def test_two_alike_plants_meet_the_textbook_of_cournot():
    found = outcome(100, -1, [1e12, 1e12], owner_matrix(["A", "B"]))
    assert found["quantity"] == pytest.approx([100 / 3, 100 / 3], rel=1e-9)
    assert found["price"] == pytest.approx(100 / 3, rel=1e-9)


def test_a_demand_that_rises_with_its_price_is_refused():
    with pytest.raises(ValueError, match="does not fall"):
        outcome(100, 1, [1, 1], APART[:2, :2])
    with pytest.raises(ValueError, match="own elasticity"):
        diversion_from_elasticities([[1, 0], [0, -1]], [1, 1])
