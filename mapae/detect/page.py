"""What a visitor receives in a page: texts by place (heading, meta, data, hidden), pictures, prices, offers, forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

__all__ = ["LONGEST_PAGE", "Page", "read_page"]

LONGEST_PAGE = 4_000_000  # characters that are looked at; the rest of a larger page is left out
_PRICE = re.compile(
    r"(?:[₩￦¥￥$€£]|krw|usd|cny|rmb|jpy)\s?\d[\d,.]*|\d[\d,.]*\s?(?:원|위안|엔|元|円|krw|usd|cny|won)(?![가-힣a-z])|\d+만\s?원",
    re.I,
)
_JSON_NAME = re.compile(
    r"""(?<![\w-])["']?(?:(?:goods|product|item|prod|prdt?|sku|display|short|model)?_?(?:name|title|nm)|subject|headline)["']?"""
    r"""\s*:\s*(["'])((?:\\.|(?!\1)[^\\\n]){2,200})\1""",
    re.I,
)
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})", re.I)
_JSON_IMAGE = re.compile(
    r"""["'](https?:[^"']{4,300}?\.(?:jpe?g|png|webp|gif|avif))(?:\?[^"']*)?["']""", re.I
)
_LEAVES = "p,span,div,a,dt,dd,em,i,label,option,summary,caption,th,article,section,button"
_LONGEST_LINE = 200
_TEMPLATE = re.compile(
    r"<(/?)template\b", re.I
)  # a parser keeps what is in a template out of the page's text
_SKIP_IMAGE = re.compile(
    r"logo|icon|/static/|19\.(?:png|svg|gif|jpe?g)|/19|qr|geo\.svg|oops|blank|sprite|banner", re.I
)


@dataclass(frozen=True, slots=True)
class Page:
    """A delivered page. text: all visible and hidden text; titles: headings, list names, alt texts, meta and data names;
    lines: other short texts that stand alone in an element; images: addresses of pictures that are no logo, mark or icon;
    prices: price texts; scripts: script text; forms: actions.
    """

    text: str
    titles: tuple[str, ...]
    lines: tuple[str, ...]
    images: tuple[str, ...]
    prices: tuple[str, ...]
    scripts: str
    forms: tuple[str, ...]
    inputs: int


@lru_cache(maxsize=512)
def read_page(html: str) -> Page:
    """Parse a page as it was received; broken markup is read as browsers read it."""
    tree = LexborHTMLParser(_TEMPLATE.sub(r"<\1div", html[:LONGEST_PAGE]))
    scripts = "\n".join(node.text() for node in tree.css("script"))
    titles = [
        node.text(separator=" ", strip=True)
        for node in tree.css("h1,h2,h3,h4,title,[itemprop=name],figcaption,li,strong,b,td")
    ]
    for node in tree.css("[alt],[title],meta[content],[aria-label],input[value]"):
        titles += [
            node.attributes.get(name) or "" for name in ("alt", "title", "content", "aria-label", "value")
        ]
    titles += [_unescaped(match[2]) for match in _JSON_NAME.finditer(scripts)]
    lines = [node.text(deep=False, strip=True) for node in tree.css(_LEAVES)]
    images = [
        source
        for node in tree.css("img,source,[style*=background-image]")
        if (source := _source(node.attributes)) and not _SKIP_IMAGE.search(source)
    ]
    images += [found for found in _JSON_IMAGE.findall(scripts) if not _SKIP_IMAGE.search(found)]
    images += [
        found
        for node in tree.css("meta[property='og:image']")
        if (found := node.attributes.get("content") or "") and not _SKIP_IMAGE.search(found)
    ]
    forms = [node.attributes.get("action") or "" for node in tree.css("form,button,a")]
    forms += [
        node.attributes.get(name) or ""
        for node in tree.css("[data-go],[onclick],a[href]")
        for name in ("data-go", "onclick", "href")
    ]
    inputs = len(tree.css("input"))
    for node in tree.css("script,style"):
        node.decompose()
    body = tree.root.text(separator=" ", strip=True) if tree.root else ""
    noscript = " ".join(node.text(separator=" ", strip=True) for node in tree.css("noscript"))
    comments = " ".join(re.findall(r"<!--(.*?)-->", html[:LONGEST_PAGE], re.S))
    text = re.sub(r"\s+", " ", f"{body} {noscript}")
    prices = tuple(match[0] for match in _PRICE.finditer(text + " " + " ".join(titles)))
    prices += tuple(
        re.findall(r'"(?:sale|final|goods|item|unit)?_?price"\s*:\s*"?(\d[\d.,]*)', scripts, re.I)
    )
    return Page(
        text, tuple(item for item in titles if item),
        tuple(line for line in lines if 0 < len(line) <= _LONGEST_LINE), tuple(images), prices, scripts + " " + comments,
        tuple(form for form in forms if form), inputs,
    )  # fmt: skip


def _unescaped(text: str) -> str:
    """A string of a script with its \\uXXXX letters read."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _source(attributes: dict[str, str | None]) -> str:
    for name in ("src", "data-src", "data-original", "srcset", "style"):
        if attributes.get(name):
            return str(attributes[name])
    return ""
