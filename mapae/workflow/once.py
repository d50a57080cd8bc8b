"""Keeps what was made of a table of the pack for as long as it is the same table."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

__all__ = ["once"]

Made = TypeVar("Made")
_MOST = 8  # tables remembered, of several packs


def once(make: Callable[[object], Made]) -> Callable[[object], Made]:
    """`make`, called once for each table (by identity); what it returns is shared, and not to be changed."""
    kept: list[tuple[object, Made]] = []

    @wraps(make)
    def made(table: object) -> Made:
        for known, found in kept:
            if known is table:
                return found
        found = make(table)
        kept.insert(0, (table, found))
        del kept[_MOST:]
        return found

    return made
