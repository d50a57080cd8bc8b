"""Answers, contests and their decision: what each does to items, clocks, documents and findings."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import translation

from mapae.desk import clock
from mapae.desk.answers.answer import Answer
from mapae.desk.answers.models import Contest, ItemAnswer
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.documents.models import Document
from tests.desk.answered import contest, contested, items, removed, served
from tests.desk.letters import NOON, open_case

REPORT = {
    "recommendation": "치발기 삭제 권고 (예시)",
    "measures": "두 건 삭제",
    "prevention": "모델명으로 등록을 막음",
}


@pytest.fixture(autouse=True)
def _english():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


@pytest.fixture
def document(world: SimpleNamespace) -> Document:
    return served(world)


def _state(item: CaseItem) -> str:
    return CaseItem.objects.get(pk=item.pk).state


def _kinds(case: Case) -> list[str]:
    return list(case.events.values_list("kind", flat=True))


def _contested_after_removal(world: SimpleNamespace, document: Document) -> tuple[CaseItem, Contest]:
    first = items(document)[0]
    run("record_answer", world.minjun, document.case, answers=[removed(first)])
    return first, contest(world, document.case, first)


def test_an_answer_is_kept_and_the_item_is_said_to_be_removed(
    world: SimpleNamespace, document: Document
) -> None:
    first, second = items(document)
    run("record_answer", world.minjun, document.case, answers=[removed(first)])
    answer = ItemAnswer.objects.get()
    assert (_state(first), _state(second)) == ("claimed_removed", "asked")
    assert (answer.firm, answer.ref, answer.removed_at) == (world.firm, document.code, clock.now())
    assert "answered" not in _kinds(document.case)
    run("record_answer", world.minjun, document.case, answers=[removed(second)])
    assert _kinds(document.case).count("answered") == 1


@pytest.mark.parametrize("change", ["future", "no_moment", "twice", "found"])
def test_a_wrong_answer_is_refused_and_nothing_of_it_is_kept(
    world: SimpleNamespace, document: Document, change: str
) -> None:
    first, second = items(document)
    wrong = {
        "future": removed(second, removed_at=clock.now() + timedelta(minutes=1)),
        "no_moment": removed(second, removed_at=None),
        "twice": removed(first),
        "found": removed(items_of_another_case(world)),
    }[change]
    with pytest.raises(Refused):
        run("record_answer", world.minjun, document.case, answers=[removed(first), wrong])
    assert _state(first) == "asked"
    assert not ItemAnswer.objects.exists()


def items_of_another_case(world: SimpleNamespace) -> CaseItem:
    """An item that nobody was asked about."""
    found = open_case(world).items.first()
    assert found is not None
    return found


@pytest.mark.parametrize("who", ["mei", "rival", "ex", "yuna"])
def test_only_the_agent_with_a_live_mandate_submits(
    world: SimpleNamespace, document: Document, who: str
) -> None:
    with pytest.raises(Refused):
        run("record_answer", getattr(world, who), document.case, answers=[removed(items(document)[0])])


def test_a_report_stops_its_clock_when_every_item_has_an_answer(
    world: SimpleNamespace, document: Document
) -> None:
    case = document.case
    with pytest.raises(Refused, match="2 items"):
        run("record_answer", world.minjun, case, document=document, reply=REPORT)
    run("record_answer", world.minjun, case, answers=[removed(item) for item in items(document)])
    with pytest.raises(Refused, match="part"):
        run("record_answer", world.minjun, case, document=document, reply={**REPORT, "prevention": " "})
    run("record_answer", world.minjun, case, document=document, reply=REPORT)
    states = {each.kind.key: each.state for each in clocks_of(case)}
    assert states["takedown_report"] == "done_in_time"
    assert states["takedown_2"] == "running"


def test_a_report_may_leave_items_open_with_the_reasons(world: SimpleNamespace, document: Document) -> None:
    reply = {**REPORT, "reasons": "판매자와 연락이 닿지 않음"}
    run("record_answer", world.minjun, document.case, document=document, reply=reply)
    assert "report_received" in _kinds(document.case)


def test_asking_for_time_gives_none_until_an_officer_extends(
    world: SimpleNamespace, document: Document
) -> None:
    case, (first, second) = document.case, items(document)
    before = [each.due for each in clocks_of(case)]
    wish = Answer(first, "time", text="창고 확인 필요", until=date(2026, 12, 10))
    run("ask_time", world.minjun, case, answers=[wish])
    assert (_state(first), [each.due for each in clocks_of(case)]) == ("time_asked", before)
    run("extend", world.sora, case, clock="takedown_report", ref=document.code, days=5, reason="신청에 따름")
    assert max(each.due for each in clocks_of(case)) == date(2026, 12, 10)
    with pytest.raises(Refused, match="passed"):
        run("ask_time", world.minjun, case, answers=[Answer(second, "time", text="x", until=world.today)])


def test_the_drafter_does_not_decide_and_a_rejection_needs_reasons(
    world: SimpleNamespace, document: Document
) -> None:
    made = contest(world, document.case, items(document)[0])
    world.sora.approves = True
    world.sora.save()
    with pytest.raises(Refused, match="second officer"):
        run("decide_contest", world.sora, document.case, contest=made, verdict="accepted")
    with pytest.raises(Refused, match="words"):
        run("decide_contest", world.hana, document.case, contest=made, verdict="rejected", reasons=" ")
    run(
        "decide_contest",
        world.hana,
        document.case,
        contest=made,
        verdict="rejected",
        reasons="계약서 기간 만료",
    )
    with pytest.raises(Refused, match="decided"):
        run("decide_contest", world.hana, document.case, contest=made, verdict="accepted")
    assert _state(made.item) == "asked"


def test_a_rejected_contest_leaves_what_was_removed_removed(
    world: SimpleNamespace, document: Document
) -> None:
    item, made = _contested_after_removal(world, document)
    run("decide_contest", world.hana, document.case, contest=made, verdict="rejected", reasons="근거 없음")
    assert _state(item) == "claimed_removed"


def test_an_accepted_contest_withdraws_corrects_and_asks_to_restore(
    world: SimpleNamespace, document: Document
) -> None:
    item, made = _contested_after_removal(world, document)
    run("decide_contest", world.hana, document.case, contest=made, verdict="accepted", reasons="정식 판매자")
    item.refresh_from_db()
    assert item.state == "restoring"
    assert item.finding is not None
    assert item.finding.state == "rejected"
    decision = item.finding.decisions.get(undone_at__isnull=True)
    assert (decision.verdict, decision.reason, decision.by) == ("rejected", "lawful", world.hana)
    run("verify_restored", world.sora, document.case, item=item, detail="다시 판매 중")
    assert _state(item) == "restored"
    assert _kinds(document.case)[-4:] == [
        "contest_accepted",
        "notice_withdrawn",
        "restoration_requested",
        "restored",
    ]


def test_what_was_never_taken_down_is_not_restored(world: SimpleNamespace, document: Document) -> None:
    made = contest(world, document.case, items(document)[0])
    run("decide_contest", world.hana, document.case, contest=made, verdict="accepted")
    assert _state(made.item) == "withdrawn"
    with pytest.raises(Refused, match="never taken down"):
        run("request_restoration", world.sora, document.case, item=made.item)


def test_a_document_ends_with_its_last_item(world: SimpleNamespace, document: Document) -> None:
    first, second = items(document)
    run("withdraw_notice", world.sora, document.case, item=first, reasons="다른 제품")
    document.refresh_from_db()
    assert document.state == "served"
    run("withdraw_notice", world.sora, document.case, item=second, reasons="다른 제품")
    document.refresh_from_db()
    assert document.state == "withdrawn"
    assert clocks_of(document.case) == []
    with pytest.raises(Refused, match="no notice"):
        run("withdraw_notice", world.sora, document.case, item=second, reasons="다시")


def test_withdrawing_ends_the_contests_of_the_item(world: SimpleNamespace, document: Document) -> None:
    made = contest(world, document.case, items(document)[0])
    run("withdraw_notice", world.hana, document.case, item=made.item, reasons="당사 오류")
    made.refresh_from_db()
    assert (made.verdict, made.decided_by) == ("accepted", world.hana)


def test_what_is_contested_stays_so_whatever_else_is_said(world: SimpleNamespace, document: Document) -> None:
    made = contest(world, document.case, items(document)[0])
    run("record_answer", world.minjun, document.case, answers=[removed(made.item)])
    assert _state(made.item) == "contested"
    with pytest.raises(Refused, match="already"):
        run("contest", world.minjun, document.case, answers=[contested(made.item)])
    with pytest.raises(Refused):
        run("close", world.sora, document.case, outcome="removed")
