"""Mergers carried through whole markets: every reference figure, and inputs that no market has."""

from __future__ import annotations

import json

import numpy as np
import pytest

from mapae.app.markets import pressure, read_cases
from mapae.errors import InputError

MARKET = {
    "prices": [4.2, 3.8, 5.1],
    "shares": [0.3, 0.2, 0.1],
    "margins": [0.4, None, None],
    "owner_pre": ["A", "B", "C"],
    "owner_post": ["A", "A", "C"],
    "inside_size": 100,
}


def test_every_reference_figure_is_met_to_a_billionth(shared):
    path = shared / "data/antitrust/expected.json"
    wanted = {case["id"]: case["expected"] for case in json.loads(path.read_text("utf-8"))["cases"]}
    for name, inputs in read_cases(path):
        found = pressure(name, inputs)
        for field, value in wanted[name].items():
            np.testing.assert_allclose(found[field], value, rtol=1e-9, atol=1e-12, err_msg=f"{name} {field}")


def test_a_saving_that_compensates_keeps_prices_where_they_were():
    needed = pressure("deal", MARKET)["cmcr_cost"]
    saved = MARKET | {"mc_delta": [-needed[0] / 100, -needed[1] / 100, 0]}
    assert pressure("deal", saved)["price_delta"] == pytest.approx([0, 0, 0], abs=1e-9)


def test_a_market_where_nobody_merges_stays_as_it_is():
    found = pressure("deal", MARKET | {"owner_post": ["A", "B", "C"]})
    assert found["price_post"] == pytest.approx(MARKET["prices"], rel=1e-12)
    assert found["cmcr_cost"] == [] and found["cv"] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"prices": [4.2, 0, 5.1]}, "price of product 1"),
        ({"shares": [0.3, -0.2, 0.1]}, "share of product 1"),
        ({"shares": [0.6, 0.3, 0.2]}, "more than one together"),
        ({"margins": [None, None, None]}, "no margin is known"),
        ({"margins": [1.4, None, None]}, "margin of product 0"),
        ({"margins": None}, "cannot be worked out"),
        ({"demand": "cubic"}, "'cubic' is none of"),
        ({"alpha": -1}, "meanval is missing"),
    ],
)
def test_inputs_that_no_market_has_are_refused_by_product(wrong, said):
    with pytest.raises(InputError, match=said):
        pressure("deal", MARKET | wrong)
