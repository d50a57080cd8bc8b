"""Shapes that many answers share: the problem, the page, and who calls."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema

__all__ = ["Me", "Page", "Problem"]


class Problem(Schema):
    """An error (RFC 9457). type: where it is explained; errors: what is wrong, one sentence each."""

    type: str
    status: int
    title: str
    detail: str
    errors: list[str]


class Page(Schema):
    """Rows and where to go on: give `next` as `after`; null at the end."""

    next: str | None


class Me(Schema):
    """Whose token it is and what it opens."""

    name: str
    role: str
    body: str
    firm: str
    scopes: list[str]
    expires_at: datetime | None
    operators: list[str]
