"""Shapes of operators, their duties and their agents, of the public register and of the public figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

__all__ = ["Duties", "Figures", "Mandates", "OperatorOut", "Operators", "Register"]


class OperatorOut(Schema):
    """An operator of shops or services."""

    key: str
    name_ko: str
    name_en: str
    name_zh: str
    role: str
    country: str
    overseas: bool
    platforms: list[str]
    domains: list[str]


class Operators(Schema):
    """Operators the token's person deals with."""

    rows: list[OperatorOut]


class DutyOut(Schema):
    """What law says of the duty to have a local agent. answer: yes, no, unknown or not_in_force; since: when the answer
    became what it is; limbs: each criterion with its value and source, to authorities only."""

    regime: str
    article: str
    answer: str
    since: datetime = Field(alias="decided_at")
    as_of: date
    reasons: list[str]
    limbs: list[dict[str, Any]]


class Duties(Schema):
    """The newest decision under each law."""

    operator: str
    rows: list[DutyOut]


class MandateOut(Schema):
    """An agent's mandate. may_be_agent: yes, no or unknown, as law says of the firm today."""

    id: int
    firm_ko: str = Field(alias="firm.name_ko")
    firm_en: str = Field(alias="firm.name_en")
    regime: str
    scope: list[str]
    starts_on: date
    ends_on: date | None
    live: bool
    in_writing: bool
    reported_on: date | None
    published_on: date | None
    may_be_agent: str


class Mandates(Schema):
    """Mandates for an operator; a firm sees its own."""

    operator: str
    rows: list[MandateOut]


class Register(Schema):
    """The public register of a day: a row for each operator, law and agent."""

    snapshot: str
    as_of: date
    rows: list[dict[str, Any]]


class Figures(Schema):
    """The public figures of a day. Numbers of few are suppressed: null."""

    snapshot: str
    as_of: date
    suppressed_below: int
    definitions: list[dict[str, Any]]
    rows: list[dict[str, Any]]
