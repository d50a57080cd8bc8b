"""What a finding was held against: the provision with its text of the day, and the entry of a list with its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

import orjson
import pyarrow.compute as pc

from mapae.desk.findings.models import Finding
from mapae.desk.law import book
from mapae.errors import FactError
from mapae.lists import ListStore
from mapae.model.law import Dated, Provision
from mapae.pack import load_pack

__all__ = ["Cited", "Reference", "cited", "reference_of"]

_LISTS = ("recalls", "ingredients", "brands", "products", "materials", "terms")
_TITLE = ("title", "name_ko", "owner", "name", "term", "name_en", "id")
_HIDDEN = frozenset({"id", "source", "url", "added_on", "low_price", "lines", "title"})


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision as of the finding's day. text: what holds then, None where nothing does; now: whether it holds today."""

    provision: Provision
    text: Dated | None
    now: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a list. facts: field → what it says, empty ones left out."""

    list: str
    id: str
    title: str
    url: str
    facts: Mapping[str, str]


def cited(finding: Finding, today: date) -> Cited | None:
    """The provision of a finding; None where the pack has no such key any more."""
    try:
        found = book().find(finding.provision)
        held = book().provision(finding.provision, finding.as_of)
        now = book().provision(finding.provision, today)
    except FactError:
        return None
    return Cited(found, held, now is not None) if isinstance(found, Provision) else None


@lru_cache(maxsize=4096)
def reference_of(key: str) -> Reference | None:
    """The entry of that id in the lists as they are now; None for classes, limits and what is gone."""
    for name in _LISTS:
        table = _store().table(name)
        rows = table.filter(pc.equal(table["id"], key)).to_pylist() if table.num_rows else []
        if rows:
            return _reference(name, rows[0])
    return None


@cache
def _store() -> ListStore:
    return ListStore.load(load_pack("kr"))


def _reference(name: str, row: dict[str, Any]) -> Reference:
    title = next((str(row[field]) for field in _TITLE if row.get(field)), row["id"])
    url = str(row.get("url") or "")
    facts = {field: _said(value) for field, value in row.items() if field not in _HIDDEN and _said(value)}
    return Reference(name, row["id"], title, url if url.startswith(("http://", "https://")) else "", facts)


def _said(value: Any) -> str:
    """A value in words: lists with commas, JSON objects as `key: value`, yes as a tick."""
    if value is None or value is False or value == []:
        return ""
    if value is True:
        return "✓"
    if isinstance(value, str) and value.startswith("{"):
        try:
            value = orjson.loads(value)
        except orjson.JSONDecodeError:
            return value
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_said(item)}" for key, item in value.items() if _said(item))
    if isinstance(value, list):
        return ", ".join(_said(item) for item in value)
    return str(value)
