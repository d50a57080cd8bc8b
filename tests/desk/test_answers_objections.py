"""Objections to letters as a whole: until when, who decides, what the decision does, and the letter that tells it."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from mapae.desk.answers.models import ObjectionDecision, Reply
from mapae.desk.answers.objections import came_late, may_object, undecided, until
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.letter import from_json
from mapae.desk.documents.models import Document, Outbox
from mapae.workflow.clocks import Clock
from tests.desk.answered import items, removed, served
from tests.desk.letters import NOON, approved, open_case, portal_consent

WHY = "권고의 근거가 된 모델과 다릅니다 (예시)"


@pytest.fixture(autouse=True)
def _english():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


@pytest.fixture
def document(world: SimpleNamespace) -> Document:
    return served(world)


def _object(world: SimpleNamespace, document: Document) -> Reply:
    made: Reply = run("object", world.minjun, document.case, document=document, reply={"text": WHY})
    return made


def _decide(world: SimpleNamespace, reply: Reply, verdict: str, **more: object) -> ObjectionDecision:
    made: ObjectionDecision = run(
        "decide_objection",
        world.hana,
        reply.document.case,
        reply=reply,
        verdict=verdict,
        reasons="이유 (예시)",
        **more,
    )
    return made


def _clock(case: Case, key: str) -> Clock | None:
    return next((each for each in clocks_of(case) if each.kind.key == key), None)


def _states(document: Document) -> list[str]:
    return [item.state for item in items(document)]


def test_an_objection_starts_the_period_in_which_law_has_it_decided(
    world: SimpleNamespace, document: Document
) -> None:
    assert until(document) == date(2026, 12, 28) and _clock(document.case, "lifting_decision") is None
    reply = _object(world, document)
    clock = _clock(document.case, "lifting_decision")
    assert clock is not None
    assert (clock.started_on, clock.due, clock.state) == (date(2026, 11, 25), date(2026, 12, 28), "running")
    assert clock.statutory and clock.provision == "PSF 12" and clock.kind.whose == "body"
    assert list(undecided(world.hana)) == [reply] and not may_object(document)
    _decide(world, reply, "dismissed")
    ended = _clock(document.case, "lifting_decision")
    assert ended is not None and ended.state == "done_in_time"
    assert list(undecided(world.hana)) == []


def test_the_decision_may_be_put_off_once_and_by_no_more_than_law_says(
    world: SimpleNamespace, document: Document
) -> None:
    _object(world, document)
    words = {"clock": "lifting_decision", "ref": document.code, "reason": "시험 결과 대기"}
    with pytest.raises(Refused, match="30 more days"):
        run("extend", world.sora, document.case, days=31, **words)
    run("extend", world.sora, document.case, days=30, **words)
    with pytest.raises(Refused, match="0 more days"):
        run("extend", world.sora, document.case, days=1, **words)


def test_upheld_it_lifts_everything_and_what_was_down_is_to_be_put_back(
    world: SimpleNamespace, document: Document
) -> None:
    run("record_answer", world.minjun, document.case, answers=[removed(items(document)[0])])
    _decide(world, _object(world, document), "upheld")
    document.refresh_from_db()
    assert _states(document) == ["restoring", "withdrawn"] and document.state == "withdrawn"


def test_upheld_in_part_it_lifts_what_was_chosen(world: SimpleNamespace, document: Document) -> None:
    first, _second = items(document)
    reply = _object(world, document)
    for chosen in ([], items(document)):
        with pytest.raises(Refused, match="some, but not all"):
            _decide(world, reply, "partly", items=chosen)
    _decide(world, reply, "partly", items=[first])
    document.refresh_from_db()
    assert _states(document) == ["withdrawn", "asked"] and document.state == "served"


def test_dismissed_it_changes_nothing_and_another_may_be_raised(
    world: SimpleNamespace, document: Document
) -> None:
    _decide(world, _object(world, document), "dismissed")
    assert _states(document) == ["asked", "asked"] and may_object(document)


@pytest.mark.parametrize("verdict", ["upheld", "partly", "dismissed"])
def test_a_letter_tells_the_decision_and_somebody_else_approves_it(
    world: SimpleNamespace, document: Document, verdict: str
) -> None:
    chosen = items(document)[:1] if verdict == "partly" else []
    letter = _decide(world, _object(world, document), verdict, items=chosen).letter
    assert letter is not None and (letter.kind, letter.state, letter.drafter) == (
        "lifting_decision",
        "draft",
        world.hana,
    )
    with pytest.raises(Refused):
        run("approve", world.hana, document.case, document=letter)
    run("approve", world.juho, document.case, document=letter)
    letter.refresh_from_db()
    words = {"upheld": "전부 해제", "partly": "나머지 신청은 기각", "dismissed": "해제 신청을 기각"}[verdict]
    said = str(from_json(letter.content["letter"]))
    assert words in said and "이유 (예시)" in said and "제12조" in said and document.number in said
    run("serve", world.sora, document.case, document=letter, channel="portal")


def test_such_a_letter_is_never_drafted_without_a_decision(
    world: SimpleNamespace, document: Document
) -> None:
    with pytest.raises(Refused, match="when an objection is decided"):
        run("draft", world.sora, document.case, kind="lifting_decision", facts="x")


def test_the_drafter_does_not_decide_nor_another_body_nor_twice(
    world: SimpleNamespace, document: Document
) -> None:
    reply = _object(world, document)
    world.sora.approves = world.dojin.approves = True
    world.sora.save(), world.dojin.save()
    for user, words in ((world.sora, "You drafted"), (world.dojin, "Another body")):
        with pytest.raises(Refused, match=words):
            run("decide_objection", user, document.case, reply=reply, verdict="dismissed", reasons="x")
    _decide(world, reply, "dismissed")
    with pytest.raises(Refused, match="has been decided"):
        _decide(world, reply, "upheld")


def test_guidance_binds_nobody_so_that_nothing_is_to_be_objected_to(world: SimpleNamespace) -> None:
    document = served(world, "guidance")
    with pytest.raises(Refused, match="cannot be raised"):
        _object(world, document)


def test_a_late_objection_is_taken_and_said_to_be_late(world: SimpleNamespace, document: Document) -> None:
    with time_machine.travel(NOON + timedelta(days=34), tick=False):
        reply = _object(world, document)
        assert came_late(reply)


def test_an_objection_takes_a_closed_case_up_again(world: SimpleNamespace, document: Document) -> None:
    run("close", world.sora, document.case, outcome="no_ground")
    _object(world, document)
    case = Case.objects.get(pk=document.case.pk)
    assert (case.state, case.outcome, case.closed_at) == ("answered", "", None)


def test_where_the_court_decides_it_is_told_first_and_its_ruling_is_recorded(world: SimpleNamespace) -> None:
    case = open_case(world, matter="local_agents")
    case.lead = world.kftc
    case.save()
    document = Document.objects.create(
        case=case, kind="interim_stop_order", body=world.motir, code="ABCD-EFGH-JKMN", drafter=world.sora, state="served",
        addressee="루미베이", number="제품-2026-9", drafted_at=NOON, served_at=NOON,
    )  # fmt: skip
    reply = _object(world, document)
    assert until(document) == date(2026, 12, 2)
    with pytest.raises(Refused, match="tell the court first"):
        _decide(world, reply, "upheld")
    assert _decide(world, reply, "court").verdict == ""
    decision = _decide(world, reply, "dismissed")
    assert (decision.verdict, decision.letter, decision.court_told_at) == ("dismissed", None, NOON)


def test_the_agents_are_told_in_their_language(world: SimpleNamespace, document: Document) -> None:
    _decide(world, _object(world, document), "dismissed")
    mails = {row.address: row.payload for row in Outbox.objects.filter(key__startswith="told:objection:")}
    assert set(mails) == {world.minjun.email, world.mei.email}
    assert "기각" in mails[world.minjun.email]["subject"] and "驳回" in mails[world.mei.email]["subject"]


def test_agent_and_officer_do_all_of_it_on_pages(world: SimpleNamespace, document: Document) -> None:
    agent, officer = Client(headers={"accept-language": "en"}), Client(headers={"accept-language": "en"})
    agent.force_login(world.minjun), officer.force_login(world.hana)
    place = f"/agent/letters/{document.code}/objection"
    assert "2026-12-28" in agent.get(f"/agent/cases/{document.case.number}").content.decode()
    assert agent.post(place, {"text": " "}).status_code == 422
    assert agent.post(place, {"text": WHY}).status_code == 302
    reply = Reply.objects.get(kind="objection")
    assert "being decided" in agent.get(place).content.decode()
    assert document.number in officer.get("/contests?show=letters").content.decode()
    shown = officer.get(f"/objections/{reply.pk}").content.decode()
    assert WHY in shown and "2026-12-28" in shown
    assert officer.post(f"/objections/{reply.pk}", {"verdict": "upheld"}).status_code == 422
    assert (
        officer.post(f"/objections/{reply.pk}", {"verdict": "upheld", "reasons": "이유"}).status_code == 302
    )
    assert "The letter with the decision" in officer.get(f"/objections/{reply.pk}").content.decode()
    assert "Upheld" in agent.get(place).content.decode()
    assert CaseItem.objects.filter(case=document.case, state="withdrawn").count() == 2


def test_an_objection_that_came_by_post_is_written_down_and_decided_by_somebody_else(
    world: SimpleNamespace,
) -> None:
    portal_consent(world)
    case = open_case(world)
    document = approved(world, case, "takedown_recommendation")
    run("serve", world.sora, case, document=document, channel="portal")
    officer = Client()
    officer.force_login(world.hana)
    officer.post(f"/documents/{document.code}/objection", {"text": WHY})
    reply = Reply.objects.get(kind="objection")
    with pytest.raises(Refused, match=r"wrote|받아 적은"):
        _decide(world, reply, "upheld")
