"""Saved product pages: what they declare, else what they look like, with the page itself kept as evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from mapae.errors import InputError
from mapae.sources.blocks import Block
from mapae.sources.document_kind import document_kind
from mapae.sources.encodings import SAMPLE, detect
from mapae.sources.identity import home_of, item_of, platform_of
from mapae.sources.markup import declared, open_graph
from mapae.sources.page_document import document_text
from mapae.sources.page_guess import cards, guessed, visible_text
from mapae.sources.rejects import RejectLog
from mapae.sources.streams import head

__all__ = ["PAGE_LIMIT", "PageReader", "decoded"]

PAGE_LIMIT = 16 << 20  # bytes of a page that are read and kept
_TEXT_LIMIT = 20_000
_COLUMNS = (
    "listing_id platform url seller_name title description brand model gtin category price currency image_urls language "
    "page_html specs page_syntax"
).split()
_POLICY = "document_id doc_kind url language text".split()
_SHARED = ("url", "description", "brand", "category", "image_urls")  # what a page may say of all its variants
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)")


class PageReader:
    """One HTML file: one listing, or one for each product of a list. kind `policy`: one document with its words."""

    def __init__(self, path: Path, log: RejectLog, kind: str | None) -> None:
        self.path, self.log, self.kind = path, log, kind
        self.columns: Sequence[str] = _POLICY if kind == "policy" else _COLUMNS

    def blocks(self) -> Iterator[Block]:
        """One block with all that the page offers."""
        data = head(self.path, PAGE_LIMIT + 1)
        if len(data) > PAGE_LIMIT:
            self.log.note(f"only the first {PAGE_LIMIT >> 20} MiB of the page were read and kept", 1)
            data = data[:PAGE_LIMIT]
        page = decoded(data, str(self.path))
        try:
            tree = LexborHTMLParser(page)
        except Exception as error:
            raise InputError(f"the page cannot be read: {error}", where=str(self.path)) from error
        url = _address(tree, page)
        rows = [self._policy(tree, url)] if self.kind == "policy" else _listings(page, tree, url)
        if not any(row.get("title") or row.get("description") or row.get("text") for row in rows):
            self.log.row(1, "the page shows no text", page)
            return
        columns: dict[str, Any] = {name: [row.get(name) for row in rows] for name in self.columns}
        yield Block(columns, np.ones(len(rows), np.int64))

    def _policy(self, tree: LexborHTMLParser, url: str | None) -> dict[str, Any]:
        text = document_text(tree, PAGE_LIMIT)
        title = tree.css_first("title")
        kind = document_kind(f"{self.path.stem} {title.text() if title else ''}", text, self.path.parent.name)
        return {
            "document_id": self.path.stem, "doc_kind": kind, "url": url, "language": _language(tree), "text": text,
        }  # fmt: skip


def _listings(page: str, tree: LexborHTMLParser, url: str | None) -> list[dict[str, Any]]:
    products, syntax = declared(page, tree, url)
    graph, is_product = open_graph(tree)
    if not products and is_product:
        products, syntax = [dict(graph)], "open-graph"
    if not products:
        products, syntax = cards(tree), "cards"
    if not products:
        found = guessed(tree)
        products, syntax = [found or _bare(tree, graph)], "looks" if found else "text"
    return _finished(products, syntax, page, tree, url, graph)


def _finished(
    products: list[dict[str, str]],
    syntax: str,
    page: str,
    tree: LexborHTMLParser,
    url: str | None,
    graph: dict[str, str],
) -> list[dict[str, Any]]:
    """The rows with what the page says of all: language, platform, whole addresses.

    One product keeps the page, and so does the first of a group's variants.
    """
    platform, base = _platform(tree, url)
    groups = {product.pop("group", "") for product in products}
    alone = len(products) == 1 or (len(groups) == 1 and "" not in groups)
    rows: list[dict[str, Any]] = []
    for product in products:
        row: dict[str, Any] = {"language": _language(tree), "page_syntax": syntax} | product
        if alone:
            said = graph if len(products) == 1 else {name: graph[name] for name in _SHARED if name in graph}
            row = row | {name: text for name, text in said.items() if name not in row and name != "title"}
            row["description"] = row.get("description") or visible_text(tree, _TEXT_LIMIT)
            row["page_html"] = None if rows else page
        address = row.get("url") or (url if alone else None)
        row["url"] = _joined(base, address) if address else None
        row["platform"] = platform or (
            platform_of(urlsplit(row["url"]).hostname or "") if row["url"] else None
        )
        if not row.get("listing_id") and (len(products) == 1 or product.get("url")):
            row["listing_id"] = item_of(row["url"]) if row["url"] else product.get("item")
        rows.append(row)
    return rows


def _bare(tree: LexborHTMLParser, graph: dict[str, str]) -> dict[str, str]:
    title = tree.css_first("title")
    words = title.text().strip() if title else ""
    return {"title": graph.get("title") or words, "description": visible_text(tree, _TEXT_LIMIT)}


def decoded(data: bytes, where: str) -> str:
    """By byte order mark, by the page's own charset where it reads without fault, else by the letters."""
    said = _CHARSET.search(data[:4096])
    found = detect(data[:SAMPLE])
    if not found:
        raise InputError("the file is no text", where=where, mend="give a saved page as HTML")
    names = (
        [found] if found.startswith("utf-16") or said is None else [said[1].decode("ascii", "ignore"), found]
    )
    for name in names:
        name = {"euc-kr": "cp949", "ks_c_5601-1987": "cp949", "gb2312": "gb18030", "gbk": "gb18030"}.get(
            name.lower(), name
        )
        try:
            return data.decode(name).removeprefix("\ufeff").replace("\0", "")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(found, "replace").removeprefix("\ufeff").replace("\0", "")


def _address(tree: LexborHTMLParser, page: str) -> str | None:
    link = tree.css_first('link[rel="canonical"]')
    url = (link.attributes.get("href") if link else None) or open_graph(tree)[0].get("url")
    if not url and (saved := _SAVED.search(page[:5000])):
        url = saved[1]
    return url if url and url.startswith(("http://", "https://")) else None


def _language(tree: LexborHTMLParser) -> str | None:
    node = tree.css_first("html[lang]")
    return (node.attributes.get("lang") or "").strip()[:10] or None if node else None


def _platform(tree: LexborHTMLParser, url: str | None) -> tuple[str | None, str | None]:
    """Name and base address: by the page's own address, else by the hosts that its pictures come from."""
    if url:
        return platform_of(urlsplit(url).hostname or ""), url
    hosts = Counter(_host(image.attributes.get("src") or "") for image in tree.css("img[src]")[:200])
    for host, _ in hosts.most_common():
        if home := home_of(host):
            return platform_of(host), home
    return None, None


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _joined(base: str | None, url: str) -> str:
    try:
        return urljoin(base, url) if base else url
    except ValueError:
        return url
