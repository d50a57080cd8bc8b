"""Measures by key and where their cards are; which checks still run in shadow."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import replace
from importlib.metadata import entry_points
from importlib.util import find_spec

from mapae.contract.check import Check, MeasureCard
from mapae.errors import UsageError

__all__ = ["CARDS", "GROUP", "SHADOW", "cards", "checks", "table"]

GROUP = "mapae.measures"

# key → module:attribute of its card; the order is the order of reports.
CARDS: dict[str, str] = {
    "hazardous_goods": "mapae.measures.hazardous_goods:CARD",
    "counterfeits": "mapae.measures.counterfeits:CARD",
    "age_restricted": "mapae.measures.age_restricted:CARD",
    "illegal_ads": "mapae.measures.illegal_ads:CARD",
    "local_agents": "mapae.measures.local_agents:CARD",
    "helpline": "mapae.measures.helpline:CARD",
    "privacy": "mapae.measures.privacy:CARD",
    "consignments": "mapae.measures.consignments:CARD",
    "market_statistics": "mapae.measures.market_statistics:CARD",
    "market_power": "mapae.measures.market_power:CARD",
    "ad_markets": "mapae.measures.ad_markets:CARD",
    "agreements": "mapae.measures.agreements:CARD",
    "social_commerce": "mapae.measures.social_commerce:CARD",
}

# Checks whose findings are written but not counted until their live precision has been reviewed.
SHADOW: frozenset[str] = frozenset()


def table() -> dict[str, str]:
    """CARDS and what installed packages add under the entry point group `mapae.measures`, which may not replace ours."""
    added = {item.name: item.value for item in entry_points(group=GROUP)}
    return added | {key: place for key, place in CARDS.items() if find_spec(place.partition(":")[0])}


def cards(keys: Iterable[str] = ()) -> dict[str, MeasureCard]:
    """The cards of these measures, or of all. UsageError for a key that no table has."""
    places = table()
    wanted = tuple(dict.fromkeys(keys)) or tuple(places)
    unknown = [key for key in wanted if key not in places]
    if unknown:
        raise UsageError(
            f"there is no measure {unknown[0]!r}",
            where="--measure",
            mend=f"measures are: {', '.join(places)}",
        )
    return {key: _card(places[key]) for key in wanted}


def checks(keys: Iterable[str] = ()) -> tuple[Check, ...]:
    """The checks of these measures (`counterfeits`), check groups or checks (`hazardous_goods.recalls`), or all.

    UsageError for a key that names nothing. A check on trial (SHADOW) is marked.
    """
    wanted = tuple(dict.fromkeys(keys))
    every = [
        check
        for card in cards({key.partition(".")[0]: 0 for key in wanted}).values()
        for check in card.checks
    ]
    chosen = [check for check in every if not wanted or any(_under(check, key) for key in wanted)]
    for key in wanted:
        if not any(_under(check, key) for check in every):
            names = ", ".join(check.key for check in every)
            raise UsageError(f"there is no check {key!r}", where="--measure", mend=f"checks are: {names}")
    return tuple(replace(check, shadow=True) if check.key in SHADOW else check for check in chosen)


def _under(check: Check, key: str) -> bool:
    return key == check.measure or check.key == key or check.key.startswith(f"{key}.")


def _card(place: str) -> MeasureCard:
    module, _, attribute = place.partition(":")
    card: MeasureCard = getattr(importlib.import_module(module), attribute or "CARD")
    return card
