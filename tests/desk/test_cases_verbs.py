"""The verbs of a case: what each does, what it refuses, and that everything leaves its event."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mapae.desk import clock
from mapae.desk.cases.actions import Refused, allowed, run
from mapae.desk.cases.actions._action import log, reasons, why_not
from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.heard import heard
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document
from mapae.workflow.states import VERBS

START = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)  # noon in Korea, a Friday before Chuseok


@pytest.fixture
def case(world: SimpleNamespace) -> Case:
    made: Case = run(
        "open", world.sora, operator=world.lumibay, matter="hazardous_goods", title="치발기 (예시)"
    )
    return made


def _served(
    world: SimpleNamespace,
    case: Case,
    kind: str = "takedown_recommendation",
    intends: str = "publish_violation",
) -> Document:
    document = Document.objects.create(
        case=case, kind=kind, body=case.lead, code=f"C{case.pk}{kind}"[:20], addressee="Lumibay", drafter=world.sora,
        drafted_at=clock.now(), served_at=clock.now(), state="served", content={"intends": intends},
    )  # fmt: skip
    log(case, "served", world.sora, ref=document.code)
    Case.objects.filter(pk=case.pk).update(state="asked")
    case.refresh_from_db()
    return document


def test_joining_the_same_thing_twice_changes_nothing(world: SimpleNamespace, case: Case) -> None:
    first = run(
        "join", world.sora, case, kind="listing", subject_id="L-1", platform="Lumibay", title="치발기"
    )
    again = run(
        "join", world.sora, case, kind="listing", subject_id="L-1", platform="Lumibay", title="다른 말"
    )
    assert (first.pk, again.title) == (again.pk, "치발기")
    assert case.events.filter(kind="joined").count() == 1
    assert run("join", world.sora, case, kind="complaint", subject_id="C-1").state == ""


def test_only_an_officer_of_a_body_of_the_case_can_own_it(world: SimpleNamespace, case: Case) -> None:
    run("assign", world.sora, case, to=world.hana)
    case.refresh_from_db()
    assert case.owner == world.hana
    for other in (world.dojin, world.minjun):
        with pytest.raises(Refused):
            run("assign", world.sora, case, to=other)


def test_a_case_on_hold_takes_notes_and_what_comes_from_outside(world: SimpleNamespace, case: Case) -> None:
    run("hold", world.sora, case, reason="시험 결과 대기")
    case.refresh_from_db()
    outside = {"record_service", "record_answer", "contest", "object"}
    assert set(allowed(world.sora, case)) == {"assign", "resume", "note", *outside}
    with pytest.raises(Refused):
        run("join", world.sora, case, kind="listing", subject_id="L-1")
    run("resume", world.sora, case)
    case.refresh_from_db()
    assert "join" in allowed(world.sora, case)


def test_no_clock_runs_before_service_and_a_target_never_looks_like_law(
    world: SimpleNamespace, case: Case
) -> None:
    with time_machine.travel(START, tick=False):
        assert clocks_of(case) == []
        _served(world, case)
        found = {item.kind.key: item for item in clocks_of(case)}
        assert found["takedown_report"].due.isoformat() == "2026-09-28"
        assert found["takedown_report"].provision == "PSFD 8-5"
        assert [key for key, item in found.items() if item.statutory] == ["takedown_report"]
        assert found["takedown_2"].due.isoformat() == "2026-09-22"
        assert found["takedown_2"].provision == ""


def test_a_pause_needs_a_reason_and_moves_the_end(world: SimpleNamespace, case: Case) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        ref = _served(world, case).code
        with pytest.raises(Refused):
            run("pause_clock", world.sora, case, clock="takedown_report", ref=ref, reason=" ")
        traveller.shift(timedelta(days=3))
        run("pause_clock", world.sora, case, clock="takedown_report", ref=ref, reason="천재지변")
        traveller.shift(timedelta(days=4))
        run("resume_clock", world.sora, case, clock="takedown_report", ref=ref)
        found = {item.kind.key: item for item in clocks_of(case)}
        assert found["takedown_report"].due.isoformat() == "2026-10-06"
        assert found["takedown_2"].due.isoformat() == "2026-09-22"
        with pytest.raises(Refused):
            run("resume_clock", world.sora, case, clock="takedown_report", ref=ref)


def test_an_extension_adds_its_days(world: SimpleNamespace, case: Case) -> None:
    with time_machine.travel(START, tick=False):
        ref = _served(world, case).code
        run("extend", world.sora, case, clock="takedown_report", ref=ref, days=7, reason="자료가 많음")
        found = {item.kind.key: item for item in clocks_of(case)}
        assert (found["takedown_report"].due.isoformat(), found["takedown_report"].extended_days) == (
            "2026-10-06",
            7,
        )
        with pytest.raises(Refused):
            run("extend", world.sora, case, clock="takedown_report", ref=ref, days=0, reason="x")


def test_a_transfer_hands_over_the_lead_and_the_clocks_run_on(world: SimpleNamespace, case: Case) -> None:
    with time_machine.travel(START, tick=False):
        _served(world, case)
        before = clocks_of(case)
        run("transfer", world.sora, case, to=world.kftc, reason="전자상거래법 사안")
        case.refresh_from_db()
        assert (case.lead, case.owner) == (world.kftc, None)
        assert clocks_of(case) == before
        assert "note" in allowed(world.dojin, case)
        assert "note" in allowed(world.sora, case)


def test_a_case_does_not_close_as_removed_while_an_item_is_up(world: SimpleNamespace, case: Case) -> None:
    item = run("join", world.sora, case, kind="listing", subject_id="L-1", platform="Lumibay")
    with pytest.raises(Refused):
        run("close", world.sora, case, outcome="removed")
    item.state = "contested"
    item.save()
    with pytest.raises(Refused):
        run("close", world.sora, case, outcome="no_ground")
    item.state = "removed"
    item.save()
    run("close", world.sora, case, outcome="removed")
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("closed", "removed")


def _publishing(world: SimpleNamespace, case: Case, **more: object) -> dict[str, object]:
    """What publication of a violation wants, with an item that an officer confirmed."""
    run("join", world.sora, case, kind="listing", subject_id="L-1", platform="Lumibay", rung="verified")
    return {"text": "예시 위반", "ground": "PSF 10-2", "checked": True, **more}


def test_publication_needs_prior_notice_its_time_and_two_persons(world: SimpleNamespace, case: Case) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        said = _publishing(world, case)
        _served(world, case, "prior_notice")
        with pytest.raises(Refused, match=r"."):
            run("publish_violation", world.hana, case, **said)
        traveller.shift(timedelta(days=20))
        assert run("publish_violation", world.hana, case, **said) is False
        with pytest.raises(Refused):
            run("publish_violation", world.hana, case, **said)
        assert run("publish_violation", world.juho, case, **said) is True
        with pytest.raises(Refused):
            run("publish_violation", world.sora, case, **said)


@pytest.mark.parametrize(
    ("rung", "more"),
    [
        ("verified", {"ground": ""}),
        ("verified", {"ground": "APA 40-3"}),  # the rule of procedure is no Act that lets publish
        ("verified", {"ground": "ECA 28"}),  # of another body
        ("verified", {"ground": "KID 9-2"}),  # in force from 2026-12-03 only
        ("verified", {"checked": False}),
        ("captured", {}),
    ],
)
def test_publication_needs_an_act_that_allows_it_and_evidence_that_was_looked_at(
    world: SimpleNamespace, case: Case, rung: str, more: dict[str, object]
) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        said = _publishing(world, case, **more)
        case.items.update(rung=rung)
        _served(world, case, "prior_notice")
        traveller.shift(timedelta(days=20))
        with pytest.raises(Refused):
            run("publish_violation", world.hana, case, **said)
    assert not case.events.filter(kind="publication_proposed").exists()


def test_what_was_done_with_an_opinion_is_published_with_the_violation(
    world: SimpleNamespace, case: Case
) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        said = _publishing(world, case)
        notice = _served(world, case, "prior_notice")
        traveller.shift(timedelta(days=3))
        log(case, "opinion_received", world.minjun, ref=notice.code)
        with pytest.raises(Refused):
            run("publish_violation", world.hana, case, **said)
        said["opinion"] = "한 건을 뺐습니다."
        run("publish_violation", world.hana, case, **said)
        assert run("publish_violation", world.juho, case, **said) is True
        page = Client(headers={"accept-language": "ko"}).get(reverse("violations")).content.decode()
    assert "한 건을 뺐습니다." in page and "제품안전기본법 제10조의2" in page and "2026-09-21 (월)" in page


def test_the_second_person_finds_what_the_first_proposed_in_the_form(
    world: SimpleNamespace, case: Case
) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        said = _publishing(world, case, text="예시 위반\n둘째 줄")
        _served(world, case, "prior_notice")
        traveller.shift(timedelta(days=20))
        form = {**said, "text": "예시 위반\r\n둘째 줄", "checked": "on"}
        for person in (world.hana, world.juho):
            client = Client(headers={"accept-language": "ko"})
            client.force_login(person)
            page = client.get(reverse("case", args=[case.number])).content.decode()
            assert "제품안전기본법 제10조의2" in page
            assert ("예시 위반\n둘째 줄</textarea>" in page) == (person == world.juho)
            client.post(reverse("case-verb", args=[case.number, "publish_violation"]), form)
    assert case.events.filter(kind="published").count() == 1


def test_a_correction_stands_beside_the_text_it_corrects_on_the_public_page(
    world: SimpleNamespace, case: Case
) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        with pytest.raises(Refused):
            run("correct_publication", world.hana, case, text="바로잡음")
        _served(world, case, "prior_notice")
        traveller.shift(timedelta(days=20))
        said = _publishing(world, case, text="예시 <위반>")
        run("publish_violation", world.hana, case, **said)
        assert "예시" not in Client().get(reverse("violations")).content.decode()
        run("publish_violation", world.juho, case, **said)
        with pytest.raises(Refused):
            run("correct_publication", world.sora, case, text="바로잡음")
        run("correct_publication", world.hana, case, text="바로잡음: 세 건이 아니라 두 건")
        with pytest.raises(Refused):
            run("correct_publication", world.juho, case, text="바로잡음: 세 건이 아니라 두 건")
        page = Client().get(reverse("violations")).content.decode()
    assert page.index("예시 &lt;위반&gt;") < page.index("바로잡음: 세 건이 아니라 두 건")


def test_a_refused_action_leaves_nothing_behind(world: SimpleNamespace, case: Case) -> None:
    events = case.events.count()
    with pytest.raises(Refused):
        run("note", world.sora, case, text="  ")
    assert case.events.count() == events


def test_what_ended_a_clock_is_recorded_for_its_day(world: SimpleNamespace, case: Case) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        ref = _served(world, case).code
        traveller.shift(timedelta(days=7))
        form = {"clock": "takedown_report", "ref": ref, "reason": "공문 예시-12"}
        for wrong in (
            {**form, "on": date(2026, 9, 17)},
            {**form, "on": date(2026, 9, 26)},
            {**form, "on": date(2026, 9, 21), "reason": " "},
            {**form, "on": date(2026, 9, 21), "clock": "takedown_2"},
            {**form, "on": date(2026, 9, 21), "clock": "suit"},
        ):
            with pytest.raises(Refused):
                run("end_clock", world.sora, case, **wrong)
        run("end_clock", world.sora, case, **form, on=date(2026, 9, 21))
        found = {item.kind.key: item for item in clocks_of(case)}
        assert found["takedown_report"].state == "done_in_time"
        assert found["takedown_report"].ended_on == date(2026, 9, 21)
        with pytest.raises(Refused):
            run("end_clock", world.sora, case, **form, on=date(2026, 9, 21))


def test_a_period_that_nobody_may_change_is_neither_paused_nor_extended(
    world: SimpleNamespace, case: Case
) -> None:
    with time_machine.travel(START, tick=False):
        ref = _served(world, case, "corrective_order").code
        for verb, more in (("pause_clock", {}), ("extend", {"days": 3})):
            with pytest.raises(Refused):
                run(verb, world.sora, case, clock="suit", ref=ref, reason="신청", **more)


def test_a_clock_that_ran_out_is_not_paused(world: SimpleNamespace, case: Case) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        ref = _served(world, case).code
        traveller.shift(timedelta(days=30))
        with pytest.raises(Refused):
            run("pause_clock", world.sora, case, clock="takedown_report", ref=ref, reason="태풍")


def test_a_prior_notice_counts_for_one_order_only(world: SimpleNamespace, case: Case) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        _served(world, case, "prior_notice", "corrective_order")
        assert heard(case, "corrective_order") == set()
        traveller.shift(timedelta(days=20))
        assert heard(case, "corrective_order") == {"prior_notice"}
        assert heard(case, "publish_violation") == set()
        _served(world, case, "corrective_order")
        assert heard(case, "corrective_order") == set()


def test_a_notice_of_an_order_does_not_open_publication(world: SimpleNamespace, case: Case) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        _served(world, case, "prior_notice", "corrective_order")
        traveller.shift(timedelta(days=20))
        with pytest.raises(Refused, match="공표"):
            run("publish_violation", world.hana, case, text="예시 위반")


def test_a_case_closes_as_removed_or_published_only_when_it_was(world: SimpleNamespace, case: Case) -> None:
    for outcome in ("removed", "published", "x"):
        with pytest.raises(Refused):
            run("close", world.sora, case, outcome=outcome)


def test_the_desk_itself_does_only_what_follows_from_an_event(world: SimpleNamespace, case: Case) -> None:
    item = run("join", None, case, kind="listing", subject_id="L-9")
    assert (item.state, case.events.last().actor) == ("found", None)
    for verb in ("draft", "close", "note", "pause_clock"):
        assert why_not(verb, None, case) == "role"


def test_every_verb_that_is_refused_says_why(world: SimpleNamespace, case: Case) -> None:
    for person in (world.sora, world.hana, world.dojin, world.minjun, world.rival, world.ex, world.yuna):
        found = reasons(person, case)
        assert list(found) == list(VERBS)
        assert [verb for verb, why in found.items() if not why] == allowed(person, case)
    assert reasons(world.dojin, case)["note"] != reasons(world.minjun, case)["note"]
