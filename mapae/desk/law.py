"""The law book the desk reads, and its titles in the visitor's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils.translation import get_language

from mapae.law import LawBook
from mapae.pack import load_pack

__all__ = ["book", "said"]


@cache
def book() -> LawBook:
    """The book of pack kr."""
    return LawBook(load_pack("kr"))


def said(titles: Mapping[str, str]) -> str:
    """The title in the language of the page; English, then Korean where that is missing."""
    language = (get_language() or "ko")[:2]
    return titles.get(language) or titles.get("en") or titles.get("ko") or ""
