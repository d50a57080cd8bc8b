"""What a fetched page shows of the thing that was looked for: title, price, pictures, headings, and how much text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from mapae.sources.encodings import SAMPLE, detect
from mapae.sources.fetch.outcome import FetchOutcome
from mapae.sources.markup import declared, open_graph
from mapae.sources.money import Money, parse_money
from mapae.sources.page_guess import guessed, visible_text

__all__ = ["SeenPage", "read_page"]

_MOST = 60_000  # characters of text that are looked at
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)|charset=([\w-]+)", re.IGNORECASE)
_ALSO = {"euc-kr": "cp949", "ks_c_5601-1987": "cp949", "gb2312": "gb18030", "gbk": "gb18030"}


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as a visitor sees it. offered: whether it declares the goods as a product or shows a title with a price;
    availability: the last part of schema.org's word, in small letters; password: whether it asks for one."""

    title: str
    headings: str
    text: str
    price: float | None
    currency: str
    pictures: tuple[str, ...]
    offered: bool
    availability: str
    password: bool


def read_page(outcome: FetchOutcome) -> SeenPage:
    """Read a page, broken markup as browsers do."""
    source = _decoded(outcome)
    tree = LexborHTMLParser(source)
    products, _ = declared(source, tree, outcome.url)
    graph, is_product = open_graph(tree)
    found = products[0] if len(products) == 1 else (dict(graph) if is_product else guessed(tree))
    money = _money(found)
    named = tree.css_first("title")
    largest = tree.css("h1") or tree.css("h2")[:2]
    headings = [named.text() if named else "", *(node.text() for node in largest)]
    password = tree.css_first('input[type="password"]') is not None
    pictures = [
        node.attributes.get("src") or node.attributes.get("data-src") or "" for node in tree.css("img")
    ]
    declared_pictures = re.split(r"[\s,;|\[\]\"]+", found.get("image_urls") or graph.get("image_urls") or "")
    return SeenPage(
        title=found.get("title") or _first(headings[1:]) or graph.get("title") or headings[0].strip(),
        headings=" ".join(" ".join(headings).split()),
        text=visible_text(tree, _MOST),
        price=money.low if money else None,
        currency=(money.currency if money else "") or found.get("currency") or "",
        pictures=tuple(dict.fromkeys(filter(None, [*declared_pictures, *pictures]))),
        offered=bool(found.get("title") and (found.get("price") or is_product or products)),
        availability=_availability(source),
        password=password,
    )


def _first(texts: list[str]) -> str:
    return next((" ".join(text.split()) for text in texts if text.strip()), "")


def _decoded(outcome: FetchOutcome) -> str:
    """By the server's charset, the page's own, else by the letters."""
    body = outcome.body
    kind = outcome.hops[-1].header("content-type").encode() if outcome.hops else b""
    names = [match[1] or match[2] for match in (_CHARSET.search(kind), _CHARSET.search(body[:4096])) if match]
    for name in [name.decode("ascii", "ignore").lower() for name in names] + [
        detect(body[:SAMPLE]) or "utf-8"
    ]:
        try:
            return body.decode(_ALSO.get(name, name)).replace("\0", "")
        except (UnicodeDecodeError, LookupError):
            continue
    return body.decode("utf-8", "replace").replace("\0", "")


def _money(found: dict[str, str]) -> Money | None:
    return parse_money(found.get("price") or "", found.get("currency") or None)


def _availability(source: str) -> str:
    match = re.search(
        r"schema\.org/(InStock|OutOfStock|SoldOut|Discontinued|PreOrder|LimitedAvailability)", source
    )
    return match[1].lower() if match else ""
