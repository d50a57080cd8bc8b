"""Clocks of cases as the pure workflow computes them from events; the desk computes nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from mapae.desk import clock
from mapae.desk.cases.loaded import served_of
from mapae.desk.cases.models import Case
from mapae.desk.law import book
from mapae.workflow.clocks import Clock, Event, Unruled, clocks, unruled
from mapae.workflow.force import document_kinds
from mapae.workflow.objections import objection_to

__all__ = ["clocks_of", "running", "told_clocks", "wanted"]

_TARGETS = {"takedown": ("takedown_2", "takedown_5")}
_COMPLAINT = ("complaint_progress", "complaint_result")


def clocks_of(case: Case, today: date | None = None) -> list[Clock]:
    """All clocks that events of the case have started, the next due first."""
    return told_clocks(case, today)[0]


def told_clocks(case: Case, today: date | None = None) -> tuple[list[Clock], list[Unruled]]:
    """All clocks of the case, and those that do not run since law set no period on the day of their event."""
    events = [event.plain() for event in case.events.all()]
    found = wanted(events, [(each.code, each.kind) for each in served_of(case)])
    return clocks(events, found, book(), today or clock.today()), unruled(events, found, book())


def wanted(events: Iterable[Event], documents: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """Which clocks each served document and each complaint handed over starts: ref → keys."""
    kinds, documents = document_kinds(book()), list(documents)
    found: dict[str, tuple[str, ...]] = {}
    for code, name in documents:
        kind = kinds[name]
        keys = ((kind.clock,) if kind.clock else ()) + _TARGETS.get(kind.target or "", ())
        if keys:
            found[code] = keys
    names = dict(documents)
    for event in events:
        if event.kind == "complaint_handed_over":
            found[event.ref] = _COMPLAINT
        elif event.kind == "objection_received" and event.ref in names:
            objection = objection_to(names[event.ref], book())
            if objection is not None and objection.clock:
                found[event.ref] = (*found.get(event.ref, ()), objection.clock)
    return found


def running(case: Case, key: str, ref: str) -> Clock | None:
    """The clock of that key and reference, if it has started and not ended."""
    for found in clocks_of(case):
        if found.kind.key == key and found.ref == ref and found.ended_on is None:
            return found
    return None
