"""Shapes of findings: a line of the queue, one with its reasons and facts, and decisions on it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema

from mapae.desk.api.shapes.common import Page

__all__ = ["AcceptIn", "Decided", "FindingPage", "FindingWhole", "MergeIn", "RejectIn", "State"]

State = Literal["new", "accepted", "rejected", "merged", "settled"]


class FindingOut(Schema):
    """A finding. case: its number, where it went to a case that the token's person may open."""

    id: int
    finding_id: str
    measure: str
    check: str
    subject_kind: str
    subject_id: str
    title: str
    url: str
    platform: str
    operator: str | None
    seller_id: str
    severity: int
    score: float
    reference_id: str
    provision: str
    provision_from: date | None
    as_of: date
    shadow: bool
    state: str
    case: str | None


class FindingPage(Page):
    """A page of findings, the gravest first. total: of the queue, null where sellers or checks narrow it."""

    rows: list[FindingOut]
    total: int | None


class ReasonOut(Schema):
    """Why: the words that were seen, where they stand in the record's field, and what they were held against."""

    field: str
    start: int
    end: int
    seen: str
    matched: str
    detail: str
    score: float


class DecisionOut(Schema):
    """What was decided of it. note, by: to officers only."""

    verdict: str
    reason: str
    note: str
    by: str
    at: datetime
    undone_at: datetime | None


class FindingWhole(FindingOut):
    """A finding with its evidence. record: the fields as screened, those that name a person to officers only."""

    reasons: list[ReasonOut]
    record: dict[str, Any]
    decisions: list[DecisionOut]


class AcceptIn(Schema):
    """Into which case: its number; `new` for one of its own (with a title, if you like); empty for the newest open one."""

    case: str = Field("", max_length=40)
    title: str = Field("", max_length=200)


class RejectIn(Schema):
    """Why: wrong_product, lawful, duplicate, not_sold_here or other (which wants a note)."""

    reason: str = Field(max_length=40)
    note: str = Field("", max_length=2000)


class MergeIn(Schema):
    """Findings that this one stands for from now on, by their `id`."""

    others: list[int] = Field(min_length=1, max_length=100)


class Decided(Schema):
    """The finding's new state, and the case it went to."""

    id: int
    state: str
    case: str | None
