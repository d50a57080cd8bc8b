"""Stored due dates: what events, law or holidays change is counted anew before anybody reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine

from mapae.desk import clock, law
from mapae.desk.cases import due
from mapae.desk.cases.actions import run
from mapae.desk.cases.actions._action import log
from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.models import Case, CaseEvent, Counted, Due
from mapae.desk.documents import worker
from mapae.desk.documents.models import Document
from mapae.pack import Pack, load_pack

START = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)  # noon in Korea, a Friday before Chuseok


@pytest.fixture(autouse=True)
def _then() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def case(world: SimpleNamespace) -> Case:
    made: Case = run(
        "open", world.sora, operator=world.lumibay, matter="hazardous_goods", title="치발기 (예시)"
    )
    return made


@pytest.fixture
def pack(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Puts a pack with these extra holidays in place of the shipped one."""

    def put(*added: date) -> None:
        rows = [{"day": day, "name": {"ko": "임시공휴일", "en": "Extra holiday"}} for day in added]
        shipped = load_pack("kr")
        changed = Pack(shipped.key, shipped.root, {"calendar.yaml": {"added": rows, "removed": []}})
        monkeypatch.setattr(law, "load_pack", lambda key: changed)
        law.book.cache_clear()

    yield put
    law.book.cache_clear()


def _serve(world: SimpleNamespace, case: Case) -> Document:
    document = Document.objects.create(
        case=case, kind="takedown_recommendation", body=case.lead, code=f"C{case.pk}", addressee="Lumibay",
        drafter=world.sora, drafted_at=clock.now(), served_at=clock.now(), state="served",
    )  # fmt: skip
    log(case, "served", world.sora, ref=document.code)
    Case.objects.filter(pk=case.pk).update(state="asked")
    return document


def _stored(case: Case) -> dict[str, tuple[date, bool]]:
    return {each.key: (each.due, each.paused) for each in Due.objects.filter(case=case)}


def _told(case: Case) -> dict[str, tuple[date, bool]]:
    return {each.kind.key: (each.due, each.paused) for each in clocks_of(case) if each.ended_on is None}


def test_an_event_makes_the_stored_dates_unknown_until_they_are_counted(
    world: SimpleNamespace, case: Case
) -> None:
    assert due.refresh_stale() == 0
    _serve(world, case)
    assert due.stale() == [case.pk]
    assert due.refresh_stale() == 1
    assert _stored(case) == _told(case)
    assert _stored(case)["takedown_report"] == (date(2026, 9, 28), False)
    assert due.refresh_stale() == 0


def test_every_verb_leaves_the_stored_dates_as_the_events_say(world: SimpleNamespace, case: Case) -> None:
    ref = _serve(world, case).code
    for verb, data in (
        ("note", {"text": "x"}),
        ("extend", {"clock": "takedown_report", "ref": ref, "days": 3, "reason": "신청"}),
        ("pause_clock", {"clock": "takedown_5", "ref": ref, "reason": "태풍"}),
        ("resume_clock", {"clock": "takedown_5", "ref": ref}),
        ("transfer", {"to": world.kftc, "reason": "소관"}),
    ):
        run(verb, world.sora, case, **data)
        assert due.stale() == []
        assert _stored(case) == _told(case), verb


def test_a_clock_that_ends_leaves_the_table(world: SimpleNamespace, case: Case) -> None:
    ref = _serve(world, case).code
    log(case, "report_received", None, ref=ref)
    log(case, "all_removed", None)
    due.refresh_stale()
    assert _stored(case) == {}


def test_a_withdrawn_document_runs_no_clock(world: SimpleNamespace, case: Case) -> None:
    document = _serve(world, case)
    due.refresh_stale()
    assert _stored(case)
    Document.objects.filter(pk=document.pk).update(state="withdrawn")
    log(case, "document_withdrawn", world.sora, ref=document.code)
    due.refresh_stale()
    assert _stored(case) == {}


def test_a_new_holiday_makes_every_case_be_counted_anew(world: SimpleNamespace, case: Case, pack) -> None:  # type: ignore[no-untyped-def]
    _serve(world, case)
    due.refresh_stale()
    assert _stored(case)["takedown_report"][0] == date(2026, 9, 28)
    pack(date(2026, 9, 28))
    assert due.stale() == [case.pk]
    assert due.refresh_stale() == 1
    assert _stored(case)["takedown_report"][0] == date(2026, 9, 29)
    assert _stored(case) == _told(case)
    pack()
    due.refresh_stale()
    assert _stored(case)["takedown_report"][0] == date(2026, 9, 28)


def test_a_clock_that_stands_still_is_never_stored_as_overdue(
    world: SimpleNamespace, case: Case, _then: time_machine.Traveller
) -> None:
    ref = _serve(world, case).code
    run("pause_clock", world.sora, case, clock="takedown_report", ref=ref, reason="태풍")
    _then.shift(timedelta(days=60))
    late = {each.key for each in Due.objects.filter(due__lt=clock.today(), paused=False)}
    assert late == {"takedown_2", "takedown_5"}
    assert {each.kind.key for each in clocks_of(case) if each.state == "overdue"} == late


def test_cases_that_came_by_another_way_are_counted_in_few_queries(
    world: SimpleNamespace,
    case: Case,
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    made = Case.objects.bulk_create(
        [
            Case(
                number=f"X-{number}", operator=world.lumibay, matter="hazardous_goods", title="x", state="asked",
                lead=world.motir, opened_at=clock.now(),
            )
            for number in range(120)
        ]
    )  # fmt: skip
    Document.objects.bulk_create(
        [
            Document(
                case=each, kind="takedown_recommendation", body=world.motir, code=f"X{each.pk}", addressee="x",
                drafter=world.sora, drafted_at=clock.now(), served_at=clock.now(), state="served",
            )
            for each in made
        ]
    )  # fmt: skip
    CaseEvent.objects.bulk_create(
        [CaseEvent(case=each, seq=1, kind="served", at=clock.now(), ref=f"X{each.pk}") for each in made]
    )
    with django_assert_max_num_queries(16):
        assert due.refresh_stale() == 120
    assert Due.objects.count() == 360
    assert Counted.objects.exclude(stamp=due.stamp()).count() == 0


def test_a_page_counts_some_and_the_worker_all(world: SimpleNamespace, case: Case) -> None:
    for number in range(5):
        _serve(
            world, run("open", world.sora, operator=world.lumibay, matter="counterfeits", title=f"{number}")
        )
    assert due.refresh_stale(2) == 2
    assert due.refresh_stale() == 3


def test_joining_many_things_reads_no_more_for_the_last_than_for_the_first(
    world: SimpleNamespace,
    case: Case,
    django_assert_max_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    _serve(world, case)
    for number in range(20):
        run("join", world.sora, case, kind="complaint", subject_id=f"C-{number}")
    with django_assert_max_num_queries(24):
        run("join", world.sora, case, kind="complaint", subject_id="C-x")
    assert due.stale() == []
    assert _stored(case) == _told(case)


def test_the_worker_counts_anew_what_must_be(world: SimpleNamespace, case: Case) -> None:
    _serve(world, case)
    worker.round_once()
    assert due.stale() == []
    assert _stored(case) == _told(case)


def test_a_closed_case_is_in_no_list_of_due_dates_until_it_is_opened_again(
    world: SimpleNamespace, case: Case
) -> None:
    _serve(world, case)
    due.refresh(case)
    before = _stored(case)
    assert before
    case.refresh_from_db()
    run("close", world.sora, case, outcome="no_ground")
    assert _stored(case) == {}
    assert due.stale() == []
    case.refresh_from_db()
    run("reopen", world.hana, case, reason="잘못 종결함")
    assert _stored(case) == before
