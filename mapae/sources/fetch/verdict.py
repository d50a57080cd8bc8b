"""From what was fetched to a verdict: removed, still up, changed, unreachable, refused us, differs by place or login.

In doubt nothing counts as removed: only an answer of 404 or 410, or the shop's own words, say so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import yaml

from mapae.detect.relisting import Goods, title_likeness
from mapae.sources.fetch.outcome import FetchOutcome
from mapae.sources.fetch.page import SeenPage, read_page
from mapae.sources.identity import item_of
from mapae.text.fold import fold_text

__all__ = ["Seen", "verdict_of"]

SAME_TITLE = 0.35  # likeness from which a page is about the goods that were asked for
CHANGED_TITLE = 0.5  # likeness below which the title counts as changed
CHANGED_PRICE = 0.3  # share by which a price must differ
_SHORT = 600  # characters of a page that says one thing only
_NEAR = 2_000  # characters from the top that are read where the goods are not shown
_PRICE = re.compile(r"[₩￦$¥￥€]\s?\d|\d[\d,.]*\s?(?:원|元|円|usd|krw)(?![^\W\d_])", re.IGNORECASE)
_FILE = re.compile(r"([^/]+?\.(?:jpe?g|png|webp|avif|gif))(?:[_@.!].*)?$", re.IGNORECASE)
_GUARD = {
    "refused": "unreachable",
    "unreachable": "unreachable",
    "too_slow": "unreachable",
    "too_large": "unreachable",
    "no_page": "unreachable",
    "later": "refused_us",
    "off_site": "differs",
}
_STATUS = {401: "differs", 403: "refused_us", 407: "refused_us", 429: "refused_us", 451: "differs"}
_DOORS = frozenset("login signin sign-in passport auth account member".split())


@dataclass(frozen=True, slots=True)
class Seen:
    """A verdict (of mapae.workflow.items). why: a key (status, gone, sold_out, robot, login, place, elsewhere, empty, title,
    price, pictures, same, or a kind of outcome); seen: the words or number that it rests on."""

    verdict: str
    why: str
    seen: str = ""


def verdict_of(outcome: FetchOutcome, address: str, before: Mapping[str, Any]) -> Seen:
    """What a fetch of `address` says of the listing that stood there. before: its record as it was screened."""
    if outcome.status in (404, 410) and outcome.kind in ("page", "no_page"):
        return _missing(outcome)
    if outcome.kind != "page":
        return Seen(_GUARD[outcome.kind], outcome.kind, outcome.detail[:120])
    if outcome.status in _STATUS:
        return Seen(_STATUS[outcome.status], "status", str(outcome.status))
    page = read_page(outcome)
    if outcome.status >= 500 and _sign("robot", page.headings):
        return Seen("refused_us", "robot", _sign("robot", page.headings))
    if not 200 <= outcome.status < 300:
        return Seen("unreachable", "status", str(outcome.status))
    old = Goods.of(before)
    there = _there(page, old)
    return (
        _turned_away(page, outcome, there)
        or _ended(page, there)
        or _compared(page, outcome, address, before, there)
    )


def _missing(outcome: FetchOutcome) -> Seen:
    """404 and 410 mean removed, unless the page is a robot check in disguise."""
    if outcome.kind == "page" and (found := _sign("robot", read_page(outcome).headings)):
        return Seen("refused_us", "robot", found)
    return Seen("removed", "status", str(outcome.status))


def _there(page: SeenPage, old: Goods) -> bool:
    """Whether the page shows the goods: what it offers has their title, or its words hold it."""
    if not old.title:
        return page.offered
    if title_likeness(old.title, page.title) >= SAME_TITLE:
        return True
    return _holds(page, old)


def _turned_away(page: SeenPage, outcome: FetchOutcome, there: bool) -> Seen | None:
    """Robot check, place or login in the way."""
    if found := _sign("place", page.text[: 2 * _NEAR]):
        return Seen("differs", "place", found)
    if there:
        return None
    if found := _sign("robot", _said(page)):
        return Seen("refused_us", "robot", found)
    steps = {step.lower() for step in PurePosixPath(urlsplit(outcome.url).path).parts}
    host = (urlsplit(outcome.url).hostname or "").split(".")[0]
    if page.password or steps & _DOORS or host in _DOORS:
        return Seen("differs", "login", "password" if page.password else host)
    found = _sign("login", page.headings)
    return Seen("differs", "login", found) if found else None


def _ended(page: SeenPage, there: bool) -> Seen | None:
    """The shop's own words that the goods are gone; sold-out goods that are still shown are changed, not removed."""
    if there:
        gone = _sign("gone", page.headings) if page.price is None else ""
        if gone or page.availability == "discontinued":
            return Seen("removed", "gone", gone or page.availability)
        sold = page.availability if page.availability in ("outofstock", "soldout") else ""
        sold = sold or _sign("sold_out", page.headings)
        return Seen("changed", "sold_out", sold) if sold else None
    above = _PRICE.split(page.text[:_NEAR], maxsplit=1)[0]  # below the first price stands what else is sold
    if found := _sign("gone", f"{page.headings} {above}"):
        return Seen("removed", "gone", found)
    found = _sign("sold_out", f"{page.headings} {above}" if len(page.text) <= _SHORT else page.headings)
    return Seen("removed", "sold_out", found) if found else None


def _compared(
    page: SeenPage, outcome: FetchOutcome, address: str, before: Mapping[str, Any], there: bool
) -> Seen:
    """The page against the record: elsewhere, empty, changed, or still the same."""
    old = Goods.of(before)
    if not there and _elsewhere(address, outcome.url):
        return Seen("differs", "elsewhere", outcome.url[:120])
    if len(page.text) < 40 and not there:
        return Seen("unreachable", "empty", page.text[:40])
    if old.title and title_likeness(old.title, page.title) < CHANGED_TITLE and not _holds(page, old):
        return Seen("changed", "title", page.title[:120])
    if _price_differs(page, old):
        return Seen("changed", "price", f"{old.price:g} → {page.price:g} {page.currency}")
    if gone := _pictures_gone(page, before):
        return Seen("changed", "pictures", gone)
    return Seen("still_up", "same", page.title[:120])


def _price_differs(page: SeenPage, old: Goods) -> bool:
    """Only where both prices are known and of one currency: shops show each visitor the money of his place."""
    if not (old.price and page.price and old.currency and old.currency == page.currency):
        return False
    return abs(page.price - old.price) > CHANGED_PRICE * old.price


def _pictures_gone(page: SeenPage, before: Mapping[str, Any]) -> str:
    """The first picture of the record where the page shows pictures, and none of the record's; else nothing.

    Told by the names of the files: sizes and servers change, names stay.
    """
    old = list(filter(None, map(_picture, re.split(r"[\s,;|\[\]\"]+", str(before.get("image_urls") or "")))))
    shown = {name for name in map(_picture, page.pictures) if name}
    return old[0] if old and shown and not shown & set(old) else ""


def _picture(address: str) -> str:
    """The file's name up to its first ending (`a.jpg_640x640.jpg` → `a.jpg`); empty where it has none."""
    found = _FILE.search(address.partition("?")[0])
    return found[1].lower() if found else ""


def _holds(page: SeenPage, old: Goods) -> bool:
    return len(old.folded) >= 12 and old.folded in fold_text(page.text[:_NEAR]).text


def _elsewhere(address: str, url: str) -> bool:
    """Whether another page answered: another item, or the shop's first page."""
    if address.rstrip("/") == url.rstrip("/"):
        return False
    last = PurePosixPath(urlsplit(url).path).stem.lower()
    return last in ("", *_signs()["home"]) or item_of(address) != item_of(url)


def _said(page: SeenPage) -> str:
    """What the page says at the top; all of it where it is short."""
    return f"{page.headings} {page.text}" if len(page.text) <= _SHORT else page.headings


def _sign(kind: str, text: str) -> str:
    """The first sign of that kind in the text, or nothing."""
    folded = fold_text(text).text
    return next((sign for sign, plain in _signs()["folded"][kind] if plain in folded), "")


@cache
def _signs() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(
        files("mapae.sources.fetch").joinpath("signs.yaml").read_text("utf-8")
    )
    data["folded"] = {
        kind: [(sign, fold_text(sign).text) for sign in data[kind]]
        for kind in ("gone", "sold_out", "robot", "login", "place")
    }
    return data
