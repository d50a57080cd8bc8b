"""Shapes of what merchants let a platform's agent be told, and of the agent's reply."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import StringConstraints

from mapae.desk.api.shapes.common import Page
from mapae.desk.merchants.replies import LONGEST

__all__ = ["Replied", "ReplyIn", "ToldPage"]


class Replied(Schema):
    """A reply as it was kept."""

    at: datetime
    text: str


class ToldOut(Schema):
    """What is told of one report. code: names it here; files: names of those that its page hands out; open: whether it can
    still be replied to; replies: of your own firm."""

    code: str
    matter: str
    half_year: str
    facts: str
    files: list[str]
    open: bool
    replies: list[Replied]


class ToldPage(Page):
    """A page of them in the order of their codes, which tells nothing of when they came."""

    rows: list[ToldOut]


class ReplyIn(Schema):
    """What the agent says: what it found and did."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]
