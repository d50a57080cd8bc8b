"""Picks the findings that show most: each check in turn, hidden words before plain ones, no reference twice."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["hidden_reason", "striking"]

_GRAVE = {"critical": 3.0, "high": 2.0, "medium": 1.0}


def striking(rows: Iterable[Mapping[str, Any]], count: int) -> list[dict[str, Any]]:
    """At most `count` rows of FINDING_SCHEMA, by turns from every check; the order of equal rows is kept."""
    by_check: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_check.setdefault(row["check"], []).append(dict(row))
    for found in by_check.values():
        found.sort(key=_weight, reverse=True)
    chosen: list[dict[str, Any]] = []
    seen: set[tuple[str, str]] = set()
    while by_check and len(chosen) < count:
        for check in list(by_check):
            best = _next(by_check[check], seen)
            if best is None:
                del by_check[check]
            elif len(chosen) < count:
                chosen.append(best)
    return chosen


def hidden_reason(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The reason whose words are least like what they stand for; the first where all are plain."""
    reasons = row["reasons"]
    named: Mapping[str, Any] = max(reasons, key=lambda reason: (_hidden(reason), reason["score"]))
    return named


def _next(rows: list[dict[str, Any]], seen: set[tuple[str, str]]) -> dict[str, Any] | None:
    """The best row whose reference and check's kind of evidence have not been shown; None where none is left."""
    while rows:
        row = rows.pop(0)
        mark = (row["check"], row["reference_id"])
        if mark not in seen:
            seen.add(mark)
            return row
    return None


def _weight(row: Mapping[str, Any]) -> tuple[float, float]:
    return (
        _GRAVE.get(row["severity"], 0.0) + 4 * _hidden(hidden_reason(row)),
        float(row["score"] or 0),
    )


def _hidden(reason: Mapping[str, Any]) -> float:
    """1 where the words seen are broken up or disguised, 0.5 where they only differ from what they stand for, else 0."""
    seen, matched = reason["seen"] or "", reason["matched"] or ""
    plain = not seen or not matched or matched.casefold() in seen.casefold()
    if plain or reason["end"] <= reason["start"]:
        return 0.0
    return 1.0 if _broken(seen) else 0.5


def _broken(seen: str) -> bool:
    """Invisible characters, single letters apart, digits inside a word, mixed alphabets, or loose Hangul letters."""
    if any(unicodedata.category(char) == "Cf" or "\u3131" <= char <= "\u318e" for char in seen):
        return True
    letters = [char for char in seen if char.isalpha()]
    parts = [part for part in "".join(c if c.isalnum() else " " for c in seen).split() if part]
    scripts = {unicodedata.name(char, "").split(" ")[0] for char in letters}
    mixed = len(scripts & {"LATIN", "CYRILLIC", "GREEK", "FULLWIDTH"}) > 1 or "FULLWIDTH" in scripts
    inside = any(char.isdigit() for char in seen[1:-1]) and seen.isalnum() and len(letters) > 2
    return mixed or inside or (len(parts) > 2 and all(len(part) == 1 for part in parts))
