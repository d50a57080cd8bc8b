"""A price against what a genuine article costs: the listing's own genuine price, or the lowest believable one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from mapae.detect.brands.vocabulary import Brand
from mapae.pack import Pack

__all__ = ["PriceVerdict", "Prices", "load_prices"]

FAR = 0.4  # a price below this share of the genuine one is worth a look
# share of the genuine price below which → weight
_STEPS = ((0.12, 1.0), (0.2, 0.85), (0.3, 0.6), (0.4, 0.3))
_FAIR, _FAIR_WEIGHT = 0.5, -0.3
# share of the lowest believable price below which → weight for luxury, for others
_LOW_STEPS = ((0.35, 1.0, 0.5), (0.7, 0.5, 0.2))


@dataclass(frozen=True, slots=True)
class PriceVerdict:
    """weight: how much the price says for (or against) a fake; ratio: price over the genuine one; why in plain words."""

    weight: float
    ratio: float
    why: str

    def less(self, share: float) -> PriceVerdict:
        """The same with that share of its weight."""
        return replace(self, weight=round(self.weight * share, 3))

    def above_nothing(self) -> PriceVerdict:
        """The same where it speaks for a fake; else nothing."""
        return self if self.weight > 0 else _NOTHING


_SOLE = {"watches": "watch"}  # houses of one sector whose titles often leave the article out
_NOTHING = PriceVerdict(0.0, 0.0, "")


@dataclass(frozen=True)
class Prices:
    """per_usd: units of a currency for a dollar; articles: (name, its words, lowest price of a luxury house); like: the
    article whose price a house's own list gives for another (sandals: shoes).

    small: words of parts and samples, whose price says nothing; besides: what comes along with the article.
    """

    per_usd: dict[str, float]
    articles: tuple[tuple[str, re.Pattern[str], float], ...]
    like: dict[str, str]
    small: re.Pattern[str]
    besides: re.Pattern[str]

    def far(self, record: dict[str, Any]) -> bool:
        """Whether the price is far below the genuine price that the listing itself gives."""
        price, genuine = record.get("price"), record.get("genuine_price")
        return bool(price and genuine and 0 < price < FAR * genuine)

    def judge(
        self, record: dict[str, Any], brand: Brand, text: str, *, sole: bool = True, lined: bool = False
    ) -> PriceVerdict:
        """Weigh a listing's price. No price, or nothing to compare: weight 0.

        text: folded title and category; sole: a house that makes one article only is taken to sell that one;
        lined: a product line is named, so that where the article is not, the cheapest of the house's list stands for it.
        """
        price, genuine = record.get("price"), record.get("genuine_price")
        if not price or price <= 0:
            return _NOTHING
        if genuine and genuine > 0:
            return _against(price / genuine)
        rate = self.per_usd.get(str(record.get("currency") or "").upper())
        if not rate or self.small.search(self.besides.sub(" ", text)):
            return _NOTHING
        return self._believable(price / rate, brand, text, sole=sole, lined=lined)

    def _believable(
        self, dollars: float, brand: Brand, text: str, *, sole: bool, lined: bool
    ) -> PriceVerdict:
        own = dict(brand.low)
        only = _SOLE.get(brand.sectors[0], "") if sole and len(brand.sectors) == 1 else ""
        for article, words, luxury in self.articles:
            low = own.get(article) or own.get(self.like.get(article, "")) or (luxury if brand.luxury else 0.0)
            if not low or not (article == only or words.search(text)):
                continue
            return _beside_lowest(dollars / low, low, article, luxury=brand.luxury)
        if lined and brand.luxury and own:
            article, low = min(own.items(), key=lambda pair: pair[1])
            return _beside_lowest(dollars / low, low, article, luxury=True).above_nothing()
        return _NOTHING


def _beside_lowest(ratio: float, low: float, article: str, *, luxury: bool) -> PriceVerdict:
    for limit, dear, plain in _LOW_STEPS:
        if ratio < limit:
            return PriceVerdict(
                dear if luxury else plain, ratio, f"a genuine {article} costs {low:.0f} USD at the least"
            )
    return PriceVerdict(-0.2, ratio, f"a believable price for a {article}")


def load_prices(pack: Pack) -> Prices:
    """The pack's `rates.yaml` and `lexicons/article_prices.yaml`."""
    table = pack.data("lexicons/article_prices.yaml")
    rates = pack.data("rates.yaml")["per_usd"]
    return Prices(
        {str(key): float(value) for key, value in rates.items()},
        tuple(
            (str(name), _any_of(row["words"]), float(row.get("luxury", 0)))
            for name, row in table["articles"].items()
        ),
        {str(name): str(row["like"]) for name, row in table["articles"].items() if "like" in row},
        _any_of(table["small"]),
        re.compile("|".join(table["besides"])),
    )


def _any_of(words: list[object]) -> re.Pattern[str]:
    """Any of these words; Latin ones as whole words, with or without a plural s."""
    parts = [
        rf"(?<![a-z0-9]){re.escape(word.strip())}s?(?![a-z0-9])" if word.isascii() else re.escape(word)
        for word in map(str, words)
    ]
    return re.compile("|".join(parts))


def _against(ratio: float) -> PriceVerdict:
    why = f"{ratio:.0%} of the genuine article's price"
    for limit, weight in _STEPS:
        if ratio < limit:
            return PriceVerdict(weight, ratio, why)
    return PriceVerdict(_FAIR_WEIGHT if ratio >= _FAIR else 0.0, ratio, why)
