"""Shapes of webhook endpoints and deliveries, and of the heads of the audit log."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema

from mapae.desk.api.shapes.common import Page

__all__ = [
    "DeliveryPage",
    "Ended",
    "EndpointIn",
    "EndpointMade",
    "EndpointOut",
    "Endpoints",
    "Heads",
    "Pinged",
]


class EndpointIn(Schema):
    """An address that is told of events. events: names of the table of events; none: all that the person may see."""

    url: str = Field(min_length=8, max_length=300, examples=["https://hooks.example.com/mapae"])
    about: str = Field("", max_length=120)
    events: list[str] = Field([], max_length=60)


class EndpointOut(Schema):
    """An address that is told of events."""

    id: int
    url: str
    about: str
    events: list[str]
    made_at: datetime


class EndpointMade(EndpointOut):
    """The new address. secret: `whsec_…`, shown this once; signatures are made with it (Standard Webhooks)."""

    secret: str


class Endpoints(Schema):
    """The person's addresses."""

    rows: list[EndpointOut]


class Ended(Schema):
    """What became of the address; messages that waited are given up."""

    id: int
    ended_at: datetime


class Pinged(Schema):
    """The test message, as it will be named in `webhook-id`; the deliveries say what became of it."""

    message: str


class DeliveryOut(Schema):
    """A message to the address. state: waiting, taken, sending, handed_over or failed; error: what the last try gave."""

    message: str
    event: str
    state: str
    attempts: int
    error: str
    made_at: datetime
    next_try_at: datetime | None
    handed_over_at: datetime | None


class DeliveryPage(Page):
    """Messages, the newest first."""

    rows: list[DeliveryOut]


class HeadOut(Schema):
    """Where the chain stood on a day, as kept outside the database. stamp: of its time-stamp (RFC 3161), `none`, `holds`,
    `broken`, or `unchecked` where the desk names no certificates to hold it against; stamped_at: when, where it holds."""

    seq: int
    chain: str
    where: str
    stamp: str
    stamped_at: datetime | None


class Heads(Schema):
    """Where the audit chain stands now, and the heads kept outside the database."""

    seq: int
    chain: str
    kept: list[HeadOut]
