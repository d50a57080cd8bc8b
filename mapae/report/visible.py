"""Makes hostile text harmless and hidden text visible: escapes HTML, shows zero-width and direction characters."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

from markupsafe import Markup, escape

__all__ = ["safe_link", "visible"]

_PLAIN = frozenset("\n\t\u00ad")


def visible(text: str | None, limit: int = 2000) -> Markup:
    """The text escaped; each invisible or direction-changing character as a small mark that names it."""
    out: list[Markup] = []
    run: list[str] = []
    value = text or ""
    if value.isprintable():
        return escape(value[:limit]) + (Markup("…") if len(value) > limit else Markup(""))
    for char in value[:limit]:
        if char in _PLAIN or unicodedata.category(char) not in ("Cf", "Cc", "Co", "Cs"):
            run.append(char)
            continue
        out.append(escape("".join(run)))
        run = []
        name = unicodedata.name(char, "CONTROL CHARACTER")
        out.append(Markup('<span class="hidden" title="{}">{:04X}</span>').format(name, ord(char)))
    out.append(escape("".join(run)))
    return Markup("").join(out) + (Markup("…") if len(value) > limit else Markup(""))


def safe_link(url: str | None) -> str:
    """The address if it is an ordinary web address, else nothing: no script, no data, no file."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return str(url) if parts.scheme in ("http", "https") and parts.netloc else ""
