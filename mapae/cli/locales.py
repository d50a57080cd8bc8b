"""In which language to speak: Korean where the locale says so, else English."""

from __future__ import annotations

import locale

__all__ = ["language"]


def language(told: str | None = None) -> str:
    """`ko` or `en`: as told, else by the locale of messages."""
    if told:
        return "ko" if told.lower().startswith("ko") else "en"
    try:
        name = locale.setlocale(locale.LC_MESSAGES, "")
    except (locale.Error, AttributeError):
        return "en"
    return "ko" if name.lower().startswith("ko") else "en"
