"""What the API answers with and takes: plain shapes, named as the pages name things."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema

__all__ = ["AnswerIn", "AnswersIn", "CasePage", "DocumentPage", "ItemPage", "Problem", "Submitted"]


class Problem(Schema):
    """An error (RFC 9457)."""

    type: str
    status: int
    title: str
    detail: list[str] = []


class CaseOut(Schema):
    """A case."""

    id: int
    number: str
    title: str
    matter: str
    state: str
    held: bool
    severity: int
    operator: str = Field(alias="operator.key")
    lead: str = Field(alias="lead.key")
    opened_at: datetime


class ItemOut(Schema):
    """Something a case is about."""

    id: int
    case: str = Field(alias="case.number")
    kind: str
    platform: str
    subject_id: str
    title: str
    url: str
    state: str
    said_removed_at: datetime | None


class DocumentOut(Schema):
    """A document; its letter is at /documents/{code}/letter."""

    id: int
    code: str
    number: str
    case: str = Field(alias="case.number")
    kind: str
    state: str
    language: str
    served_at: datetime | None
    digest: str


class CasePage(Schema):
    """Cases and where to go on (`after`), none at the end."""

    rows: list[CaseOut]
    next: int | None


class ItemPage(Schema):
    """Items and where to go on."""

    rows: list[ItemOut]
    next: int | None


class DocumentPage(Schema):
    """Documents and where to go on."""

    rows: list[DocumentOut]
    next: int | None


class AnswerIn(Schema):
    """An answer to an item. kind: removed (with removed_at), contest (with ground and text) or time (with text)."""

    item: int = Field(ge=1, le=2**62)
    kind: str
    removed_at: str = ""
    ground: str = ""
    text: str = ""
    until: str = ""


class AnswersIn(Schema):
    """Answers that are taken together, all or none."""

    answers: list[AnswerIn] = Field(min_length=1, max_length=500)


class Submitted(Schema):
    """How many answers were submitted."""

    submitted: int
