"""Ordinary records: goods nobody need look at, of which most of a market is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mapae.app.demo_data.market import Market
from mapae.app.demo_data.read import LANGUAGES, hard, words

__all__ = ["adverts", "lab_results", "listings", "posts"]


def listings(market: Market, count: int) -> Iterator[dict[str, Any]]:
    """So many ordinary listings."""
    table, people = words("goods"), words("people")
    chance = market.chance
    for _ in range(count):
        language = market.language()
        at = LANGUAGES.index(language)
        *names, section, low, high = chance.choice(table["goods"])
        brand = chance.choice(people["brands"]) if chance.random() < 0.6 else None
        traits = chance.sample(table["traits"][language], 2)
        said = chance.sample(table["said"][language], chance.randrange(2, 5))
        parts = [brand, traits[0], names[at], chance.choice(table["colours"][language]), traits[1]]
        yield market.listing(
            language,
            title=" ".join(part for part in parts if part),
            description=" ".join([*_mark(market, language, section), *said]),
            brand=brand,
            model=f"{brand[:2].upper()}-{chance.randrange(100, 9999)}" if brand else None,
            gtin=_gtin(chance.randrange(10**10)) if brand and chance.random() < 0.4 else None,
            category=table["sections"][section][at],
            won=chance.randrange(low // 100, high // 100) * 100,
        )


def adverts(market: Market, count: int) -> Iterator[dict[str, Any]]:
    """So many ordinary adverts."""
    templates, people = words("ordinary")["adverts"], words("people")
    for _ in range(count):
        language = market.language()
        advertiser, _ = market.chance.choice([who for who in people["advertisers"] if who[1] == language])
        texts = [_filled(market, language, part) for part in market.chance.choice(templates[language])]
        yield market.advert(language, advertiser, *texts)


def posts(market: Market, count: int) -> Iterator[dict[str, Any]]:
    """So many ordinary posts."""
    templates, people = words("ordinary")["posts"], words("people")
    for _ in range(count):
        language = market.language()
        text = _filled(market, language, market.chance.choice(templates[language]))
        yield market.post(market.chance.choice(people["accounts"]), text)


def lab_results(market: Market, count: int) -> Iterator[dict[str, Any]]:
    """So many results within the limits."""
    for _ in range(count):
        product, substance, unit, low, high, digits = market.chance.choice(hard("others")["ordinary_results"])
        yield market.result(product, substance, unit, round(market.chance.uniform(low, high), digits))


def _mark(market: Market, language: str, section: str) -> list[str]:
    """The number of the safety mark, where goods of the section want one and the listing is in Korean."""
    mark = words("goods")["marks"].get(section) if language == "ko" else None
    return [f"{mark.replace('{number}', str(market.chance.randrange(1000, 9999)))}."] if mark else []


def _filled(market: Market, language: str, template: str) -> str:
    table = words("goods")
    goods = market.chance.choice(table["goods"])[LANGUAGES.index(language)]
    trait = market.chance.choice(table["traits"][language])
    return template.replace("{goods}", goods).replace("{trait}", trait)


def _gtin(number: int) -> str:
    """A GTIN-13 of the range 20–29, which shops number by themselves and no maker owns (GS1 General Specifications)."""
    body = f"20{number:010d}"
    odd, even = (sum(int(digit) for digit in body[start::2]) for start in (0, 1))
    return f"{body}{-(odd + 3 * even) % 10}"
