"""Clocks of a case, computed on read from its events: law's own periods and our targets, told apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from typing import Any

from mapae.law import LawBook
from mapae.law.calendar import Deadline, Pause, business_days, civil_days
from mapae.law.calendar.holidays import calendar_of
from mapae.workflow.once import once

__all__ = ["Clock", "ClockKind", "Event", "Unruled", "clock_kinds", "clocks", "counted_by", "unruled"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a case. kind: what; on: the day, Korean time; ref: the document or complaint it is about;
    data: further words (clock: the clock meant; days: an extension; until, reason: of a pause)."""

    kind: str
    on: date
    ref: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClockKind:
    """A clock of the pack's workflow.yaml. kind: statutory or target; length: a parameter of law, or business_days;
    fixed: nobody may pause or extend it (a period that law lets no body change); right: a period in which somebody may do
    something, so that it lapses instead of being overdue; extension: the parameter of the most days of an extension."""

    key: str
    kind: str
    starts: str
    stops: str
    whose: str
    title: Mapping[str, str]
    length: str = ""
    business_days: int = 0
    fixed: bool = False
    right: bool = False
    extension: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A running or ended clock. state: running, overdue (for a right: lapsed), done_in_time, done_late; due: the last day;
    deadline: the working; provision: the article that sets it (empty for a target); paused: it stands still today."""

    kind: ClockKind
    ref: str
    started_on: date
    due: date
    deadline: Deadline[date]
    state: str
    ended_on: date | None
    provision: str
    paused: bool
    extended_days: int

    @property
    def statutory(self) -> bool:
        """Whether law sets it."""
        return self.kind.kind == "statutory"

    def days_left(self, today: date) -> int:
        """Calendar days until the last day; negative when it has passed."""
        return (self.due - today).days


@dataclass(frozen=True, slots=True)
class Unruled:
    """A clock that does not run, since law set no period on the day of its event. on: that day; provision: the article that
    sets the period on other days; since: the first day on which it does, after `on`, None where there is none."""

    kind: ClockKind
    ref: str
    on: date
    provision: str
    since: date | None


def clock_kinds(book: LawBook) -> dict[str, ClockKind]:
    """The clocks the pack knows, by key."""
    return _clock_kinds(book.pack.data("workflow.yaml")["clocks"])


@once
def _clock_kinds(rows: Any) -> dict[str, ClockKind]:
    return {
        row["key"]: ClockKind(
            row["key"], row["kind"], row["from"], row["stops"], row["whose"], row["title"],
            row.get("length", ""), row.get("business_days", 0), row.get("fixed", False),
            row.get("right", False), row.get("extension", ""),
        )
        for row in rows
    }  # fmt: skip


def counted_by(book: LawBook) -> str:
    """16 hex digits over all that a due date depends on beside its events: clocks, their lengths in law, holidays.

    Two equal values mean that a stored due date still holds.
    """
    kinds = clock_kinds(book)
    lengths = [book.pack.parameters[kind.length] for kind in kinds.values() if kind.length]
    said = [
        book.pack.data("workflow.yaml")["documents"],
        book.pack.data("calendar.yaml"),
        version("holidays"),
    ]
    whole = repr((sorted(kinds.items(), key=lambda pair: pair[0]), lengths, said))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def clocks(
    events: Sequence[Event], wanted: Mapping[str, Iterable[str]], book: LawBook, today: date
) -> list[Clock]:
    """Every clock that an event has started. wanted: ref (document number, complaint id) → clock keys it starts.

    A clock starts only with its own event (for documents: service) and where law sets its length on that day (else see
    `unruled`); law is read as of the day it starts, and holidays are those of the book's pack. An event that ends a clock
    and names no ref ends all clocks of its kind.
    """
    with calendar_of(book.pack):
        found = [
            _clock(kind, ref, on, events, book, today)
            for kind, ref, on in _started(events, wanted, book)
            if _ruled(kind, on, book)
        ]
    return sorted(found, key=lambda clock: (clock.due, clock.kind.key, clock.ref))


def unruled(events: Sequence[Event], wanted: Mapping[str, Iterable[str]], book: LawBook) -> list[Unruled]:
    """The clocks whose event came on a day for which law sets no period (a letter older than its law, say): nothing can
    be overdue there, and whoever shows clocks says so. wanted: as for `clocks`."""
    found = []
    for kind, ref, on in _started(events, wanted, book):
        if not _ruled(kind, on, book):
            parameter = book.pack.parameters[kind.length]
            days = (dated.valid_from for dated in parameter.values if dated.valid_from > on)
            since = min((day for day in days if book.value(kind.length, day) is not None), default=None)
            found.append(Unruled(kind, ref, on, parameter.provision, since))
    return sorted(found, key=lambda each: (each.on, each.kind.key, each.ref))


def _started(
    events: Sequence[Event], wanted: Mapping[str, Iterable[str]], book: LawBook
) -> Iterator[tuple[ClockKind, str, date]]:
    """Kind, ref and day of every clock whose own event has come."""
    kinds = clock_kinds(book)
    for ref, keys in wanted.items():
        for kind in (kinds[key] for key in keys):
            starts = (event.on for event in events if event.kind == kind.starts and event.ref == ref)
            if (on := next(starts, None)) is not None:
                yield kind, ref, on


def _ruled(kind: ClockKind, on: date, book: LawBook) -> bool:
    return not kind.length or book.value(kind.length, on) is not None


def _clock(
    kind: ClockKind, ref: str, start: date, events: Sequence[Event], book: LawBook, today: date
) -> Clock:
    own = [event for event in events if event.ref == ref]
    pauses, standing = _pauses(kind, own, today)
    extended = sum(
        int(event.data["days"]) for event in own if event.kind == "extended" and _about(event, kind)
    )
    deadline, provision = _deadline(kind, start, extended, pauses, book)
    ends = (
        event.on
        for event in events
        if event.kind == kind.stops and event.ref in (ref, "") and event.on >= start
    )
    end = next(ends, None)
    late = (end or today) > deadline.end
    over = "lapsed" if kind.right else "overdue"
    state = ("done_late" if late else "done_in_time") if end else (over if late else "running")
    return Clock(
        kind, ref, start, deadline.end, deadline, state, end, provision, end is None and standing, extended
    )


def _deadline(
    kind: ClockKind, start: date, extended: int, pauses: Sequence[Pause], book: LawBook
) -> tuple[Deadline[date], str]:
    if kind.kind == "target":
        return business_days(start, kind.business_days + extended, pauses=pauses), ""
    parameter = book.pack.parameters[kind.length]
    length = int(book.value(kind.length, start)) + extended
    count = business_days if parameter.unit == "business_days" else civil_days
    return count(start, length, pauses=pauses), parameter.provision


def _pauses(kind: ClockKind, events: Sequence[Event], today: date) -> tuple[list[Pause], bool]:
    """Days on which it stood still (a pause without an end runs to today), and whether it stands still now."""
    found: list[Pause] = []
    open_since: Event | None = None
    for event in sorted(events, key=lambda item: item.on):
        if event.kind == "paused" and _about(event, kind) and open_since is None:
            open_since = event
        elif event.kind == "resumed" and _about(event, kind) and open_since is not None:
            found.append(Pause(open_since.on, event.on, str(open_since.data.get("reason", ""))))
            open_since = None
    if open_since is not None:
        found.append(Pause(open_since.on, max(today, open_since.on), str(open_since.data.get("reason", ""))))
    return found, open_since is not None


def _about(event: Event, kind: ClockKind) -> bool:
    return event.data.get("clock") in (None, "", kind.key)
