"""Shapes of cases: the case, its story, its clocks with their working, the verbs open to the person."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

from mapae.desk.api.shapes.common import Page

__all__ = ["CasePage", "CaseWhole", "Clocks", "Timeline", "Verbs"]


class CaseOut(Schema):
    """A case."""

    id: int
    number: str
    title: str
    matter: str
    state: str
    held: bool
    severity: int = Field(description="0 info, 1 low, 2 medium, 3 high, 4 critical")
    operator: str = Field(alias="operator.key")
    lead: str = Field(alias="lead.key")
    opened_at: datetime
    closed_at: datetime | None
    outcome: str


class CasePage(Page):
    """A page of cases."""

    rows: list[CaseOut]


class CaseWhole(CaseOut):
    """A case with who works on it. owner: named to officers only; joint: bodies that work on it too."""

    joint: list[str] = Field(alias="joint_keys")
    owner: str = Field(alias="owner_name")


class EventOut(Schema):
    """What happened. on: the day it counts for, where that is another one; who, words: to officers only."""

    seq: int
    kind: str
    at: datetime
    on: date | None
    who: str
    sentence: str
    words: str


class Timeline(Page):
    """The story of a case, the newest first."""

    rows: list[EventOut]


class StepOut(Schema):
    """A day that was looked at while counting, and whether it counts."""

    day: date
    counted: bool
    text: str


class ClockOut(Schema):
    """A clock. statutory: set by law, else a target of the authority; about: the document or complaint that started it;
    state: running, overdue, done_in_time or done_late; rule: the provisions that say how it is counted."""

    key: str
    title: str
    about: str
    statutory: bool
    whose: str
    state: str
    paused: bool
    started_on: date
    due: date
    days_left: int
    ended_on: date | None
    extended_days: int
    provision: str
    rule: str
    working: list[StepOut]


class UnruledOut(Schema):
    """A clock that does not run: law set no period on the day of its event (`on`); since: the first day on which it does."""

    key: str
    title: str
    about: str
    on: date
    provision: str
    since: date | None


class Clocks(Schema):
    """The clocks of a case, the next due first, and those that do not run for want of a rule; counted anew at every call."""

    rows: list[ClockOut]
    unruled: list[UnruledOut]


class VerbOut(Schema):
    """A verb, whether the token's person may do it on the case now, and if not why."""

    verb: str
    title: str
    allowed: bool
    why: str


class Verbs(Schema):
    """Every verb of a case."""

    rows: list[VerbOut]
