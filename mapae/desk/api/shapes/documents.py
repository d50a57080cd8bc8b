"""Shapes of documents and their service, and of what anyone may know of a letter."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema

from mapae.desk.api.shapes.common import Page

__all__ = ["DocumentPage", "DocumentWhole", "LetterFacts"]


class DocumentOut(Schema):
    """A document; its letter is at /documents/{code}/letter (JSON), letter.html and letter.pdf."""

    id: int
    code: str
    number: str
    case: str = Field(alias="case.number")
    kind: str
    state: str
    language: str
    served_at: datetime | None
    digest: str


class DocumentPage(Page):
    """A page of documents."""

    rows: list[DocumentOut]


class ServiceOut(Schema):
    """One attempt to serve: sent, delivered and served are three moments, and only served starts clocks."""

    channel: str
    sent_at: datetime | None
    delivered_at: datetime | None
    served_at: datetime | None
    failed_at: datetime | None


class DocumentWhole(DocumentOut):
    """A document with what it is by law. force: guidance, request, recommendation, notice or order; items: their numbers."""

    title: str
    force: str
    binding: bool
    provision: str
    consequence: str
    remedy: str
    items: list[int]
    services: list[ServiceOut]


class LetterFacts(Schema):
    """What anyone may know of an issued letter by its code; hold the SHA-256 of your file against the two."""

    code: str
    body: str
    kind: str
    force: str
    number: str
    issued_on: str
    operator: str
    withdrawn: bool
    specimen: bool
    sha256_json: str
    sha256_pdf: str
    provisions: list[str]
