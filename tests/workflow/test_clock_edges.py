"""A clock on its last day and the day after, and what a pause remembers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mapae.law import LawBook
from mapae.pack import load_pack
from mapae.workflow.clocks import Clock, Event, clock_kinds, clocks, counted_by, unruled

BOOK = LawBook(load_pack("kr"))
KINDS = clock_kinds(BOOK)
START = date(2027, 1, 4)
ORDINARY = sorted(key for key, kind in KINDS.items() if not kind.right and not kind.fixed)


def _clock(key: str, today: date, *more: Event) -> Clock:
    (found,) = clocks([Event(KINDS[key].starts, START, "D1"), *more], {"D1": [key]}, BOOK, today)
    return found


STATUTORY = sorted(key for key, kind in KINDS.items() if kind.length)


@pytest.mark.parametrize("key", ORDINARY)
def test_the_last_day_is_in_time_and_the_next_is_not(key: str) -> None:
    due = _clock(key, START).due
    late = due + timedelta(days=1)
    ended_on, ended_late = (Event(KINDS[key].stops, day, "D1") for day in (due, late))
    assert [_clock(key, day).state for day in (due, late)] == ["running", "overdue"]
    assert _clock(key, late, ended_on).state == "done_in_time"
    assert _clock(key, late, ended_late).state == "done_late"


@pytest.mark.parametrize("key", ORDINARY)
def test_days_left_are_counted_to_the_last_day_and_below_nought_after_it(key: str) -> None:
    clock = _clock(key, START)
    assert clock.days_left(clock.due) == 0
    assert clock.days_left(clock.due - timedelta(days=3)) == 3
    assert clock.days_left(clock.due + timedelta(days=2)) == -2


@pytest.mark.parametrize("resumed", [False, True])
def test_a_pause_is_told_in_the_working_with_its_reason(resumed: bool) -> None:
    key = "takedown_report"
    events = [Event("paused", START + timedelta(days=1), "D1", {"clock": key, "reason": "자료 보완 (예시)"})]
    events += [Event("resumed", START + timedelta(days=3), "D1", {"clock": key})] * resumed
    clock = _clock(key, START + timedelta(days=4), *events)
    assert clock.paused is not resumed
    assert "자료 보완 (예시)" in repr(clock.deadline)


def test_a_period_that_law_lets_nobody_change_is_marked_so_in_the_pack_and_nothing_else_is() -> None:
    rows = {row["key"]: row for row in BOOK.pack.data("workflow.yaml")["clocks"]}
    for key, kind in KINDS.items():
        row = rows[key]
        assert kind.fixed is bool(row.get("fixed"))
        assert kind.business_days == (row.get("business_days") or 0)
    assert any(kind.fixed for kind in KINDS.values())
    assert not all(kind.fixed for kind in KINDS.values())


def test_the_mark_of_what_due_dates_depend_on_is_sixteen_hex_digits() -> None:
    mark = counted_by(BOOK)
    assert len(mark) == 16
    assert int(mark, 16) > 0


@pytest.mark.parametrize("key", STATUTORY)
@pytest.mark.parametrize("on", [date(1950, 3, 3), date(2005, 3, 3), date(2026, 3, 3), date(2027, 3, 3)])
def test_a_letter_older_than_its_law_has_no_clock_and_that_is_told(key: str, on: date) -> None:
    kind, today = KINDS[key], date(2027, 6, 1)
    events = [Event(kind.starts, on, "D1")]
    running, without = clocks(events, {"D1": [key]}, BOOK, today), unruled(events, {"D1": [key]}, BOOK)
    if BOOK.value(kind.length, on) is not None:
        assert len(running) == 1 and without == []
        return
    (found,) = without
    assert running == [] and (found.kind, found.ref, found.on) == (kind, "D1", on)
    assert found.provision == BOOK.pack.parameters[kind.length].provision
    assert found.since is not None and found.since > on
    assert BOOK.value(kind.length, found.since) is not None
    assert BOOK.value(kind.length, found.since - timedelta(days=1)) is None


def test_a_target_and_what_has_not_happened_are_never_without_a_rule() -> None:
    key = "takedown_report"
    events = [Event("served", date(1950, 3, 3), "D1"), Event("sent", date(1950, 3, 3), "D2")]
    found = unruled(events, {"D1": ["takedown_2", key], "D2": [key]}, BOOK)
    assert [(each.kind.key, each.ref) for each in found] == [(key, "D1")]
