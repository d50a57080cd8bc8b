"""The notices of the lists as the product check looks them up: by number, barcode and model, ready for many calls.

An index is built once for a day and a version of the lists, and shared by all calls: a list that is imported makes a new one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any

from mapae.app.context import make_context
from mapae.contract.run import Prepared, prepare
from mapae.measures.hazardous_goods.recalls import CHECK as RECALLS
from mapae.measures.hazardous_goods.substances import CHECK as SUBSTANCES
from mapae.settings import home

__all__ = ["RECALLS", "NoticeIndex", "misread", "notice_index", "plain_model", "plain_title"]

_BUILDING = Lock()
_SHORTEST = 4  # signs of a model that says enough by itself
_TITLE = 15  # signs of a title that does
_LOOKS = str.maketrans("oilsbz", "011582")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class NoticeIndex:
    """ready: the checks of recalls and ingredients; by_id: notices; by_code: barcode without leading noughts → notices;
    by_model: plain model → (notice, model as written); by_misread: the same by a model's misread form; by_title: plain title
    that says enough → notices; by_number: plain number of a notice → notices; ingredients: name → day of its listing; dated:
    notices up to the day, the newest first; newest: the day of the newest of all."""

    ready: Prepared
    by_id: Mapping[str, Row]
    by_code: Mapping[str, tuple[str, ...]]
    by_model: Mapping[str, tuple[tuple[str, str], ...]]
    by_misread: Mapping[str, tuple[tuple[str, str], ...]]
    by_title: Mapping[str, tuple[str, ...]]
    by_number: Mapping[str, tuple[str, ...]]
    ingredients: Mapping[str, str]
    dated: tuple[Row, ...]
    newest: str


def notice_index(pack: str, as_of: date) -> NoticeIndex:
    """The index for a day and the lists as they stand on the disk now."""
    with _BUILDING:  # many calls at once wait for one index instead of building one each
        return _built(pack, as_of, _version())


def plain_model(word: str) -> str:
    """A model as it is compared: letters and digits."""
    return re.sub(r"[^0-9a-z]", "", word.casefold())


def plain_title(words: str) -> str:
    """A title as it is compared: letters of any script and digits."""
    return "".join(filter(str.isalnum, words.casefold()))


def misread(plain: str) -> str:
    """A plain model with letters as the digits they are mistaken for on a label: O and 0, I, L and 1, S and 5, B and 8."""
    return plain.translate(_LOOKS)


def _version() -> tuple[tuple[str, int], ...]:
    """Which files describe the imported lists, and when each was last written."""
    found = sorted((home() / "lists").glob("*/*/meta.json"))
    return tuple((str(path), path.stat().st_mtime_ns) for path in found)


@lru_cache(maxsize=2)
def _built(pack: str, as_of: date, version: tuple[tuple[str, int], ...]) -> NoticeIndex:
    context = make_context(pack, as_of)
    rows = context.lists.table("recalls").to_pylist()
    by_code: dict[str, list[str]] = defaultdict(list)
    by_model: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        for code in row["gtins"] or ():
            by_code[code.lstrip("0")].append(row["id"])
        for model in filter(_telling, row["models"] or ()):
            by_model[plain_model(model)].append((row["id"], model))
    by_misread: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for plain, named in by_model.items():
        by_misread[misread(plain)] += named
    by_title, by_number = _named(rows)
    dated = [row for row in rows if row["date"] and row["date"] <= as_of.isoformat()]
    return NoticeIndex(
        prepare((RECALLS, SUBSTANCES), context, "listing"),
        {row["id"]: row for row in rows},
        {key: tuple(found) for key, found in by_code.items()},
        {key: tuple(found) for key, found in by_model.items()},
        {key: tuple(found) for key, found in by_misread.items()},
        by_title,
        by_number,
        {
            row["name_en"]: str(row["date"])
            for row in context.lists.table("ingredients").to_pylist()
            if row["date"]
        },
        tuple(sorted(dated, key=lambda row: row["date"], reverse=True)),
        max((str(row["date"]) for row in rows if row["date"]), default=""),
    )


def _named(rows: list[Row]) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Notices by plain title and by the plain number that their agency gave them."""
    by_title: dict[str, tuple[str, ...]] = {}
    by_number: dict[str, tuple[str, ...]] = {}
    for row in rows:
        title, number = plain_title(str(row["title"] or "")), plain_model(row["id"].partition(":")[2])
        if len(title) >= _TITLE:
            by_title[title] = (*by_title.get(title, ()), row["id"])
        if len(number) >= _SHORTEST:
            by_number[number] = (*by_number.get(number, ()), row["id"])
    return by_title, by_number


def _telling(model: str) -> bool:
    """Whether a model says enough by itself: four signs or more, with a digit."""
    plain = plain_model(model)
    return len(plain) >= _SHORTEST and any(map(str.isdigit, plain))
