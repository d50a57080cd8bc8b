"""Labels as developers hand them to the stores: Play Console's table of answers, App Store Connect's records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["play_answers", "store_records"]

Said = tuple[str, str]  # part of the label (collected, shared, none), and the words that name the data

# A row of the table: question, response, value. Ids hold no comma, so that quotes around them are all that can differ.
_ROW = re.compile(
    r'^"?(PSL_[\w:]+)"?[,;\t]"?(\w*)"?[,;\t]"?(true|false|yes|no|1|0)?"?(?=[,;\t\r]|$)',
    re.IGNORECASE | re.MULTILINE,
)
_USE = re.compile(r"PSL_DATA_USAGE_RESPONSES:(\w+):PSL_DATA_USAGE_COLLECTION_AND_SHARING", re.IGNORECASE)
_ENCRYPTED = "PSL_DATA_COLLECTION_ENCRYPTED_IN_TRANSIT"
# The stores' words for what is done with a kind of data → parts of the label.
_MARKS = {
    "DATA_LINKED_TO_YOU": "collected",
    "DATA_NOT_LINKED_TO_YOU": "collected",
    "DATA_USED_TO_TRACK_YOU": "shared",
}
_MANIFEST = "NSPrivacyCollectedDataType"


def play_answers(text: str) -> list[Said]:
    """What the table of Play Console's data safety form answers with yes; empty where the text is no such table.

    A kind that is ticked, but whose collection and sharing are not answered, counts as collected.
    """
    rows = list(_ROW.finditer(text))
    yes = [row for row in rows if (row[3] or "").lower() in ("true", "yes", "1")]
    used = [(use[1], row[2].upper()) for row in yes if (use := _USE.fullmatch(row[1]))]
    answered = {kind for kind, _ in used}
    ticked = [row[2] for row in yes if row[1].upper().startswith("PSL_DATA_TYPES_")]
    said = [("collected", kind) for kind in ticked if kind not in answered]
    said += [("collected", kind) for kind, answer in used if "COLLECTED" in answer]
    said += [("shared", kind) for kind, answer in used if "SHARED" in answer]
    said += [("", row[0]) for row in rows if row[1].upper() == _ENCRYPTED and row[3]]
    return said or [("", row[0]) for row in rows[:1]]


def store_records(value: Any) -> Iterator[Said]:
    """What App Store Connect's records, files made for it and the manifests of packages declare, wherever they stand."""
    if isinstance(value, list):
        for inside in value:
            yield from store_records(inside)
    elif isinstance(value, dict):
        own = list(_record(value))
        yield from own
        for inside in () if own else value.values():
            yield from store_records(inside)


def _record(value: Mapping[str, Any]) -> Iterator[Said]:
    """One kind of data with what is done with it."""
    if isinstance(value.get(_MANIFEST), str):
        yield "collected", value[_MANIFEST]
        if value.get(f"{_MANIFEST}Tracking") is True:
            yield "shared", value[_MANIFEST]
        return
    inside = value.get("relationships", value)
    category = _ids(inside.get("category")) if isinstance(inside, dict) else []
    if category:
        parts = {
            _MARKS[mark]
            for key in inside
            if "protection" in key.lower()
            for mark in _ids(inside[key])
            if mark in _MARKS
        }
        yield from ((part, category[0]) for part in sorted(parts))


def _ids(value: Any) -> list[str]:
    """A text, the `id` of an object, or those of a list of them."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [name for inside in value for name in _ids(inside)]
    return _ids(value.get("id") or value.get("data")) if isinstance(value, dict) else []
