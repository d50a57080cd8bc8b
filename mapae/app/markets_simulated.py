"""A merger carried through a whole market: demand calibrated, prices before and after, what buyers lose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from mapae.detect.markets import demand as d
from mapae.detect.markets.concentration import hhi
from mapae.detect.markets.conditions import (
    Demand,
    Vector,
    diversion,
    elasticity,
    money_margins,
    prices_after,
)
from mapae.detect.markets.cournot import outcome
from mapae.detect.markets.pressure import cournot_from_shares, diversion_by_share, owner_matrix

__all__ = ["MODELS", "simulated"]

MODELS = ("logit", "ces", "linear", "loglinear", "aids", "pcaids")
_OF_SHARES = frozenset({"logit", "nested", "ces"})
_ROUNDING = 1e-6  # by which shares may be above one together
_IDEAL = frozenset({"aids", "pcaids"})


def simulated(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """All figures of the market that the inputs describe, by name; none where they describe no whole market.

    demand: one of MODELS; else the inputs tell (quantities: linear; known_elast or shares with mkt_elast: aids; alpha,
    meanval or inside_size: logit). mc_delta: proportional change of marginal costs by the deal. ValueError, TypeError,
    KeyError where they do not fit together.
    """
    if "cost_k" in given:
        yield from _cournot(given)
        return
    model = _model(given)
    if model and "prices" in given and "owner_pre" in given:
        _refuse_impossible(given)
        yield from _bertrand(model, given)


def _refuse_impossible(given: Mapping[str, Any]) -> None:
    """ValueError, by product, for what no market has."""
    for at, price in enumerate(given["prices"]):
        if price <= 0:
            raise ValueError(f"the price of product {at} is not above nought")
    for at, share in enumerate(given.get("shares", ())):
        if not 0 < share < 1:
            raise ValueError(f"the share of product {at} is not between nought and one")
    if sum(given.get("shares", ())) > 1 + _ROUNDING:
        raise ValueError("the shares are more than one together")
    for at, margin in enumerate(given.get("margins", ())):
        if margin is not None and not 0 < margin < 1:
            raise ValueError(f"the margin of product {at} is not between nought and one")


def _model(given: Mapping[str, Any]) -> str | None:
    if named := given.get("demand"):
        return str(named)
    if "nests" in given:
        return "nested"
    if "quantities" in given:
        return "linear"
    if "known_elast" in given or {"shares", "mkt_elast", "prices"} <= set(given):
        return "aids"
    return "logit" if {"alpha", "inside_size"} & set(given) else None


def _bertrand(model: str, given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    before, old = np.array(given["prices"], float), owner_matrix(given["owner_pre"])
    labels = given.get("owner_post", given["owner_pre"])
    new = owner_matrix(labels)
    buyers = _buyers(model, given, before, old)
    demand = buyers.quantities
    margin = money_margins(demand, before, old)
    cost = before - margin
    dearer = cost * (1 + np.array(given.get("mc_delta", [0.0] * len(cost)), float))
    after = prices_after(demand, dearer, new, before)
    yield from buyers.said.items()
    for time, prices, costs in (("pre", before, cost), ("post", after, dearer)):
        yield f"mc_{time}", costs.tolist()
        yield f"price_{time}", prices.tolist()
        yield f"margin_{time}", (1 - costs / prices).tolist()
        yield f"elasticity_{time}", elasticity(demand, prices).tolist()
        yield f"diversion_{time}", diversion(demand, prices).tolist()
    yield "price_delta", (after / before - 1).tolist()
    kept = _merging(given["owner_pre"], labels)
    needed = (money_margins(demand, before, new) - margin)[kept] * 100
    yield "cmcr_cost", (needed / cost[kept]).tolist()
    yield "cmcr_price", (needed / before[kept]).tolist()
    yield from _amounts(model, given, demand, before, after)
    yield from _loss(given, buyers, before, after)
    if some := given.get("hypomon"):
        alone = prices_after(demand, cost, np.ones_like(old), before, list(some))[some]
        yield "hypomon_price", alone.tolist()
        yield "hypomon_delta", (alone / before[some] - 1).tolist()


def _buyers(model: str, given: Mapping[str, Any], prices: Vector, owners: Vector) -> d.Buyers:
    if "alpha" in given:
        worth = np.array(given["meanval"], float)
        if model == "nested":
            return d.nested_of(given["alpha"], worth, given["nests"], given["sigma"])
        return d.logit_of(given["alpha"], worth)
    if model in ("linear", "loglinear"):
        make = d.linear if model == "linear" else d.loglinear
        sold, margins, flow = (
            np.array(given[name], float) for name in ("quantities", "margins", "diversions")
        )
        return make(prices, sold, margins, flow, owners)
    shares = np.array(given["shares"], float)
    if model in _IDEAL:
        at, own = _own_elasticity(given)
        return d.almost_ideal(prices, shares, own, at, given["mkt_elast"])
    if model not in _OF_SHARES:
        raise ValueError(f"demand {model!r} is none of {', '.join(MODELS)}")
    return (d.logit if model == "logit" else d.ces)(prices, shares, given["margins"], owners)


def _own_elasticity(given: Mapping[str, Any]) -> tuple[int, float]:
    """The product whose own elasticity is told, or follows from the margin of a firm of one product."""
    if "known_elast" in given:
        return int(given["known_index"]), float(given["known_elast"])
    owners = list(given["owner_pre"])
    for at, margin in enumerate(given["margins"]):
        if margin is not None and owners.count(owners[at]) == 1:
            return at, -1 / margin
    raise ValueError("no margin is known of a firm with one product")


def _merging(before: Sequence[Any], after: Sequence[Any]) -> list[int]:
    """Products that share an owner after with one they did not share it with before."""
    pairs = list(zip(before, after, strict=True))
    return [
        at for at, (old, new) in enumerate(pairs) if any(other == new and was != old for was, other in pairs)
    ]


def _amounts(
    model: str, given: Mapping[str, Any], demand: Demand, before: Vector, after: Vector
) -> Iterator[tuple[str, Any]]:
    """Shares or quantities before and after, concentration of the shares inside, change of the average price."""
    sold = [demand(at) for at in (before, after)]
    if model in ("linear", "loglinear"):
        yield from _both("quantity", sold)
        return
    revenue = [sold[0] * before, sold[1] * after]
    if model in _IDEAL:
        part = [one / one.sum() for one in revenue]
        yield "diversion_revenue_pre", diversion_by_share(part[0]).tolist()
    elif model == "ces":
        yield from _both("revenue_share", revenue)
        part = [one / (one.sum() + 1 - spent.sum()) for one, spent in zip(sold, revenue, strict=True)]
    else:
        part = sold
        yield "mkt_elast", float((elasticity(demand, before).T @ sold[0]).sum() / sold[0].sum())
    yield from _both("share", part)
    if model not in _OF_SHARES:
        return
    for time, one in zip(("pre", "post"), part, strict=True):
        yield f"hhi_{time}", hhi((one / one.sum()).tolist(), given.get(f"owner_{time}", given["owner_pre"]))
    for name, weight in zip(("laspeyres", "paasche"), sold, strict=True):
        yield f"price_delta_market_{name}", float((weight @ after) / (weight @ before) - 1)


def _both(name: str, values: Sequence[Vector]) -> Iterator[tuple[str, Any]]:
    yield from ((f"{name}_{time}", one.tolist()) for time, one in zip(("pre", "post"), values, strict=True))


def _loss(
    given: Mapping[str, Any], buyers: d.Buyers, before: Vector, after: Vector
) -> Iterator[tuple[str, Any]]:
    """Compensating variation: in money for inside_size sold (ces: spent) before, else in per cent of spending.

    A straight demand has one only where its slopes are symmetric (von Haefen 2002): the area under it.
    """
    sold = buyers.quantities(before)
    if buyers.needed is not None:
        whole = sold @ before if "gamma" in buyers.said else sold.sum()
        scale = given["inside_size"] / whole if "inside_size" in given else 100.0
        yield "cv", float((buyers.needed(after) - buyers.needed(before)) * scale)
    elif given.get("demand") != "loglinear" and given.get("symmetry", _symmetric(buyers.said["slopes"])):
        yield "cv", float((sold + buyers.quantities(after)) @ (after - before)) / 2


def _symmetric(slopes: Any) -> bool:
    matrix = np.array(slopes)
    return bool(np.allclose(matrix, matrix.T, rtol=1e-9))


def _cournot(given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    labels = [given["owner_pre"], given.get("owner_post", given["owner_pre"])]
    found = [
        outcome(given["intercept"], given["slope"], given["cost_k"], owner_matrix(one)) for one in labels
    ]
    yield from ((name, float(given[name])) for name in ("intercept", "slope"))
    for name in ("quantity", "margin"):
        yield from _both(name, [one[name] for one in found])
    price = [one["price"] for one in found]
    yield from zip(("price_pre", "price_post"), price, strict=True)
    yield "price_delta", price[1] / price[0] - 1
    sold = [one["quantity"] for one in found]
    shares = [one / one.sum() for one in sold]
    yield "cv", float((price[1] - price[0]) * (sold[0].sum() + sold[1].sum()) / 2)
    for name, at, owners in (
        ("hhi_pre", 0, 0),
        ("hhi_post", 1, 1),
        ("hhi_post_at_pre_merger_shares", 0, 1),
    ):
        yield name, hhi(shares[at].tolist(), labels[owners])
    elastic = price[0] / (float(given["slope"]) * float(sold[0].sum()))
    yield "mkt_elast_pre", elastic
    kept = _merging(*labels)
    if len(kept) == 2:
        two = cournot_from_shares([float(shares[0][at]) for at in kept], -elastic)
        yield "cmcr_percent_of_cost", two["average_percent_of_cost"]
