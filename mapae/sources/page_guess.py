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
    r"origin|(?<![a-z])(?:old|before|was|del|regular)(?![a-z])|list-?price|base-?price|strike|line-through",
    re.IGNORECASE,
)
_NOT_PRICE = re.compile(
    r"배송|적립|쿠폰|포인트|shipping|delivery|coupon|cashback|point|运费|优惠券|per\b|당\s|/\s?\d",
    re.IGNORECASE,
)
_DRAWING = re.compile(r"^data:|badge|icon|logo|sprite|\.svg|/ic_", re.IGNORECASE)


def _classes(words: str) -> str:
    """A selector for elements with one of these words in their class."""
    return ", ".join(f'[class*="{word}" i]' for word in words.split())


_TITLES = (
    "h1",
    '[itemprop="name"]',
    _classes("product-title product_title producttitle prod-name"),
    _classes("product-name product_name productname goods-name goods_name item-name item_name"),
    _classes("title"),
)
_NO_NAMES = "".join(f':not([class*="{word}" i])' for word in "brand shop seller store container".split())
_CARD_TITLES = (f'[class*="name" i]{_NO_NAMES}', *_TITLES[1:], "h2, h3, h4")
_PRICES = (
    '[itemprop="price"]',
    _classes("final-price total-price sale-price sales-price current-price finalprice saleprice price-now"),
    _classes("price"),
)
_SELLERS = ", ".join(
    (
        _classes("seller-name sellername seller_name shop-name store-name vendor-name"),
        '[class*="seller-info" i] a, [class*="seller" i] a',
    )
)
_BRANDS = f'[itemprop="brand"], {_classes("brand-name brandname brand_name")}'
_CRUMBS = '[class*="breadcrumb" i] a, nav[aria-label*="breadcrumb" i] a, [class*="breadcrumb" i] li'
_IDS = ("data-id", "data-product-id", "data-asin", "data-itemid", "data-pid", "data-item-id")
_CARDS = ", ".join(
    (
        "li, article, tr",
        *(f"div[{name}]" for name in _IDS),
        *(f'div[class*="{w}" i]' for w in ("product", "item", "card")),
    )
)
_MOST_CARDS = 500


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
        "seller_name": _own_words(body, _SELLERS),
        "url": _link(tree, title),
        "brand": _first_text(body, _BRANDS),
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
    for nodes in sorted(groups.values(), key=len, reverse=True)[:30]:
        if len(nodes) < 2 or len(nodes) <= len(best):
            break
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


def _own_words(node: LexborNode, selector: str) -> str:
    """The first words of the first match, without those of elements behind them ("visit the shop")."""
    for found in node.css(selector)[:20]:
        for part in found.traverse(include_text=True):
            text = " ".join((part.text(deep=False) or "").split()) if part.tag == "-text" else ""
            if 1 < len(text) <= 100:
                return text
    return ""


def _link(tree: LexborHTMLParser, title: str) -> str:
    """Where the title leads, when it is a link."""
    for link in tree.css("a[href]")[:2_000]:
        if title in (_clean(link), (link.attributes.get("title") or "").strip()):
            return link.attributes.get("href") or ""
    return ""


def _image(node: LexborNode) -> str:
    """The picture that stands there most often and is no badge, icon or drawing."""
    urls = [
        url
        for image in node.css("img")[:30]
        if (url := image.attributes.get("data-src") or image.attributes.get("src"))
        and not _DRAWING.search(url)
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
