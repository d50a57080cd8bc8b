"""Prices against what a genuine article costs: given by the listing, or the lowest believable one."""

from __future__ import annotations

from typing import Any

import pytest

from mapae.detect.brands.price import Prices, load_prices
from mapae.detect.brands.vocabulary import Brand
from mapae.pack import load_pack

HOUSE = Brand("House", True, ("bags", "watches"), (("bag", 1000.0),))
WATCHES = Brand("Watches", True, ("watches",), (("watch", 2000.0),))
SHOP = Brand("Shop", False, ("tools",), (("drill", 60.0),))


@pytest.fixture(scope="module")
def prices() -> Prices:
    pack = load_pack("kr")
    return load_prices(pack)


def record(price: float | None, currency: str = "USD", genuine: float | None = None) -> dict[str, Any]:
    return {"price": price, "currency": currency, "genuine_price": genuine}


@pytest.mark.parametrize(
    ("price", "genuine", "weight"),
    [(10, 100, 1.0), (15, 100, 0.85), (25, 100, 0.6), (35, 100, 0.3), (45, 100, 0.0), (80, 100, -0.3)],
)
def test_the_share_of_the_genuine_price_decides(
    price: float, genuine: float, weight: float, prices: Prices
) -> None:
    verdict = prices.judge(record(price, "KRW", genuine), SHOP, "")
    assert (verdict.weight, verdict.ratio) == (weight, price / genuine)


@pytest.mark.parametrize(
    ("brand", "price", "currency", "text", "weight"),
    [
        (HOUSE, 140000, "KRW", "house tote", 1.0),
        (HOUSE, 600, "USD", "house bag", 0.5),
        (HOUSE, 1500, "USD", "house bag", -0.2),
        (HOUSE, 20, "USD", "bag charm", 0.0),
        (HOUSE, 20, "USD", "open house", 0.0),
        (WATCHES, 300, "USD", "submariner 41 mm", 1.0),
        (WATCHES, 20, "USD", "watch strap", 0.0),
        (SHOP, 10, "USD", "cordless drill", 0.5),
        (SHOP, 10, "XXX", "cordless drill", 0.0),
    ],
)
def test_without_one_the_lowest_believable_price_decides(
    brand: Brand, price: float, currency: str, text: str, weight: float, prices: Prices
) -> None:
    assert prices.judge(record(price, currency), brand, text).weight == weight


def test_no_price_says_nothing(prices: Prices) -> None:
    assert prices.judge(record(None), HOUSE, "bag").weight == 0.0
    assert not prices.far(record(None, genuine=100.0))
    assert prices.far(record(10.0, genuine=100.0)) and not prices.far(record(50.0, genuine=100.0))


def test_a_house_of_one_article_is_not_assumed_where_only_a_common_word_names_it(prices: Prices) -> None:
    assert prices.judge(record(20.0), WATCHES, "fish oil", sole=False).weight == 0.0
