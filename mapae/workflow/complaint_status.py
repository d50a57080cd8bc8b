"""Where a complaint stands, in words for its consumer: what happened, who acts next, by when and why, what to do if not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mapae.law import LawBook
from mapae.workflow.clocks import Clock, Event, clock_kinds, clocks
from mapae.workflow.complaints import ComplaintState, complaint_after, complaint_states, who_titles

__all__ = ["REF", "Status", "complaint_clocks", "late_clocks", "status"]

REF = "complaint"  # all events of one complaint share this reference


@dataclass(frozen=True, slots=True)
class Status:
    """A complaint's standing. by: the day until which `who` should act, None where no day is set; clock: the clock that
    sets it, None for the consumer's right or a promise; late: the day has passed; if_not: what the consumer can do; also: the
    clocks of the state that run beside it, the next due first."""

    state: str
    title: Mapping[str, str]
    happened: Mapping[str, str]
    who: str
    who_title: Mapping[str, str]
    by: date | None
    clock: Clock | None
    late: bool
    if_not: Mapping[str, str]
    also: tuple[Clock, ...] = ()

    @property
    def theirs(self) -> bool:
        """Whether the day binds the business though the consumer is to act: it asked something, and its time runs on."""
        return self.who == "consumer" and self.clock is not None and self.clock.kind.whose == "operator"

    @property
    def yours(self) -> bool:
        """Whether it lies with the consumer alone what comes next."""
        return self.who == "consumer" and not self.by_law

    @property
    def by_law(self) -> bool:
        """Whether law sets the day (and not a target of ours or a promise)."""
        return self.clock is not None and self.clock.statutory


def complaint_clocks(events: Sequence[Event], book: LawBook, today: date) -> list[Clock]:
    """Every clock that events of one complaint have started, each from the last event of its kind, the next due first.

    events: in order; their `ref` is not read. A stage gone through twice (a question, a second answer) counts anew.
    """
    found = []
    for key, kind in clock_kinds(book).items():
        starts = [place for place, event in enumerate(events) if event.kind == kind.starts]
        if starts and kind.starts != "served":
            own = [Event(each.kind, each.on, REF, each.data) for each in events[starts[-1] :]]
            found += clocks(own, {REF: [key]}, book, today)
    return sorted(found, key=lambda clock: (clock.due, clock.kind.key))


def late_clocks(events: Sequence[Event], book: LawBook, today: date) -> list[Clock]:
    """Periods of law that somebody let pass, whether or not it was done afterwards."""
    found = complaint_clocks(events, book, today)
    return [each for each in found if each.statutory and each.state in ("overdue", "done_late")]


def status(
    state: str,
    events: Sequence[Event],
    book: LawBook,
    today: date,
    *,
    right_until: date | None = None,
    outcome: str = "",
) -> Status:
    """The standing of a complaint in `state` after `events`. right_until: the last day of the consumer's own right;
    outcome: how it ended, which says what can still be done."""
    found = complaint_states(book)[state]
    told = _came_by(found, events)
    running = _running(found, events, book, today)
    clock = running[0] if running else None
    who = found.next if clock else found.next_unstarted or found.next
    by = clock.due if clock else _other_day(found, events, right_until)
    late = by is not None and by < today
    if_not = found.if_late if late else complaint_after(outcome, book) or found.if_not
    return Status(
        state,
        told.get("title", found.title),
        told.get("happened", found.happened),
        who,
        who_titles(book)[who],
        by,
        clock,
        late,
        if_not,
        tuple(running[1:]),
    )


def _came_by(state: ComplaintState, events: Sequence[Event]) -> Mapping[str, Mapping[str, str]]:
    """Title and happened of a state that several ways lead to, by the way taken last; empty where its own words hold."""
    kinds = (each.kind for each in reversed(events) if each.kind in (*state.came_by, "consumer_chose"))
    return state.came_by.get(next(kinds, ""), {})


def _running(state: ComplaintState, events: Sequence[Event], book: LawBook, today: date) -> list[Clock]:
    running = [each for each in complaint_clocks(events, book, today) if each.ended_on is None]
    return [each for each in running if each.kind.key in state.clocks]


def _other_day(state: ComplaintState, events: Sequence[Event], right_until: date | None) -> date | None:
    """The day that no clock sets: the promise of the last answer, or the end of the consumer's right."""
    if state.promised:
        told = (event.data.get("performs_by") for event in reversed(events) if event.data.get("performs_by"))
        day = next(told, None)
        return date.fromisoformat(day) if isinstance(day, str) else day
    return right_until if state.right else None
