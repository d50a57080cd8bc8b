"""The invented market: platforms, sellers, item numbers, prices and dates that look like those of shops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from mapae.app.demo_data.read import LANGUAGES, hard, words

__all__ = ["Market"]

_FIRST_DAY = date(2026, 9, 1)
_DAYS = 80
_CURRENCY = {"ko": ("KRW", 1.0), "en": ("USD", 1380.0), "zh": ("CNY", 192.0)}
_PLATFORMS = ("Lumibay", "Dalmart")
_DOMESTIC, _EVERY = "Janbyeoul", 3  # so much of what is told in Korean is offered on the platform in Korea
_SHOPS = {
    "Lumibay": "https://lumibay.example/item/",
    "Dalmart": "https://dalmart.example/kr/p/",
    _DOMESTIC: "https://janbyeoul.example/goods/",
}


@dataclass
class Market:
    """Draws every part of a record from one source of chance; the same seed gives the same market."""

    chance: Random

    def listing(self, language: str, **given: Any) -> dict[str, Any]:
        """A listing with seller, number, address, dates; price in won becomes the shop's money."""
        platform = self.chance.choice(_PLATFORMS)
        number = f"{self.chance.randrange(10**9, 10**10)}"
        if language == "ko" and int(number) % _EVERY == 0:
            platform = _DOMESTIC
        seller, _ = self.chance.choice([item for item in words("people")["sellers"] if item[1] == language])
        first = self.day()
        won = given.pop("won", None)
        currency, rate = _CURRENCY[language]
        if won is not None:
            given["price"] = won if currency == "KRW" else round(won / rate, 2)
        page = given.pop("page", None)
        row = {
            "listing_id": f"{platform[:2].upper()}{number}",
            "platform": platform,
            "url": f"{_SHOPS[platform]}{number}",
            "seller_id": f"{platform[:1].lower()}-{sum(map(ord, seller)):05d}",
            "seller_name": seller,
            "currency": currency,
            "language": language,
            "ships_from": self.chance.choice(("CN", "CN", "CN", "HK", "US", "KR")),
            "first_seen": first.isoformat(),
            "last_seen": (first + timedelta(days=self.chance.randrange(1, 9))).isoformat(),
            **given,
        }
        if page:
            row["page_html"] = _page(page, row)
        return row

    def advert(
        self, language: str, advertiser: str, headline: str, text: str, landing: str
    ) -> dict[str, Any]:
        """An advert with the page it leads to and what it is said to have reached."""
        number = self.chance.randrange(10**11, 10**12)
        first = self.day()
        return {
            "advert_id": f"ad{number}",
            "platform": self.chance.choice(("Lumibay Ads", "Dalmart Feed")),
            "advertiser_id": f"v{sum(map(ord, advertiser)):05d}",
            "advertiser_name": advertiser,
            "headline": headline,
            "text": text,
            "landing_url": f"https://shop-{sum(map(ord, advertiser)) % 9973}.example/{language}",
            "landing_text": landing,
            "first_shown": first.isoformat(),
            "last_shown": (first + timedelta(days=self.chance.randrange(1, 20))).isoformat(),
            "impressions": self.chance.randrange(200, 90_000),
        }

    def post(self, account: str, text: str) -> dict[str, Any]:
        """A post of an account of Lumibay's feed."""
        number = self.chance.randrange(10**9, 10**10)
        return {
            "post_id": f"p{number}",
            "platform": "Lumibay Feed",
            "account_id": account,
            "text": text,
            "url": f"https://feed.lumibay.example/p/{number}",
            "seen_at": self.day().isoformat(),
        }

    def result(self, product: str, substance: str, unit: str, value: float) -> dict[str, Any]:
        """A laboratory's result on a bought sample."""
        return {
            "sample_id": f"S26-{self.chance.randrange(10**6):06d}",
            "listing_id": f"LU{self.chance.randrange(10**9, 10**10)}",
            "product_class": product,
            "substance": substance,
            "value": value,
            "unit": unit,
            "lab": "Gasang Test Institute",
            "tested_on": self.day().isoformat(),
        }

    def day(self) -> date:
        """A day of the autumn of 2026."""
        return _FIRST_DAY + timedelta(days=self.chance.randrange(_DAYS))

    def language(self) -> str:
        """Korean as often as the others together."""
        return self.chance.choice(("ko", *LANGUAGES))


def _page(name: str, row: dict[str, Any]) -> str:
    page: str = hard("pages")[name]
    for key, value in (
        ("title", row["title"]),
        ("price", f"{row['price']:,} {row['currency']}"),
        ("shop", row["platform"]),
    ):
        page = page.replace(f"{{{key}}}", str(value))
    return page
