"""Products that a page declares: JSON-LD, microdata, RDFa Lite (schema.org) and Open Graph's product names."""

from __future__ import annotations

import html as entities
import json
from collections.abc import Callable, Iterator
from typing import Any

import orjson
from selectolax.lexbor import LexborHTMLParser

__all__ = ["declared", "open_graph"]

_TYPES = frozenset("Product ProductGroup IndividualProduct ProductModel SomeProducts Vehicle".split())
_NODES = 20_000  # objects looked at in one page
_GTIN = "gtin gtin13 gtin14 gtin12 gtin8 ean isbn".split()

_OF_GROUP = "title description brand model category seller_name image_urls group".split()

Said = dict[str, str]


def declared(page: str, tree: LexborHTMLParser, url: str | None) -> tuple[list[Said], str]:
    """Products by the listing's column names, and the syntax that told the most of them.

    Two syntaxes that tell of one product each are laid together. Broken or bottomless markup counts as none.
    """
    found: list[tuple[str, list[Said]]] = [("json-ld", list(_products(_json_ld(tree))))]
    if "itemscope" in page and "schema.org" in page:
        found.append(("microdata", list(_products(_extracted(page, url, "microdata")))))
    if "typeof=" in page and "schema.org" in page:
        found.append(("rdfa", list(_products(_plain_names(_extracted(page, url, "rdfa"))))))
    syntax, products = max(found, key=lambda pair: len(pair[1]))
    for _, others in found:
        if len(products) == len(others) == 1:
            products[0] |= {name: value for name, value in others[0].items() if name not in products[0]}
    return products, syntax


def _json_ld(tree: LexborHTMLParser) -> list[Any]:
    found = []
    for script in tree.css(
        'script[type="application/ld+json"], script[type="application/ld+json;charset=utf-8"]'
    ):
        text = script.text().strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        value = (
            _loaded(orjson.loads, text)
            or _loaded(_lenient, text)
            or _loaded(_lenient, entities.unescape(text))
        )
        if value is not None:
            found.append(value)
    return found


def _lenient(text: str) -> Any:
    return json.loads(text, strict=False)


def _loaded(load: Callable[[str], Any], text: str) -> Any:
    try:
        return load(text)
    except (ValueError, RecursionError):
        return None


def _extracted(page: str, url: str | None, syntax: str) -> list[Any]:
    """What extruct reads; its parsers fail in many ways on odd pages, and then there is nothing."""
    import extruct  # half a second, which only pages need

    try:
        data = extruct.extract(page, base_url=url or "", syntaxes=[syntax], uniform=True, errors="ignore")
    except Exception:
        return []
    return list(data.get(syntax) or [])


def _plain_names(items: list[Any]) -> list[Any]:
    """RDFa's full addresses as names, its lists of {@value} as values."""
    result = []
    for item in items:
        if isinstance(item, dict):
            result.append(
                {
                    name.rsplit("/", 1)[-1]: [_inner(value) for value in values]
                    if isinstance(values, list)
                    else values
                    for name, values in item.items()
                }
            )
    by_id = {item.get("@id"): item for item in result}
    for item in result:
        for name, values in item.items():
            if name != "@id" and isinstance(values, list):
                item[name] = [
                    by_id.get(value, value) if isinstance(value, str) else value for value in values
                ]
    return result


def _inner(value: Any) -> Any:
    return value.get("@value", value.get("@id")) if isinstance(value, dict) else value


def _products(roots: list[Any]) -> Iterator[Said]:
    """Every product with a name in these trees, each name and address once, walked without recursion.

    A group is told by its variants, which have its brand, words and pictures where they have none of their own.
    """
    by_id = _by_id(roots)
    waiting: list[tuple[Any, Said]] = [(root, {}) for root in reversed(roots)]
    seen, looked = set(), 0
    while waiting and looked < _NODES:
        node, group = waiting.pop()
        looked += 1
        if isinstance(node, list):
            waiting.extend((item, group) for item in reversed(node[:_NODES]))
        elif isinstance(node, dict):
            node = _resolved(node, by_id)
            if not (_TYPES & _kinds(node)) and not group:
                waiting.extend(
                    (value, {}) for value in reversed(list(node.values())) if isinstance(value, list | dict)
                )
                continue
            product = {**{name: group[name] for name in _OF_GROUP if name in group}, **_product(node)}
            variants = (
                []
                if product.get("price")
                else [item for item in _list(node.get("hasVariant")) if isinstance(item, dict)]
            )
            if variants:
                shared = {**product, "group": product.get("title") or str(looked)}
                waiting.extend((item, shared) for item in reversed(variants))
                continue
            mark = (product.get("title"), product.get("url"), product.get("listing_id"))
            if product.get("title") and mark not in seen:
                seen.add(mark)
                yield product


def _by_id(roots: list[Any]) -> dict[str, dict[str, Any]]:
    """Objects that tell more than their `@id`, by it."""
    found: dict[str, dict[str, Any]] = {}
    waiting, looked = list(roots), 0
    while waiting and looked < _NODES:
        node = waiting.pop()
        looked += 1
        if isinstance(node, dict):
            name = node.get("@id")
            if isinstance(name, str) and len(node) > len(found.get(name, ())) and len(node) > 1:
                found[name] = node
            waiting.extend(value for value in node.values() if isinstance(value, list | dict))
        elif isinstance(node, list):
            waiting.extend(node[:_NODES])
    return found


def _resolved(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The object with others in place of bare references to them."""

    def one(value: Any) -> Any:
        bare = isinstance(value, dict) and value.keys() == {"@id"} and isinstance(value["@id"], str)
        return by_id.get(value["@id"], value) if bare else value

    return {
        name: [one(item) for item in value[:_NODES]] if isinstance(value, list) else one(value)
        for name, value in node.items()
    }


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _kinds(node: dict[str, Any]) -> set[str]:
    kinds = node.get("@type") or node.get("type") or ()
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {kind.rsplit("/", 1)[-1].rsplit("#", 1)[-1] for kind in kinds if isinstance(kind, str)}


def _product(node: dict[str, Any]) -> Said:
    offer = _offer(node.get("offers"))
    terms = (
        _first(offer.get("priceSpecification"))
        if isinstance(offer.get("priceSpecification"), (list, dict))
        else {}
    )
    terms = terms if isinstance(terms, dict) else {}
    cells = {
        "listing_id": _text(node.get("productID")) or _text(node.get("sku")),
        "url": _address(node.get("url")) or _address(offer.get("url")),
        "title": _text(node.get("name")),
        "description": _text(node.get("description")),
        "brand": _text(node.get("brand")) or _text(node.get("manufacturer")),
        "model": _text(node.get("model")) or _text(node.get("mpn")),
        "gtin": next((text for name in _GTIN if (text := _text(node.get(name)))), None),
        "category": _category(node.get("category")),
        "price": _text(offer.get("price")) or _text(offer.get("lowPrice")) or _text(terms.get("price")),
        "currency": _text(offer.get("priceCurrency")) or _text(terms.get("priceCurrency")),
        "seller_name": _text(offer.get("seller")) or _text(offer.get("offeredBy")),
        "image_urls": _images(node.get("image")),
        "specs": orjson.dumps(node["additionalProperty"], default=str).decode()
        if node.get("additionalProperty")
        else None,
    }
    return {name: text for name, text in cells.items() if text}


def _first(value: Any) -> Any:
    while isinstance(value, list):
        value = value[0] if value else None
    return value


def _text(value: Any) -> str | None:
    """A text, a number, or the name inside; tags and spaces of a text are left as they are but for the ends."""
    value = _first(value)
    if isinstance(value, dict):
        value = _first(value.get("name") or value.get("@value") or value.get("value"))
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    return entities.unescape(str(value)).strip() or None


def _address(value: Any) -> str | None:
    value = _first(value)
    value = value.get("@id") if isinstance(value, dict) else value
    return value.strip() if isinstance(value, str) and value.strip() else None


def _category(value: Any) -> str | None:
    if isinstance(value, list):
        return " > ".join(text for item in value if (text := _text(item))) or None
    return _text(value)


def _offer(value: Any) -> dict[str, Any]:
    """The offer, of many the first with a price."""
    offers = [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
    inner = [item for offer in offers if isinstance(offer.get("offers"), list) for item in offer["offers"]]
    every = offers + [item for item in inner if isinstance(item, dict)]
    return next(
        (item for item in every if item.get("price") or item.get("lowPrice")), every[0] if every else {}
    )


def _images(value: Any) -> str | None:
    items = value if isinstance(value, list) else [value]
    found = []
    for item in items[:50]:
        if isinstance(item, dict):
            item = _first(item.get("url") or item.get("contentUrl") or item.get("@id"))
        if isinstance(item, str) and item.strip():
            found.append(item.strip().replace(" ", "%20"))
    return " ".join(dict.fromkeys(found)) or None


_GRAPH = {
    "og:title": "title",
    "og:description": "description",
    "og:url": "url",
    "og:image": "image_urls",
    "product:price:amount": "price",
    "product:sale_price:amount": "price",
    "og:price:amount": "price",
    "product:price:currency": "currency",
    "og:price:currency": "currency",
    "product:brand": "brand",
    "og:brand": "brand",
    "product:category": "category",
    "product:retailer_item_id": "listing_id",
    "product:gtin": "gtin",
    "product:ean": "gtin",
    "product:upc": "gtin",
    "product:isbn": "gtin",
    "product:mfr_part_no": "model",
}


def open_graph(tree: LexborHTMLParser) -> tuple[Said, bool]:
    """What Open Graph says by column, and whether it says that the page is a product's."""
    found: Said = {}
    product = False
    for meta in tree.css("meta[property], meta[name]"):
        name = (meta.attributes.get("property") or meta.attributes.get("name") or "").strip().lower()
        text = entities.unescape(meta.attributes.get("content") or "").strip()
        product = product or name.startswith("product:") or (name == "og:type" and "product" in text)
        if name in _GRAPH and text:
            found.setdefault(_GRAPH[name], text)
    return found, product and "title" in found
