"""What was taken down and is for sale again: its case reopens by itself, with the reasons, on the right operator."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine

from mapae.desk import clock
from mapae.desk.audit.models import AuditEntry
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.findings.models import Finding
from mapae.desk.verification.models import Round
from mapae.desk.verification.rounds import run_due
from mapae.desk.verification.watch import watch
from tests.desk.letters import NOON
from tests.desk.looking import fetcher, new_finding, page, served_case, shop

LATER = NOON + timedelta(days=12)
SAME = "Mungmung teether ring MT-3"


def _removed(world: SimpleNamespace, closed: bool = True) -> tuple[Case, CaseItem]:
    with time_machine.travel(NOON, tick=False):
        case, _document = served_case(world, "http://127.0.0.1:9")
        watch(clock.now())
        run("verify", world.sora, case, items=case.items.all(), verdict="removed")
        if closed:
            run("close", world.sora, case, outcome="removed")
    case.refresh_from_db()
    return case, case.items.get(subject_id="L-1001")


def test_the_same_goods_by_another_seller_reopen_a_closed_case_by_itself(world: SimpleNamespace) -> None:
    case, old = _removed(world)
    assert case.state == "closed"
    with time_machine.travel(LATER, tick=False):
        finding = new_finding(world, "L-7777", "[새상품] " + SAME)
        assert watch(clock.now()) == 1 and watch(clock.now()) == 0
    case.refresh_from_db()
    old.refresh_from_db()
    new = case.items.get(subject_id="L-7777")
    assert (case.state, case.closed_at, case.outcome) == ("open", None, "")
    assert (old.state, new.state, new.relisted_from, new.finding) == ("relisted", "found", old, finding)
    assert new.seller.seller_id == "S-99"
    told = case.events.get(kind="relisted")
    assert told.actor is None and told.item == new and told.data["score"] >= 0.7 and told.data["why"]
    assert AuditEntry.objects.filter(kind="reopen_relisted", actor="desk").count() == 1
    finding.refresh_from_db()
    assert (finding.state, finding.case) == ("accepted", case)


def test_on_another_platform_the_case_reopens_and_the_other_operator_is_asked_in_its_own(
    world: SimpleNamespace,
) -> None:
    case, old = _removed(world)
    with time_machine.travel(LATER, tick=False):
        other = run(
            "open", world.sora, operator=world.dalmart, matter="hazardous_goods", title="치발기 (예시)"
        )
        finding = new_finding(world, "D-1", SAME, platform="Dalmart", operator=world.dalmart)
        assert watch(clock.now()) == 1
    case.refresh_from_db()
    finding.refresh_from_db()
    assert case.state == "open" and case.items.get(subject_id="D-1").state == ""
    theirs = other.items.get(subject_id="D-1")
    assert (theirs.state, theirs.relisted_from, finding.case) == ("found", old, other)


def test_without_a_case_on_the_other_operator_the_finding_waits_in_the_inbox(world: SimpleNamespace) -> None:
    case, _old = _removed(world)
    with time_machine.travel(LATER, tick=False):
        finding = new_finding(world, "D-2", SAME, platform="Dalmart", operator=world.dalmart)
        watch(clock.now())
    finding.refresh_from_db()
    case.refresh_from_db()
    assert (finding.state, finding.case, case.state) == ("new", None, "open")


def test_a_case_that_is_still_at_work_takes_the_relisting_in(world: SimpleNamespace) -> None:
    case, old = _removed(world, closed=False)
    Case.objects.filter(pk=case.pk).update(state="answered")
    with time_machine.travel(LATER, tick=False):
        new_finding(world, "L-8", SAME)
        new_finding(world, "L-9", SAME)
        assert watch(clock.now()) == 2
    case.refresh_from_db()
    old.refresh_from_db()
    assert (case.state, old.state) == ("answered", "relisted")
    assert case.items.filter(relisted_from=old).count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"subject_title": "아기 원목 딸랑이 세트", "reference_id": "cpsc:11111"},
        {"measure": "counterfeits"},
        {"shadow": True},
        {"state": "settled"},
        {"first_seen_at": datetime(2026, 11, 25, 2, tzinfo=UTC)},
    ],
)  # fmt: skip
def test_other_goods_other_matters_and_what_was_there_before_reopen_nothing(
    world: SimpleNamespace, change: dict[str, object]
) -> None:
    case, _old = _removed(world)
    with time_machine.travel(LATER, tick=False):
        title = str(change.pop("subject_title", SAME))
        new_finding(world, "L-5", title, **change)
        assert watch(clock.now()) == 0
    case.refresh_from_db()
    assert case.state == "closed"


def test_the_listing_itself_in_a_later_feed_is_seen_again(world: SimpleNamespace) -> None:
    case, old = _removed(world)
    with time_machine.travel(LATER, tick=False):
        new_finding(world, old.subject_id, old.title)
        assert watch(clock.now()) == 1
    case.refresh_from_db()
    old.refresh_from_db()
    assert (case.state, old.state, old.removed_at) == ("open", "relisted", None)
    assert old.checks.first().how == "feed"


def test_the_weekly_look_reopens_a_closed_case_whose_goods_are_back(world: SimpleNamespace) -> None:
    shelves: dict[str, bytes] = {}
    with shop(shelves) as address:
        with time_machine.travel(NOON, tick=False):
            case, _document = served_case(world, address)
        with time_machine.travel(NOON + timedelta(days=8), tick=False):
            run_due(clock.now(), by=fetcher(), seconds=30)
            case.refresh_from_db()
            run("close", world.sora, case, outcome="removed")
        shelves["/item/L-1001"] = page("Mungmung teether ring")
        with time_machine.travel(NOON + timedelta(days=16), tick=False):
            assert run_due(clock.now(), by=fetcher(), seconds=30) == 2
    case.refresh_from_db()
    states = dict(case.items.values_list("subject_id", "state"))
    assert (case.state, states) == ("open", {"L-1001": "relisted", "L-1002": "removed"})
    assert Round.objects.filter(kind="week", done_at__isnull=True).count() == 1


def test_nobody_reopens_a_case_for_nothing(world: SimpleNamespace) -> None:
    case, _old = _removed(world)
    with pytest.raises(Refused):
        run("reopen_relisted", world.sora, case)
    assert not Finding.objects.filter(state="accepted", case=case).exclude(finding_id=f"f{case.pk}").exists()
