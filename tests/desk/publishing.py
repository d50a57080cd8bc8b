"""Does what a reader of a public figure can do: takes query and file from its page and runs the one on the other."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import duckdb
from django.test import Client
from django.urls import reverse

__all__ = ["answer_of", "published_numbers", "texts"]


def answer_of(client: Client, address: str, folder: Path, at: int = 0) -> list[dict[str, Any]]:
    """The rows that the query printed on the page gives from the file it links to; at: of several queries, which."""
    page = client.get(address).content.decode()
    query = html.unescape(re.findall(r"<pre[^>]*><code[^>]*>(.*?)</code>", page, re.S)[at])
    place, name = re.findall(r'<a href="([^"]+)">([^<]+\.parquet)</a>', page)[at]
    (folder / name).write_bytes(client.get(html.unescape(place)).content)
    answer = duckdb.connect().execute(query.replace(f"'{name}'", f"'{folder / name}'"))
    names = [each[0] for each in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def published_numbers(client: Client, page: str, route: str, digest: str, folder: Path) -> set[str]:
    """Every number that the queries linked from a page give, as pages write them."""
    keys = set(
        re.findall(re.escape(reverse(route, args=[digest, "KEY"])).replace("KEY", r"([\w-]+)") + '"', page)
    )
    assert keys
    rows = (row for key in keys for row in answer_of(client, reverse(route, args=[digest, key]), folder))
    return {text for row in rows for text in texts(row)}


def texts(row: dict[str, Any]) -> set[str]:
    """A row's numbers as pages write them: as share, as days and as count."""
    n, k, value, low, high = (row[name] for name in ("n", "k", "value", "low", "high"))
    if value is None:
        return {"too few to show"}
    shares = {f"{100 * value:.1f} %", f"{100 * low:.1f}–{100 * high:.1f} %"}
    return shares | {f"{value:g} days", f"{low:g}–{high:g}", f"{value:,.0f}", str(n), str(k)}
