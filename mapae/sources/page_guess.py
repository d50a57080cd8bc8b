"""A listing out of a page that declares nothing: title, price beside a currency, seller, breadcrumbs; or its cards."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

__all__ = ["cards", "guessed", "visible_text"]

_SIGNS = r"(?:₩|￦|¥|￥|€|£|\$|₫|฿|₱|₹|₽|Rp\.?|RM|NT\$|HK\$|US\s?\$|R\$|S\$)"
_WORDS = r"(?:원|元|円|₫|đ|€|zł|บาท|USD|KRW|CNY|EUR|JPY|GBP)"
_PRICE = re.compile(rf"{_SIGNS}\s?\d[\d.,]*|\d[\d.,]*\s?(?:만\s?(?:\d[\d,]*\s?)?)?{_WORDS}(?![^\W\d_])")
_OLD = re.compile(
    r"origin|old|before|list-?price|base-?price|strike|line-through|regular|was-|del\b|정가|원가",
    re.IGNORECASE,
)
_NOT_PRICE = re.compile(
    r"배송|적립|쿠폰|포인트|shipping|delivery|coupon|cashback|point|运费|优惠券|per\b|당\s|/\s?\d",
    re.IGNORECASE,
)
_TITLES = (
    "h1",
    '[itemprop="name"]',
    '[class*="product-title" i], [class*="product_title" i], [class*="producttitle" i], [class*="prod-name" i]',
    '[class*="product-name" i], [class*="product_name" i], [class*="productname" i], [class*="goods-name" i], [class*="item-name" i]',
    '[class*="title" i]',
)
_CARD_TITLES = (
    '[class*="name" i]:not([class*="brand" i]):not([class*="shop" i]):not([class*="seller" i]):not([class*="container" i])',
    *_TITLES[1:],
    "h2, h3, h4",
)
_PRICES = (
    '[itemprop="price"]',
    '[class*="final-price" i], [class*="total-price" i], [class*="sale-price" i], [class*="sales-price" i], [class*="current-price" i], [class*="finalprice" i], [class*="saleprice" i]',
    '[class*="price" i]',
)
_SELLERS = '[class*="seller-name" i], [class*="sellername" i], [class*="seller-info" i] a, [class*="shop-name" i], [class*="store-name" i], [class*="vendor-name" i], [class*="seller" i] a'
_CRUMBS = '[class*="breadcrumb" i] a, nav[aria-label*="breadcrumb" i] a, [class*="breadcrumb" i] li'
_CARDS = "li, article, tr, div[data-id], div[data-pid], div[data-itemid], div[data-asin], div[data-product-id], div[class*=product i], div[class*=item i], div[class*=card i]"
_MOST_CARDS = 500
_IDS = ("data-id", "data-product-id", "data-asin", "data-itemid", "data-pid", "data-item-id")


def guessed(tree: LexborHTMLParser) -> dict[str, str]:
    """One product by the looks of the page; empty where it shows no price or no title."""
    body = tree.body or tree.root
    if body is None:
        return {}
    title, price = _title(body, _TITLES), _price(body)
    if not title or not price:
        return {}
    crumbs = list(dict.fromkeys(text for node in tree.css(_CRUMBS) if (text := _clean(node))))
    cells = {
        "title": title,
        "price": price,
        "category": " > ".join(crumbs) if len(crumbs) < 12 else "",
        "seller_name": _first_text(body, _SELLERS),
        "brand": _first_text(body, '[itemprop="brand"], [class*="brand-name" i], [class*="brandname" i]'),
        "image_urls": _image(body),
    }
    return {name: text for name, text in cells.items() if text}


def cards(tree: LexborHTMLParser) -> list[dict[str, str]]:
    """The products of a list of equal cards, each with a price, a link and a name; empty where there are not two."""
    groups: dict[tuple[str, str], list[LexborNode]] = {}
    for node in tree.css(_CARDS)[:20_000]:
        parent = node.parent
        mark = (
            f"{node.tag}.{(node.attributes.get('class') or '').split(' ')[0]}",
            str(parent.mem_id) if parent else "",
        )
        groups.setdefault(mark, []).append(node)
    best: list[dict[str, str]] = []
    tried = 0
    for nodes in sorted(groups.values(), key=len, reverse=True):
        if len(nodes) < 2 or len(nodes) <= len(best) or tried > 30:
            break
        tried += 1
        found = [card for node in nodes[:_MOST_CARDS] if (card := _card(node))]
        if len({card["title"] for card in found}) > max(1, len(best)):
            best = found
    return best


def _card(node: LexborNode) -> dict[str, str]:
    price = _price(node)
    link = node.css_first("a[href]")
    if not price or link is None:
        return {}
    image = node.css_first("img[alt]")
    title = (
        _title(node, _CARD_TITLES)
        or link.attributes.get("title")
        or (image.attributes.get("alt") if image else "")
    )
    if not title:
        return {}
    own = next((value for name in _IDS if (value := node.attributes.get(name))), None)
    cells: dict[str, Any] = {
        "title": title.strip(),
        "price": price,
        "url": link.attributes.get("href"),
        "image_urls": _image(node),
        "item": own,
        "page_html": node.html,
    }
    return {name: text for name, text in cells.items() if text}


def _title(node: LexborNode, selectors: tuple[str, ...]) -> str:
    for selector in selectors:
        if text := _first_text(node, selector, 3):
            return text
    image = node.css_first("img[alt]")
    return (image.attributes.get("alt") or "").strip() if image else ""


def _price(node: LexborNode) -> str:
    """The first price that is not crossed out and is no charge for something else."""
    for selector in _PRICES:
        for found in node.css(selector)[:40]:
            if price := _price_in(found):
                return price
    return _price_in(node)


def _price_in(node: LexborNode) -> str:
    if value := node.attributes.get("content"):
        return value if re.match(r"[\d.,]+\Z", value.strip()) else ""
    for part in node.traverse(include_text=True):
        if part.tag != "-text":
            continue
        parent = part.parent
        text = (part.text(deep=False) or "").strip()
        if (
            not text
            or len(text) > 60
            or parent is None
            or parent.tag in ("script", "style", "del", "s", "strike")
        ):
            continue
        match = _PRICE.search(text)
        if match is None and re.fullmatch(r"[\d.,]+", text):
            around = _clean(parent.parent or parent)[:40]  # sign and number may be elements of their own
            match = _PRICE.search(around) if text in around else None
        if match and not _charge(part, text):
            return match[0]
    return ""


def _charge(part: LexborNode, text: str) -> bool:
    """Whether the price is an old one, or for delivery, a point, a unit."""
    node = part.parent
    for _ in range(3):
        if node is None:
            break
        if node.tag in ("del", "s", "strike") or _OLD.search(node.attributes.get("class") or ""):
            return True
        node = node.parent
    before = part.parent.prev if part.parent is not None else None
    beside = f"{text} {_clean(before) if before is not None and before.tag != '-text' else ''}"
    return bool(_NOT_PRICE.search(beside))


def _first_text(node: LexborNode, selector: str, least: int = 1) -> str:
    for found in node.css(selector)[:20]:
        text = _clean(found)
        if least <= len(text) <= 500:
            return text
    return ""


def _image(node: LexborNode) -> str:
    urls = [
        url
        for image in node.css("img")[:10]
        if (url := image.attributes.get("data-src") or image.attributes.get("src"))
        and not url.startswith("data:")
    ]
    return Counter(urls).most_common(1)[0][0].replace(" ", "%20") if urls else ""


def _clean(node: LexborNode) -> str:
    return " ".join((node.text(deep=True, separator=" ") or "").split())


def visible_text(tree: LexborHTMLParser, limit: int) -> str:
    """The words of the page without scripts and styles, at most `limit` characters."""
    body = tree.body
    if body is None:
        return ""
    parts, held = [], 0
    for node in body.traverse(include_text=True):
        if (
            node.tag == "-text"
            and node.parent is not None
            and node.parent.tag not in ("script", "style", "template")
        ):
            text = " ".join((node.text(deep=False) or "").split())
            if text:
                parts.append(text)
                held += len(text) + 1
            if held >= limit:
                break
    return "\n".join(parts)[:limit]
