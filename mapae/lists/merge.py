"""How two rows of the same entry become one: within a file, and where several sources know the same entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["REPLACED", "folded", "joined", "overlaid"]

# Lists whose later source replaces an entry as a whole: a notice says all there is about itself. In the others sources
# add to each other: customs know that a mark is recorded, the pack knows its names in other languages.
REPLACED = frozenset({"recalls", "terms"})
_NAMES = ("name_en", "name_ko", "name_zh")


def joined(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """One row of both: lists are put together, of other fields the later counts where it says anything."""
    row = dict(earlier)
    for name, value in later.items():
        before = row.get(name)
        if isinstance(before, list) and isinstance(value, list):
            row[name] = list(dict.fromkeys([*before, *value]))
        elif value not in (None, "", []):
            row[name] = value
    return row


def folded(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Rows by id; several rows of one id (a model a row, say) are one, in which the first row's word counts.

    A name that has no place beside the first row's becomes an alias.
    """
    result: dict[str, dict[str, Any]] = {}
    for row in rows:
        key = str(row["id"])
        before = result.get(key)
        result[key] = dict(row) if before is None else joined(before, {**row, **_said(before)})
        if second := _second_names(before or {}, row):
            result[key]["aliases"] = list(dict.fromkeys([*(result[key].get("aliases") or []), *second]))
    return result


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of one value that the row fills."""
    return {
        name: value for name, value in row.items() if value not in (None, "") and not isinstance(value, list)
    }


def _second_names(before: Mapping[str, Any], row: Mapping[str, Any]) -> list[str]:
    names = ((before.get(name), row.get(name)) for name in _NAMES)
    return [str(second) for first, second in names if first and second and first != second]


def overlaid(name: str, earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """The row of list `name` when a later source has the entry too. It was added on the earlier of both days."""
    row = dict(later) if name in REPLACED else joined(earlier, later)
    days = [day for day in (earlier.get("added_on"), later.get("added_on")) if day]
    row["added_on"] = min(days) if days else None
    return row
