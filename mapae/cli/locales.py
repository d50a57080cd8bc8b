"""In which language to speak: Korean where the locale says so, else English."""

from __future__ import annotations

import locale
import os

from mapae.errors import UsageError

__all__ = ["language"]


def language(told: str | None = None) -> str:
    """`ko` or `en`: as told, else by the locale of messages. UsageError where another language is asked for."""
    if told:
        spoken = told.lower().replace("_", "-").partition("-")[0]
        if spoken not in ("ko", "en"):
            raise UsageError(
                f"the command line does not speak {told!r}",
                where="--lang",
                mend="write ko or en; the desk's pages for agents, sellers and consumers speak Chinese too",
            )
        return spoken
    try:
        name = locale.setlocale(locale.LC_MESSAGES, "")
    except (locale.Error, AttributeError):  # a locale that is asked for but not installed
        name = next((said for key in ("LC_ALL", "LC_MESSAGES", "LANG") if (said := os.environ.get(key))), "")
    return "ko" if name.lower().startswith("ko") else "en"
