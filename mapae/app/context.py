"""The context of a run from the words of the command line: pack, law book, lists, as-of date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mapae.contract import Context
from mapae.errors import UsageError
from mapae.law import LawBook
from mapae.lists import ListStore
from mapae.pack import load_pack

__all__ = ["make_context", "parse_day"]


def parse_day(text: str | None, today: date | None = None) -> date:
    """An ISO day; without text `today`, or this day. UsageError for anything else."""
    if not text:
        return today or date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"not a day: {text!r}", where="--as-of", mend="write it as 2026-11-23") from None


def make_context(
    pack: str = "kr",
    as_of: date | None = None,
    lists: str | None = None,
    options: dict[str, str] | None = None,
) -> Context:
    """Load the pack and its lists.

    lists: None (pack and $MAPAE_HOME/lists), "none" (pack only), or the folder of a list store added to the pack.
    """
    loaded = load_pack(pack)
    folder = Path(lists) if lists and lists != "none" else None
    store = ListStore.load(loaded, folder, user=lists is None)
    return Context(loaded, LawBook(loaded), store, as_of or date.today(), dict(options or {}))
