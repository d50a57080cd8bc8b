"""Addresses of pages that other areas keep; nothing where there is no such page."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

__all__ = ["link"]


def link(name: str, *args: object) -> str:
    """The address of a page by its route's name, or an empty string."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
