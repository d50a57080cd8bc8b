"""Shapes of complaints: filing one, its line and its whole for who works on it, its status for who holds the link."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import ConfigDict, StringConstraints

from mapae.desk.api.shapes.common import Page

__all__ = [
    "AnsweredComplaint",
    "ComplaintAnswerIn",
    "ComplaintIn",
    "ComplaintPage",
    "ComplaintWhole",
    "Filed",
    "Followed",
]


def _text(most: int) -> type[str]:
    return Annotated[str, StringConstraints(max_length=most)]  # type: ignore[return-value]


Remedy = Literal[
    "",
    "refund",
    "exchange",
    "repair",
    "delivery",
    "cancel",
    "compensation",
    "correction",
    "explanation",
    "other",
]


class FileIn(Schema):
    """A file. name: as it is called; content: in Base64."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    content: Annotated[str, StringConstraints(min_length=1)]


class ComplaintIn(Schema):
    """A complaint. text: what happened, in the consumer's words; operator: the shop as they call it; remedy: what they ask
    for; anonymous: a report without a person; files: of the kinds and sizes that the form takes, 12 MB the whole call. A
    field that is not named here is refused, so that none is lost by a slip."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, StringConstraints(min_length=5, max_length=8000)]
    language: Literal["ko", "en", "zh-hans"] = "ko"
    operator: _text(120) = ""  # type: ignore[valid-type]
    seller: _text(200) = ""  # type: ignore[valid-type]
    listing_url: _text(500) = ""  # type: ignore[valid-type]
    product: _text(200) = ""  # type: ignore[valid-type]
    order_number: _text(80) = ""  # type: ignore[valid-type]
    amount: Annotated[Decimal, Field(gt=0, lt=10**11, max_digits=13, decimal_places=2)] | None = None
    currency: Literal["", "KRW", "USD", "CNY", "EUR", "JPY", "HKD", "SGD", "GBP"] = ""
    purchased_on: date | None = None
    delivered_on: date | None = None
    remedy: Remedy = ""
    name: _text(60) = ""  # type: ignore[valid-type]
    email: _text(120) = ""  # type: ignore[valid-type]
    phone: _text(30) = ""  # type: ignore[valid-type]
    anonymous: bool = False
    files: Annotated[list[FileIn], Field(max_length=10)] = []


class Filed(Schema):
    """What became of it. follow: the consumer's secret address; pin: eight digits that open the words behind it, where the
    consumer left nothing a code could be sent to. Give both to them and keep no copy."""

    number: str
    follow: str
    pin: str
    state: str
    category: str
    confidence: float = Field(description="0 to 1")
    responsible: str
    right: str
    last_day: date | None
    hazard: bool


class ComplaintOut(Schema):
    """A complaint without what it says. who: acts next; due: by when; category: empty for firms."""

    id: int
    number: str
    operator: str
    state: str
    category: str
    who: str
    due: date | None
    statutory: bool
    late: bool


class ComplaintPage(Page):
    """A page of complaints, the oldest first."""

    rows: list[ComplaintOut]


class SharedField(Schema):
    """A field that the consumer agreed to show, and its words."""

    field: str
    title: str
    words: str


class Said(Schema):
    """What the agent told: kind progress, question or result."""

    kind: str
    at: datetime
    offer: str
    amount: Decimal | None
    currency: str
    text: str
    reply: str
    verdict: str


class ComplaintWhole(ComplaintOut):
    """A complaint. shared: what the consumer agreed to show the agent, exactly; for auditors words are left out."""

    shared: list[SharedField]
    said: list[Said]


class ComplaintAnswerIn(Schema):
    """An answer. kind: progress (due in 3 business days), question, or result (due in 10); offer: of a result, a remedy or
    refused; performs_by: until when the operator does what it offers."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["progress", "question", "result"]
    text: Annotated[str, StringConstraints(min_length=1, max_length=4000)]
    offer: Remedy | Literal["refused"] = ""
    amount: Annotated[Decimal, Field(gt=0, lt=10**11, max_digits=13, decimal_places=2)] | None = None
    currency: Literal["", "KRW", "USD", "CNY", "EUR", "JPY", "HKD", "SGD", "GBP"] = ""
    performs_by: date | None = None


class AnsweredComplaint(Schema):
    """Where the complaint stands after the answer."""

    number: str
    state: str
    who: str
    due: date | None


class Followed(Schema):
    """The status, without personal data: what happened, who acts next, by when, what the consumer can do if not."""

    number: str
    state: str
    title: str
    happened: str
    who: str
    due: date | None
    by_law: bool
    late: bool
    if_not: str
    outcome: str
