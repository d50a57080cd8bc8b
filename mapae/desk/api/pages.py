"""Pages of a list: after a row, never by number, so that what is added meanwhile shifts nothing."""

from __future__ import annotations

from typing import Annotated, Any

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from ninja import Query
from pydantic import AfterValidator

from mapae.desk.api.problems import Problem

__all__ = ["AFTER", "LIMIT", "Number", "Text", "closed", "opened", "page"]

Text = Annotated[str, AfterValidator(lambda value: value.replace("\0", ""))]  # PostgreSQL stores no NUL
AFTER = Query("", max_length=300, description="the value next of the page before")
LIMIT = Query(50, ge=1, le=200, description="rows of a page")


def _number(value: int) -> int:
    if not 1 <= value < 2**62:
        raise ValueError("no such number")
    return value


Number = Annotated[int, AfterValidator(_number)]


def page(found: QuerySet[Any], name: str, after: str, limit: int) -> dict[str, Any]:
    """Rows in the order of their numbers, and where to go on. name: of the list, so that no cursor serves another."""
    last = int(opened(name, after) or "0")
    rows = list(found.filter(pk__gt=last).order_by("pk")[: limit + 1])
    return {
        "rows": rows[:limit],
        "next": closed(name, str(rows[limit - 1].pk)) if len(rows) > limit else None,
    }


def closed(name: str, place: str) -> str:
    """A cursor for that place of the list: nobody else makes one."""
    return Signer(salt=f"api.page.{name}").sign(place)


def opened(name: str, after: str) -> str:
    """The place a cursor stands for, empty for the first page; Problem `bad-cursor` for any other text."""
    if not after:
        return ""
    try:
        return Signer(salt=f"api.page.{name}").unsign(after)
    except BadSignature:
        raise Problem("bad-cursor") from None
