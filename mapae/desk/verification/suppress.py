"""Keeps small numbers out of what is published, so that nobody is recognised by them and no share is read into chance."""

from __future__ import annotations

from typing import Any

__all__ = ["LEAST", "suppressed"]

LEAST = 5  # what rests on fewer is not shown


def suppressed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of one figure with small ones emptied. Where that leaves one platform of a group to be had by subtraction from
    the group's row, the next smallest is emptied with it."""
    hidden = {at for at, row in enumerate(rows) if row["n"] < LEAST}
    for group in {row["group"] for row in rows}:
        own = [at for at, row in enumerate(rows) if row["group"] == group and row["operator"]]
        small = [at for at in own if at in hidden]
        if len(small) == 1 and len(own) > 1:
            hidden.add(min((at for at in own if at not in hidden), key=lambda at: (rows[at]["n"], at)))
    empty = {"n": None, "k": None, "value": None}
    return [{**row, **empty} if at in hidden else row for at, row in enumerate(rows)]
