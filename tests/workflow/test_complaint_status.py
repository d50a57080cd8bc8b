"""Where a complaint stands: days are counted as law says, held against counting on one's fingers."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapae.law import LawBook
from mapae.pack import load_pack
from mapae.workflow.clocks import Event, clock_kinds
from mapae.workflow.complaint_status import complaint_clocks, late_clocks, status

BOOK = LawBook(load_pack("kr"))
KINDS = clock_kinds(BOOK)
_FREE = holidays.country_holidays("KR", years=range(2026, 2033))
_ADDED = {row["day"] for row in BOOK.pack.data("calendar.yaml")["added"]}
_REMOVED = {row["day"] for row in BOOK.pack.data("calendar.yaml")["removed"]}
_days = st.dates(date(2026, 12, 3), date(2030, 12, 31))
_CIVIL = {
    "redress_agreement": 30,
    "mediation": 30,
    "mediation_answer": 15,
    "collective_start": 60,
    "collective_mediation": 30,
}
_BUSINESS = {"complaint_progress": 3, "complaint_result": 10, "redress_forward": 3}


def _free(day: date) -> bool:
    return day.weekday() >= 5 or ((day in _FREE or day in _ADDED) and day not in _REMOVED)


def _civil(start: date, length: int) -> date:
    """The day of the event is not counted; a last day that is free moves on (Civil Act 157, 161)."""
    day = start + timedelta(days=length)
    while _free(day):
        day += timedelta(days=1)
    return day


def _business(start: date, length: int) -> date:
    day, counted = start, 0
    while counted < length:
        day += timedelta(days=1)
        counted += not _free(day)
    return day


def _due(key: str, events: list[Event], today: date) -> date:
    (found,) = [each for each in complaint_clocks(events, BOOK, today) if each.kind.key == key]
    return found.due


@given(st.sampled_from(sorted(_CIVIL)), _days)
def test_periods_in_days_end_as_counted_by_hand(key: str, on: date) -> None:
    assert _due(key, [Event(KINDS[key].starts, on)], on) == _civil(on, _CIVIL[key])


@given(st.sampled_from(sorted(_BUSINESS)), _days)
def test_periods_in_business_days_end_as_counted_by_hand(key: str, on: date) -> None:
    assert _due(key, [Event(KINDS[key].starts, on)], on) == _business(on, _BUSINESS[key])


@given(_days, st.integers(1, 60))
def test_an_extension_of_redress_adds_its_days(on: date, days: int) -> None:
    more = Event("extended", on, "", {"clock": "redress_agreement", "days": days})
    assert _due("redress_agreement", [Event("redress_applied", on), more], on) == _civil(on, 30 + days)


@given(_days, st.integers(0, 20))
def test_a_handed_over_complaint_is_late_exactly_after_the_third_business_day_without_progress(
    on: date, later: int
) -> None:
    today = on + timedelta(days=later)
    found = status("handed_over", [Event("complaint_handed_over", on)], BOOK, today)
    assert found.who == "agent" and found.by == _business(on, 3)
    assert found.late == (today > _business(on, 3))
    assert found.by_law and found.clock is not None and found.clock.provision == "ECD 25-2"
    assert ("기한을 넘겼" in found.if_not["ko"]) == found.late


def test_progress_in_time_leaves_the_result_to_wait_for() -> None:
    on = date(2026, 11, 2)
    events = [Event("complaint_handed_over", on), Event("progress_told", on + timedelta(days=2))]
    found = status("progress", events, BOOK, date(2026, 11, 5))
    assert found.by == date(2026, 11, 16) and not found.late
    assert late_clocks(events, BOOK, date(2026, 11, 5)) == []


def test_a_question_does_not_stop_the_agents_clock() -> None:
    on = date(2026, 11, 2)
    events = [Event("complaint_handed_over", on), Event("asked", on), Event("replied", date(2026, 11, 12))]
    found = status("handed_over", events, BOOK, date(2026, 11, 17))
    assert found.late
    assert {each.kind.key for each in late_clocks(events, BOOK, date(2026, 11, 17))} == {
        "complaint_progress",
        "complaint_result",
    }


def test_a_question_leaves_the_agents_two_days_running_and_sets_the_consumer_none() -> None:
    on = date(2026, 11, 2)
    found = status("asked", [Event("complaint_handed_over", on), Event("asked", on)], BOOK, on)
    assert found.theirs and not found.yours
    assert [each.kind.key for each in (found.clock, *found.also) if each] == [
        "complaint_progress",
        "complaint_result",
    ]
    assert not status("handed_over", [Event("complaint_handed_over", on)], BOOK, on).theirs


def test_a_broken_promise_and_a_collective_left_are_not_told_as_an_answer_declined() -> None:
    on = date(2026, 11, 2)
    chose = Event("consumer_chose", on)
    told = {
        kind: status("declined", [chose, Event(kind, on), Event("opened", on)], BOOK, on).happened["ko"]
        for kind in ("not_performed", "collective_left", "added")
    }
    assert (
        "지켜지지 않았다" in told["not_performed"] and "집단 절차에서 빠졌습니다" in told["collective_left"]
    )
    assert told["added"] == "답변을 받아들이지 않았습니다."
    again = [Event("not_performed", on), chose]
    assert status("declined", again, BOOK, on).title["en"] == "Declined"


def test_a_collective_lies_with_the_helpline_until_it_was_applied_for() -> None:
    on = date(2026, 11, 2)
    joined = [Event("collective_joined", on)]
    assert status("collective", joined, BOOK, on).who == "helpline"
    applied = [*joined, Event("collective_applied", on)]
    assert status("collective", applied, BOOK, on).who == "committee"


def test_an_answer_after_the_last_day_stays_late_for_ever() -> None:
    events = [Event("complaint_handed_over", date(2026, 11, 2)), Event("result_told", date(2026, 11, 17))]
    events.append(Event("progress_told", date(2026, 11, 3)))
    assert [each.state for each in late_clocks(events, BOOK, date(2027, 11, 3))] == ["done_late"]


def test_a_complaint_handed_over_a_second_time_counts_anew() -> None:
    events = [
        Event("complaint_handed_over", date(2026, 3, 2)),
        Event("progress_told", date(2026, 3, 3)),
        Event("result_told", date(2026, 3, 4)),
        Event("closed", date(2026, 3, 5)),
        Event("reopened", date(2026, 10, 1)),
        Event("complaint_handed_over", date(2026, 11, 2)),
    ]
    found = status("handed_over", events, BOOK, date(2026, 11, 3))
    assert found.by == date(2026, 11, 5) and not found.late


def test_silence_after_fifteen_days_is_told_as_acceptance() -> None:
    events = [Event("mediation_applied", date(2026, 11, 2)), Event("mediation_ended", date(2026, 11, 20))]
    events.append(Event("proposal_told", date(2026, 11, 20)))
    found = status("proposed", events, BOOK, date(2026, 12, 8))
    assert found.by == date(2026, 12, 7) and found.late
    assert "받아들인 것으로 봅니다" in found.if_not["ko"]
    assert late_clocks(events, BOOK, date(2026, 12, 8)) == []


@pytest.mark.parametrize("given_as", [date(2026, 12, 1), "2026-12-01"])
def test_an_accepted_answer_is_due_on_the_day_the_business_named(given_as: object) -> None:
    events = [Event("result_told", date(2026, 11, 9), "", {"performs_by": given_as})]
    found = status("accepted", events, BOOK, date(2026, 12, 2))
    assert found.by == date(2026, 12, 1) and found.late and not found.by_law


def test_advice_is_to_be_used_until_the_last_day_of_the_right() -> None:
    found = status("advised", [], BOOK, date(2026, 11, 2), right_until=date(2026, 11, 5))
    assert found.by == date(2026, 11, 5) and found.who == "consumer" and found.clock is None
    assert status("advised", [], BOOK, date(2026, 11, 2)).by is None


def test_a_closed_complaint_waits_for_nobody() -> None:
    found = status("closed", [Event("complaint_handed_over", date(2020, 3, 2))], BOOK, date(2026, 11, 2))
    assert (found.who, found.by, found.late) == ("nobody", None, False)
