"""Clocks of a case: none before its event, a pause never takes days away, a new holiday moves what it must."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.law import LawBook
from mapae.law.calendar import business_days, is_business_day
from mapae.pack import Pack, load_pack
from mapae.workflow.clocks import Clock, Event, clock_kinds, clocks, counted_by
from mapae.workflow.force import document_kinds

BOOK = LawBook(load_pack("kr"))
KINDS = clock_kinds(BOOK)
assert BOOK.pack.parameters  # compiled now, so that no example is slow by it
_keys = st.sampled_from(sorted(KINDS))
_days = st.dates(date(2026, 12, 3), date(2030, 12, 31))  # every length is law


def _book(*added: date) -> LawBook:
    """The pack with days newly made holidays."""
    pack = load_pack("kr")
    rows = [{"day": day, "name": {"ko": "임시공휴일", "en": "Extra holiday"}} for day in added]
    files = {name: pack.data(name) for name in ("workflow.yaml", "competence.yaml")}
    changed = Pack(pack.key, pack.root, {**files, "calendar.yaml": {"added": rows, "removed": []}})
    return LawBook(_with_law_of(changed, pack))


def _with_law_of(changed: Pack, pack: Pack) -> Pack:
    """The compiled law of `pack`, so that it need not be compiled for every example."""
    changed.__dict__["_law"] = pack._law
    return changed


def _one(key: str, events: list[Event], today: date, book: LawBook = BOOK) -> Clock:
    (found,) = clocks(events, {"D1": [key]}, book, today)
    return found


def _start(key: str, on: date, ref: str = "D1") -> Event:
    return Event(KINDS[key].starts, on, ref)


@given(_keys, _days, st.sampled_from(["sent", "delivered", "service_begun", "approved", "drafted"]))
def test_nothing_but_its_own_event_starts_a_clock(key: str, on: date, kind: str) -> None:
    events = [Event(kind, on, "D1"), _start(key, on, "D2"), Event(KINDS[key].stops, on, "D1")]
    assert clocks(events, {"D1": [key]}, BOOK, on) == []


@given(_keys, _days, st.integers(0, 400))
def test_a_clock_starts_on_the_day_of_its_event_and_ends_later(key: str, on: date, later: int) -> None:
    found = _one(key, [_start(key, on)], on + timedelta(days=later))
    assert found.started_on == on < found.due
    over = "lapsed" if KINDS[key].right else "overdue"
    assert found.state == (over if on + timedelta(days=later) > found.due else "running")
    assert found.statutory == bool(found.provision)
    assert is_business_day(found.due)


@given(_keys, _days, st.integers(0, 60), st.integers(0, 40), st.booleans())
def test_a_pause_never_shortens(key: str, on: date, wait: int, length: int, resumed: bool) -> None:
    first, last = on + timedelta(days=wait), on + timedelta(days=wait + length)
    pause = [Event("paused", first, "D1", {"clock": key, "reason": "태풍"})]
    if resumed:
        pause.append(Event("resumed", last, "D1", {"clock": key}))
    before = _one(key, [_start(key, on)], last)
    after = _one(key, [_start(key, on), *pause], last)
    assert after.due >= before.due
    assert after.paused == (not resumed)


@given(_keys, _days, st.lists(st.integers(1, 60), max_size=4))
def test_an_extension_never_shortens(key: str, on: date, added: list[int]) -> None:
    events = [_start(key, on), *(Event("extended", on, "D1", {"clock": key, "days": days}) for days in added)]
    found = _one(key, events, on)
    assert found.extended_days == sum(added)
    assert found.due >= _one(key, [_start(key, on)], on).due


@given(_days, st.integers(0, 20))
def test_pauses_and_extensions_of_another_clock_change_nothing(on: date, length: int) -> None:
    other = [
        Event("paused", on, "D1", {"clock": "opinion"}),
        Event("resumed", on + timedelta(days=length), "D1", {"clock": "opinion"}),
        Event("extended", on, "D1", {"clock": "opinion", "days": 5}),
        Event("extended", on, "D2", {"clock": "takedown_report", "days": 5}),
    ]
    plain = _one("takedown_report", [_start("takedown_report", on)], on)
    assert _one("takedown_report", [_start("takedown_report", on), *other], on).due == plain.due


@given(_keys, _days, st.integers(1, 15))
def test_a_new_holiday_never_brings_the_last_day_forward(key: str, on: date, later: int) -> None:
    new = on + timedelta(days=later)
    before = _one(key, [_start(key, on)], on)
    after = _one(key, [_start(key, on)], on, _book(new))
    assert after.due >= before.due
    if new == before.due:
        assert after.due > before.due
        assert any("임시공휴일" in step.text("ko") for step in after.deadline.working)


def test_a_holiday_added_to_the_pack_moves_the_last_day_and_says_why() -> None:
    served = [_start("takedown_2", date(2026, 11, 25))]
    assert _one("takedown_2", served, date(2026, 11, 25)).due == date(2026, 11, 27)
    moved = _one("takedown_2", served, date(2026, 11, 25), _book(date(2026, 11, 26)))
    assert moved.due == date(2026, 11, 30)
    assert "Extra holiday" in moved.deadline.text("en")
    assert business_days(date(2026, 11, 25), 2).end == date(2026, 11, 27)


def test_what_due_dates_depend_on_is_told_apart_by_a_mark() -> None:
    assert counted_by(BOOK) == counted_by(LawBook(load_pack("kr")))
    assert counted_by(BOOK) != counted_by(_book(date(2026, 11, 26)))
    length = BOOK.pack.parameters["psf.10-2.report_period"]
    longer = BOOK.pack.with_parameters({length.key: _longer(length)})
    assert counted_by(BOOK) != counted_by(LawBook(longer))


def _longer(parameter: Any) -> Any:
    from dataclasses import replace

    return replace(parameter, values=tuple(replace(dated, value=14) for dated in parameter.values))


@given(_keys, _days, st.integers(0, 90))
def test_a_clock_that_ended_stays_as_it_ended(key: str, on: date, later: int) -> None:
    end = on + timedelta(days=later)
    events = [_start(key, on), Event(KINDS[key].stops, end, "D1")]
    found = _one(key, events, end)
    assert found.ended_on == end
    assert found.state == ("done_late" if end > found.due else "done_in_time")
    assert _one(key, events, end + timedelta(days=900)) == found


def test_an_end_that_names_no_document_ends_all_of_its_kind() -> None:
    on = date(2026, 9, 18)
    events = [
        _start("takedown_2", on),
        _start("takedown_2", on, "D2"),
        Event("all_removed", date(2026, 9, 21)),
    ]
    found = clocks(events, {"D1": ["takedown_2"], "D2": ["takedown_2"]}, BOOK, date(2026, 12, 1))
    assert [each.state for each in found] == ["done_in_time", "done_in_time"]


@pytest.mark.parametrize(
    ("key", "start", "due"),
    [
        ("takedown_report", "2026-09-18", "2026-09-28"),
        ("takedown_2", "2026-09-23", "2026-09-29"),
        ("takedown_5", "2026-09-23", "2026-10-02"),
        ("complaint_progress", "2026-09-23", "2026-09-30"),
        ("complaint_result", "2026-09-23", "2026-10-13"),
        ("complaint_progress", "2026-04-30", "2026-05-07"),
        ("complaint_result", "2026-12-24", "2027-01-11"),
        ("opinion", "2026-11-25", "2026-12-07"),
        ("suit", "2026-11-25", "2026-12-28"),
    ],
)
def test_last_days_are_those_of_the_law(key: str, start: str, due: str) -> None:
    on = date.fromisoformat(start)
    assert _one(key, [_start(key, on)], on).due.isoformat() == due


def test_a_target_never_carries_an_article_and_law_always_does() -> None:
    for kind in KINDS.values():
        assert (kind.kind == "target") == (not kind.length)
        assert (kind.kind == "target") == bool(kind.business_days)
        assert kind.kind == "statutory" or "목표" in kind.title["ko"]


def test_what_is_voluntary_starts_no_clock_of_law_against_its_addressee() -> None:
    for kind in document_kinds(BOOK).values():
        if kind.force in ("guidance", "request") and kind.clock is not None:
            assert KINDS[kind.clock].whose != "operator"


def test_no_clock_starts_on_a_day_on_which_law_sets_no_length() -> None:
    event = _start("lifting_decision_children", date(2026, 12, 2))
    assert clocks([event], {"D1": ["lifting_decision_children"]}, BOOK, date(2026, 12, 31)) == []


def test_a_right_that_nobody_used_lapses_and_is_not_overdue() -> None:
    assert _one("opinion", [_start("opinion", date(2027, 1, 4))], date(2027, 3, 1)).state == "lapsed"
    assert (
        _one("takedown_report", [_start("takedown_report", date(2027, 1, 4))], date(2027, 3, 1)).state
        == "overdue"
    )
