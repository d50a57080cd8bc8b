"""Objections to a letter as a whole: to which kinds, within what time, who decides, and what they may come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mapae.law import LawBook
from mapae.law.calendar import civil_days
from mapae.law.calendar.holidays import calendar_of

__all__ = ["VERDICTS", "ObjectionKind", "objection_kinds", "objection_to", "open_until"]

VERDICTS = ("upheld", "partly", "dismissed")


@dataclass(frozen=True, slots=True)
class ObjectionKind:
    """An objection of the pack's workflow.yaml. law: its article; within: the parameter of the days from service;
    decides: body or court; clock: by when the body decides; letter: the kind of document that tells the decision."""

    key: str
    documents: tuple[str, ...]
    law: str
    within: str
    decides: str
    title: Mapping[str, str]
    clock: str = ""
    letter: str = ""


def objection_kinds(book: LawBook) -> dict[str, ObjectionKind]:
    """Every objection the pack knows, by key."""
    rows = book.pack.data("workflow.yaml")["objections"]
    return {row["key"]: ObjectionKind(**{**row, "documents": tuple(row["documents"])}) for row in rows}


def objection_to(kind: str, book: LawBook) -> ObjectionKind | None:
    """The objection that may be raised to a kind of document; None where law knows none."""
    return next((row for row in objection_kinds(book).values() if kind in row.documents), None)


def open_until(objection: ObjectionKind, served_on: date, book: LawBook) -> date | None:
    """The last day in time; None where law had set no period on the day of service."""
    days = book.value(objection.within, served_on)
    if days is None:
        return None
    with calendar_of(book.pack):
        return civil_days(served_on, int(days)).end
