"""Records that must be found, each with the references expected: written by hand, or words put into templates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

from mapae.app.demo_data.disguise import DISGUISES
from mapae.app.demo_data.market import Market
from mapae.app.demo_data.read import LANGUAGES, hard, words

__all__ = [
    "Record",
    "hard_adverts",
    "hard_complaints",
    "hard_listings",
    "hard_policies",
    "hard_posts",
    "over_limit",
    "planted_adverts",
    "planted_listings",
]

Record = tuple[dict[str, Any], tuple[str, ...]]  # the record, the references expected
_HARD_LISTINGS = ("substances", "recalls", "fakes", "ages", "marks")


def hard_listings(market: Market) -> Iterator[Record]:
    """The listings written by hand."""
    for name in _HARD_LISTINGS:
        for case in hard(name):
            given = {key: value for key, value in case.items() if key not in ("lang", "expect")}
            yield market.listing(case["lang"], **given), tuple(case["expect"])


def hard_adverts(market: Market) -> Iterator[Record]:
    """The adverts written by hand."""
    for language, advertiser, headline, text, landing, expect in hard("adverts"):
        yield market.advert(language, advertiser, headline, text, landing), (expect,) if expect else ()


def hard_posts(market: Market) -> Iterator[Record]:
    """The posts written by hand."""
    for _, account, text, expect in hard("posts"):
        yield market.post(account, text), (expect,) if expect else ()


def hard_complaints(_: Market) -> Iterator[Record]:
    """The messages of consumers written by hand."""
    for number, (language, operator, received, bought, came, text, expect) in enumerate(
        hard("complaints"), 1
    ):
        row = {
            "complaint_id": f"cp{number:03}", "received_on": received, "channel": "form", "language": language,
            "operator": operator, "text": text, "purchased_on": bought, "delivered_on": came,
        }  # fmt: skip
        yield row, (expect,)


def hard_policies(_: Market) -> Iterator[Record]:
    """The privacy policies written by hand."""
    for policy in hard("policies"):
        row = {key: value for key, value in policy.items() if key != "expect"}
        yield {"doc_kind": "privacy"} | row, tuple(policy["expect"])


def planted_listings(market: Market) -> Iterator[Record]:
    """Words of plants.yaml in their templates, by turns in every language and disguise."""
    plants = hard("plants")
    for plant in plants["listings"]:
        hidden = {
            language: cycle(plant.get("disguises", plants["disguises"])[language]) for language in LANGUAGES
        }
        told = {language: cycle(plant["words"][language]) for language in LANGUAGES}
        for language in islice(cycle(LANGUAGES), plant["count"]):
            word, expect = next(told[language])
            yield _planted(market, plant, language, DISGUISES[next(hidden[language])](word)), (expect,)


def _planted(market: Market, plant: dict[str, Any], language: str, word: str) -> dict[str, Any]:
    chance = market.chance
    low, high = plant["price"]
    return market.listing(
        language,
        title=chance.choice(plant["titles"][language]).replace("{word}", word),
        description=chance.choice(plant["said"][language]),
        category=plant["section"][LANGUAGES.index(language)],
        won=chance.randrange(low // 100, high // 100) * 100,
        page=chance.choice(plant["page"]) if "page" in plant else None,
    )


def planted_adverts(market: Market) -> Iterator[Record]:
    """Illnesses and goods in templates of unlawful claims."""
    plant = hard("plants")["adverts"]
    chance = market.chance
    for language in islice(cycle(LANGUAGES), plant["count"]):
        illness, goods = chance.choice(plant["illness"][language]), chance.choice(plant["goods"][language])
        texts = [
            part.replace("{illness}", illness).replace("{goods}", goods)
            for part in chance.choice(plant["texts"][language])
        ]
        advertiser, _ = chance.choice([who for who in words("people")["advertisers"] if who[1] == language])
        yield market.advert(language, advertiser, *texts), (plant["expect"],)


def over_limit(market: Market) -> Iterator[Record]:
    """Results over the limit; any finding will do."""
    for product, substance, unit, value in hard("others")["over_limit"]:
        yield market.result(product, substance, unit, value), ("",)
