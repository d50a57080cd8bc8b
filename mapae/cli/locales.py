"""In which language to speak: Korean where the locale says so, else English."""

from __future__ import annotations

import locale

__all__ = ["language"]


def language() -> str:
    """`ko` or `en`, by the locale of messages."""
    try:
        name = locale.setlocale(locale.LC_MESSAGES, "")
    except (locale.Error, AttributeError):
        return "en"
    return "ko" if name.lower().startswith("ko") else "en"
