"""Shapes of items: what is asked about, answers to it, looks at it, relistings."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

from mapae.desk.api.shapes.common import Page

__all__ = ["AnswerIn", "AnswersIn", "CheckPage", "ItemPage", "ItemWhole", "RelistingPage", "Submitted"]


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
    removed_at: datetime | None


class ItemPage(Page):
    """A page of items."""

    rows: list[ItemOut]


class AnswerOut(Schema):
    """An answer that was submitted. ref: code of the document answered."""

    kind: str
    removed_at: datetime | None
    ground: str
    text: str
    until: date | None
    ref: str
    at: datetime


class ItemWhole(ItemOut):
    """An item with the answers to it and the documents that ask about it."""

    documents: list[str]
    answers: list[AnswerOut]
    relisted_from: int | None


class CheckOut(Schema):
    """One look at an item: by fetching its page, by the next feed, or by an officer. sha256: of the capture, if any.
    Unreachable, refused_us and differs never count as removed."""

    id: int
    item: int = Field(alias="item_id")
    subject_id: str = Field(alias="item.subject_id")
    verdict: str
    how: str
    detail: str
    at: datetime
    sha256: str | None


class CheckPage(Page):
    """A page of looks."""

    rows: list[CheckOut]


class RelistingOut(ItemOut):
    """The same goods for sale again. relisted_from: the number of the item that was taken down."""

    relisted_from: int = Field(alias="relisted_from_id")


class RelistingPage(Page):
    """A page of relistings."""

    rows: list[RelistingOut]


class AnswerIn(Schema):
    """An answer to an item. kind: removed (with removed_at), contest (with ground and text) or time (with text)."""

    item: int = Field(ge=1, le=2**62)
    kind: str = Field(examples=["removed"])
    removed_at: str = Field("", max_length=40, examples=["2026-09-28 14:05"])
    ground: str = Field("", max_length=40)
    text: str = Field("", max_length=8000)
    until: str = Field("", max_length=40, examples=["2026-10-05"])


class AnswersIn(Schema):
    """Answers that are taken together, all or none."""

    answers: list[AnswerIn] = Field(min_length=1, max_length=500)


class Submitted(Schema):
    """How many answers were submitted."""

    submitted: int
