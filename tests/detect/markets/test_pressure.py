"""Pricing pressure: closed forms by hand, and every reference value of ../shared."""

from __future__ import annotations

import json

import numpy as np
import pytest

from mapae.detect.markets import pressure as p

PAIR = ([24, 30], [0.35, 0.42], [[-1, 0.18], [0.26, -1]])


def test_two_alike_products_meet_the_closed_form():
    cost, price = p.cmcr_pair(0.4, 0.2)
    assert price == pytest.approx(100 * 0.4 * 0.2 / 0.8)
    assert cost == pytest.approx(price / 0.6)
    same = ([10, 10], [0.4, 0.4], [[-1, 0.2], [0.2, -1]], ["A", "B"])
    assert p.cmcr(*same) == pytest.approx([cost, cost])
    assert p.cmcr(*same, of="price") == pytest.approx([price, price])


def test_a_product_that_changes_no_owner_feels_no_pressure():
    assert p.upp(*PAIR, ["A", "A"]) == [0, 0]
    assert p.upp(*PAIR, ["A", "B"], ["A", "B"]) == [0, 0]
    assert p.cmcr(*PAIR, ["A", "B"], ["A", "B"]) == pytest.approx([0, 0])


def test_pressure_grows_with_the_partners_margin_and_diversion():
    weak, strong = (
        p.upp([1, 1], [0.3, m], [[-1, d], [d, -1]], ["A", "B"])[0] for m, d in ((0.3, 0.1), (0.5, 0.3))
    )
    assert weak < strong


def test_diversion_by_share_leaves_nothing_out_where_shares_add_up_to_one():
    found = p.diversion_by_share([0.5, 0.3, 0.2])
    assert np.allclose(found.sum(axis=1), 0)
    assert found[0, 1] == pytest.approx(0.6)


def test_conditions_without_a_single_solution_are_refused():
    with pytest.raises(ValueError, match="no single solution"):
        p.cmcr([1, 1], [0.5, 0.5], [[-1, 1], [1, -1]], ["A", "B"])


def _found(case):
    given, name = case["inputs"], case["id"]
    if name == "bertrand-01":
        grid = [[p.cmcr_pair(m, d) for d in given["diversions"]] for m in given["margins"]]
        return {
            "cmcr_percent_of_cost": [[one[0] for one in row] for row in grid],
            "cmcr_percent_of_price": [[one[1] for one in row] for row in grid],
            "upp_percent_of_price": [[100 * m * d for d in given["diversions"]] for m in given["margins"]],
        }
    if name.startswith("bertrand"):
        owners = given["owner_pre"], given.get("owner_post")
        data = given["prices"], given["margins"], given["diversions"], *owners
        buyers = not given.get("output", True)
        return {
            "cmcr_percent_of_cost": p.cmcr(*data, buyers=buyers),
            "cmcr_percent_of_price": p.cmcr(*data, of="price", buyers=buyers),
            "upp_percent_of_price": p.upp(*data, given.get("mc_delta"), buyers=buyers),
        }
    if name == "guppi-01":
        data = given["prices"], given["margins"], given["diversions"]
        return {
            "guppi_percent_of_price": p.guppi(*data),
            "gross_upp_money": p.net_upp(*data, [0, 0]),
            "net_upp_money_one_sided": p.net_upp(*data, given["efficiency"]),
            "net_upp_money_with_rivals_saving_in_its_margin": p.net_upp(
                *data, given["efficiency"], saving_in_margin=True
            ),
        }
    if name == "cournot-01":
        return p.cournot_from_shares(given["shares"], given["mkt_elast"])
    return p.cournot_from_margins(given["margins"]) if name == "cournot-02" else _diversion(case)


def _diversion(case):
    """Diversion and CMCR before a simulated merger, from its stated shares and elasticities."""
    wanted, given = case["expected"], case["inputs"]
    if not case["function"].startswith("logit") and "Logit," not in case["function"]:
        return {}
    shares = wanted["share_pre"]
    parties = [at for at, owner in enumerate(given["owner_pre"]) if _moves(given, owner)]
    flow = p.diversion_by_share(shares)
    names = [given["owner_pre"][at] for at in parties]
    some = np.ix_(parties, parties)
    cost = p.cmcr(
        [given["prices"][at] for at in parties] if "alpha" in wanted else [wanted["price_pre"][at] for at in parties],
        [wanted["margin_pre"][at] for at in parties], flow[some].tolist(), names,
    )  # fmt: skip
    return {"diversion_pre": flow.tolist(), "cmcr_cost": cost}


def _moves(given, owner):
    """Whether an owner's products share an owner after that they did not share before."""
    pairs = zip(given["owner_pre"], given["owner_post"], strict=True)
    after = {new for old, new in pairs if old == owner}
    mixed = {
        new
        for new in after
        if len({o for o, n in zip(given["owner_pre"], given["owner_post"], strict=True) if n == new}) > 1
    }
    return bool(mixed)


def test_every_reference_value_is_met(shared):
    cases = json.loads((shared / "data/antitrust/expected.json").read_text("utf-8"))["cases"]
    met = 0
    for case in cases:
        if "hhi" in case["id"]:
            continue
        for field, value in _found(case).items():
            np.testing.assert_allclose(
                value, case["expected"][field], rtol=1e-9, atol=1e-12, err_msg=case["id"]
            )
            met += 1
    assert met >= 38
