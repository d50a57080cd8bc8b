"""One search over all a person may see: cases, items, notes, documents, operators, sellers.

The pieces of the query (mapae.desk.cases.grams) are looked up in the database's full-text index; what it gives is held
against the whole words, so that every hit really has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from mapae.desk.accounts.models import User
from mapae.desk.cases.grams import pieces, span, words
from mapae.desk.cases.models import SearchRow
from mapae.desk.parties.models import Seller
from mapae.desk.scope import cases_for, documents_for, items_for, operators_for

__all__ = ["Hit", "matching", "search"]

_INDEX = {
    "postgresql": "SELECT id FROM cases_searchrow "
    "WHERE array_to_tsvector(string_to_array(rtrim('#' || kind || ' ' || grams), ' ')) @@ %s::tsquery",
    "sqlite": "SELECT rowid FROM cases_search WHERE cases_search MATCH %s",
}
_AND = {"postgresql": " & ", "sqlite": " AND "}
_QUOTE = {"postgresql": "'{}'", "sqlite": '"{}"'}


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. case: its number of row, where it belongs to one; marks: where the words stand in `text`."""

    kind: str
    object_id: int
    case: int | None
    text: str
    marks: tuple[dict[str, Any], ...]


def search(user: User, query: str, *, most: int = 20) -> dict[str, list[Hit]]:
    """kind → hits, the newest first, at most so many of each; nothing for a query of one character."""
    asked = words(query)
    if not asked:
        return {}
    found: dict[str, list[Hit]] = {}
    for kind, seen in _scopes(user).items():
        rows = matching(asked, kind).filter(seen).order_by("-object_id")[:most]
        if hits := [_hit(row, asked) for row in rows]:
            found[kind] = hits
    return found


def matching(asked: Sequence[str], kind: str) -> QuerySet[SearchRow]:
    """Rows of a kind with all these folded words. PostgreSQL's index holds the kind too: rows of others are not read."""
    vendor = connection.vendor
    own = [f"#{kind}"] if vendor == "postgresql" else []
    parts = dict.fromkeys([*own, *(piece for word in asked for piece in pieces(word))])
    wanted = _AND[vendor].join(_QUOTE[vendor].format(piece) for piece in parts)
    rows = SearchRow.objects.filter(kind=kind, pk__in=RawSQL(_INDEX[vendor], [wanted]))
    for word in asked:
        rows = rows.filter(folded__contains=word)
    return rows


def _scopes(user: User) -> dict[str, Q]:
    """Which rows of each kind the person may see; notes are for officers of the case, sellers not for auditors."""
    cases = Q(case__in=cases_for(user))
    scopes = {
        "case": cases,
        "item": Q(object_id__in=items_for(user).values("pk")),
        "document": Q(object_id__in=documents_for(user).values("pk")),
    }
    if user.role == "officer":
        scopes |= {"item": cases, "document": cases, "note": cases}
        scopes["seller"] = Q(object_id__in=Seller.objects.values("pk"))
    if user.role in ("officer", "auditor", "admin"):
        scopes["operator"] = Q(object_id__in=operators_for(user).values("pk"))
    return scopes


def _hit(row: SearchRow, asked: Sequence[str]) -> Hit:
    spans = filter(None, (span(row.text, word) for word in asked))
    marks = tuple({"field": "text", "start": start, "end": end} for start, end in spans)
    return Hit(row.kind, row.object_id, row.case_id, row.text, marks)
