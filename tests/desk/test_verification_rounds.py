"""Looks at what was asked to be taken down: planned on service, done by the worker, kept as evidence, never too kind."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import translation
from warcio.archiveiterator import ArchiveIterator

from mapae.desk import clock
from mapae.desk.cases import evidence
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.clocks import clocks_of
from mapae.desk.cases.models import ItemCheck
from mapae.desk.cases.story import story
from mapae.desk.verification.looks import look_at
from mapae.desk.verification.models import Round
from mapae.desk.verification.rounds import ask_for, plan, run_due
from mapae.sources.fetch import Fetcher, FetchRules, Pace
from tests.desk.letters import NOON, open_case
from tests.desk.looking import RULES, fetcher, page, served_case, shop
from tests.sources.fetch.servers import answer

FRIDAY_EVENING = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)  # 18:30 in Korea, the second business day
WEDNESDAY = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)  # 18:30, the fifth


def _look(world: SimpleNamespace, moment: datetime, seconds: float = 30) -> int:
    with time_machine.travel(moment, tick=False):
        return run_due(clock.now(), by=fetcher(), seconds=seconds)


def test_a_served_takedown_is_looked_at_on_the_evening_of_the_second_and_fifth_business_day(
    world: SimpleNamespace,
) -> None:
    with time_machine.travel(NOON, tick=False):
        _case, document = served_case(world, "http://127.0.0.1:9")
        assert plan() == 1 and plan() == 0
    rounds = list(Round.objects.order_by("due_at").values_list("kind", "due_at", "document"))
    evening = [datetime(2026, 11, 27, 9, tzinfo=UTC), datetime(2026, 12, 2, 9, tzinfo=UTC)]
    assert rounds == [("two_days", evening[0], document.pk), ("five_days", evening[1], document.pk)]
    assert _look(world, FRIDAY_EVENING - timedelta(hours=1)) == 0


def test_what_is_gone_is_removed_and_when_all_is_gone_the_targets_end(world: SimpleNamespace) -> None:
    shelves = {"/item/L-1002": page("몽몽 치발기")}
    with shop(shelves) as address:
        with time_machine.travel(NOON, tick=False):
            case, document = served_case(world, address)
        assert _look(world, FRIDAY_EVENING) == 2
        case.refresh_from_db()
        assert case.state == "asked", "one is still up"
        assert list(case.items.order_by("pk").values_list("state", flat=True)) == ["removed", "still_up"]
        assert not case.events.filter(kind="all_removed").exists()
        shelves.clear()
        assert _look(world, WEDNESDAY) == 2
    assert set(case.items.values_list("state", flat=True)) == {"removed"}
    case.refresh_from_db()
    assert case.state == "verified"
    assert [event.data["n"] for event in case.events.filter(kind="left_over")] == [1, 0]
    assert [event.ref for event in case.events.filter(kind="all_removed")] == [document.code]
    with time_machine.travel(WEDNESDAY, tick=False):
        ended = {each.kind.key: each.state for each in clocks_of(case) if each.ended_on}
    assert ended == {"takedown_2": "done_late", "takedown_5": "done_in_time"}
    assert Round.objects.get(kind="week").due_at == WEDNESDAY + timedelta(weeks=1)


def test_each_look_keeps_its_page_as_a_warc_with_time_login_and_language(world: SimpleNamespace) -> None:
    with (
        shop({"/item/L-1001": page("Mungmung teether ring")}) as address,
        time_machine.travel(NOON, tick=False),
    ):
        case, _document = served_case(world, address)
        looks = list(look_at(case.items.order_by("pk"), fetcher()))
        run("verify", world.sora, case, looks=looks)
    check = ItemCheck.objects.get(item=case.items.get(subject_id="L-1001"))
    kept = check.evidence
    assert kept is not None and (check.verdict, check.how) == ("still_up", "fetch")
    assert (kept.warc, kept.login, kept.language, kept.rung, kept.captured_at) == (
        True,
        "none",
        "ko",
        "captured",
        NOON,
    )
    records = list(ArchiveIterator(io.BytesIO(evidence.read(kept))))
    assert [record.rec_type for record in records] == ["warcinfo", "response", "request"]
    replayed = {r.rec_type: r for r in ArchiveIterator(io.BytesIO(evidence.read(kept))) if _kept(r)}
    assert replayed["response"].rec_headers["WARC-Date"] == "2026-11-25T03:00:00Z"


def _kept(record) -> bool:  # type: ignore[no-untyped-def]
    record.content = record.content_stream().read()
    return record.rec_type != "response" or "Mungmung" in record.content.decode()


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (answer("403 Forbidden", b"<h1>Access denied</h1>"), "refused_us"),
        (answer("500 Broken", b"oops"), "unreachable"),
        (answer(body="<h1>로그인이 필요합니다</h1>".encode()), "differs"),
        (answer(body="<h1>삭제된 상품입니다</h1>".encode()), "removed"),
        (page("원목 블록 40조각 세트"), "changed"),
    ],
)  # fmt: skip
def test_what_keeps_us_out_never_counts_as_removed(world: SimpleNamespace, reply: bytes, state: str) -> None:
    with shop({"/item/L-1001": reply}) as address, time_machine.travel(NOON, tick=False):
        case, _document = served_case(world, address)
        item = case.items.filter(subject_id="L-1001")
        run("verify", None, case, looks=list(look_at(item, fetcher())))
    found = item.get()
    assert (found.state, found.removed_at is not None) == (state, state == "removed")


def test_a_look_that_sees_nothing_does_not_undo_a_removal_but_seeing_the_goods_does(
    world: SimpleNamespace,
) -> None:
    with time_machine.travel(NOON, tick=False):
        case, _document = served_case(world, "http://127.0.0.1:9")
        item = case.items.first()
        for verdict, state in (("removed", "removed"), ("unreachable", "removed"), ("still_up", "still_up")):
            run("verify", world.sora, case, items=[item], verdict=verdict, detail="보았음")
            item.refresh_from_db()
            assert item.state == state
    assert item.removed_at is None and item.checks.count() == 3


def test_a_contested_item_stays_contested_unless_it_is_gone(world: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False):
        case, _document = served_case(world, "http://127.0.0.1:9")
        item = case.items.first()
        case.items.filter(pk=item.pk).update(state="contested")
        run("verify", world.sora, case, items=[item], verdict="still_up")
        item.refresh_from_db()
        assert item.state == "contested"
        run("verify", world.sora, case, items=[item], verdict="removed")
    item.refresh_from_db()
    assert item.state == "removed"


@pytest.mark.parametrize("verdict", ["still_up", "changed", "unreachable", "refused_us", "differs"])
def test_a_case_is_not_verified_by_what_was_not_seen_gone(world: SimpleNamespace, verdict: str) -> None:
    with time_machine.travel(NOON, tick=False):
        case, _document = served_case(world, "http://127.0.0.1:9")
        first, second = case.items.order_by("pk")
        run("verify", world.sora, case, items=[first], verdict="removed")
        run("verify", world.sora, case, items=[second], verdict=verdict)
        case.refresh_from_db()
        assert case.state == "asked"
        with translation.override("ko"):
            assert "확인 결과 남은 게시물 1건" in [each.sentence for each in story(case)]
        run("verify", world.sora, case, items=[second], verdict="removed")
    case.refresh_from_db()
    assert case.state == "verified"


def test_a_verified_case_is_no_longer_so_when_something_is_left_over_again(world: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False):
        case, _document = served_case(world, "http://127.0.0.1:9")
        items = list(case.items.order_by("pk"))
        run("verify", world.sora, case, items=items, verdict="removed")
        run("verify", world.sora, case, items=items[:1], verdict="changed")
        case.refresh_from_db()
        assert case.state == "asked"
        run("verify", world.sora, case, items=items[:1], verdict="removed")
        run("join", world.sora, case, kind="listing", subject_id="L-new", title="치발기", state="found")
    case.refresh_from_db()
    assert case.state == "asked", "what was joined since is asked of nobody yet"


def test_withdrawing_the_last_notice_leaves_the_case_verified(world: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False):
        case, _document = served_case(world, "http://127.0.0.1:9")
        first, second = case.items.order_by("pk")
        run("verify", world.sora, case, items=[first], verdict="removed")
        run("withdraw_notice", world.sora, case, item=second, reasons="다른 제품")
    case.refresh_from_db()
    assert case.state == "verified"


def test_goods_back_at_their_own_address_reopen_a_verified_case_in_its_weekly_round(
    world: SimpleNamespace,
) -> None:
    shelves: dict[str, bytes] = {}
    with shop(shelves) as address:
        with time_machine.travel(NOON, tick=False):
            case, _document = served_case(world, address)
        assert _look(world, WEDNESDAY) == 4
        case.refresh_from_db()
        assert case.state == "verified"
        shelves["/item/L-1001"] = page("Mungmung teether ring")
        assert _look(world, WEDNESDAY + timedelta(weeks=1)) == 2
        case.refresh_from_db()
        assert (case.state, case.items.get(subject_id="L-1001").state) == ("open", "relisted")
        shelves.clear()
        assert _look(world, WEDNESDAY + timedelta(weeks=2)) == 2
    case.refresh_from_db()
    assert case.items.get(subject_id="L-1001").state == "removed"
    assert case.state == "open", "a person decides what follows"


def test_only_what_was_asked_can_be_checked_and_only_with_a_known_verdict(world: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False):
        case = open_case(world)
        with pytest.raises(Refused):
            run("verify", world.sora, case, items=case.items.all(), verdict="removed")
        case, _document = served_case(world, "http://127.0.0.1:9")
        with pytest.raises(Refused):
            run("verify", world.sora, case, items=case.items.all(), verdict="gone")
        case.items.update(state="withdrawn")
        with pytest.raises(Refused):
            run("verify", world.sora, case, items=case.items.all(), verdict="removed")
        with pytest.raises(Refused):
            run(
                "verify",
                world.minjun,
                case,
                items=case.items.all(),
                verdict="removed",
            )
    assert not ItemCheck.objects.exists()


def test_an_officer_asks_for_a_look_and_the_worker_does_it_in_that_persons_name(
    world: SimpleNamespace,
) -> None:
    with shop({}) as address:
        with time_machine.travel(NOON, tick=False):
            case, _document = served_case(world, address)
            item = case.items.get(subject_id="L-1002")
            asked = ask_for(world.sora, case, [item])
        assert _look(world, NOON + timedelta(seconds=2)) == 1
    asked.refresh_from_db()
    assert asked.done_at and asked.looked == [item.pk]
    assert case.events.get(kind="checked").actor == world.sora


def test_an_extended_target_moves_the_look(world: SimpleNamespace) -> None:
    with time_machine.travel(NOON, tick=False):
        case, document = served_case(world, "http://127.0.0.1:9")
        plan()
        run("extend", world.sora, case, clock="takedown_2", ref=document.code, days=2, reason="번역 지연")
    assert _look(world, FRIDAY_EVENING) == 0
    assert Round.objects.get(kind="two_days").due_at == datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_a_round_that_a_dead_worker_held_is_taken_up_where_it_stopped(world: SimpleNamespace) -> None:
    with shop({}) as address:
        with time_machine.travel(NOON, tick=False):
            case, _document = served_case(world, address)
            plan()
        first = case.items.order_by("pk").first()
        held = FRIDAY_EVENING + timedelta(minutes=5)
        Round.objects.filter(kind="two_days").update(looked=[first.pk], taken_until=held)
        assert _look(world, FRIDAY_EVENING) == 0
        assert _look(world, held + timedelta(seconds=1)) == 1
    assert first.checks.count() == 0


def test_outside_training_the_shop_on_this_machine_is_not_asked(world: SimpleNamespace) -> None:
    with shop({"/item/L-1001": page("x")}) as address, time_machine.travel(NOON, tick=False):
        case, _document = served_case(world, address)
        looks = list(look_at(case.items.all(), Fetcher(FetchRules())))
    assert {look.verdict for look in looks} == {"unreachable"} and all(
        "refused" in look.detail for look in looks
    )


def test_a_server_that_asks_for_patience_is_asked_again_later_and_nothing_is_recorded(
    world: SimpleNamespace,
) -> None:
    busy = answer("429 Too Many Requests", b"slow down", Retry_After="300")
    patient = Fetcher(RULES, pace=Pace(lambda: 0.0))
    with shop({"/item/L-1001": busy, "/item/L-1002": busy}) as address:
        with time_machine.travel(NOON, tick=False):
            case, _document = served_case(world, address)
        with time_machine.travel(FRIDAY_EVENING, tick=False):
            assert run_due(clock.now(), by=patient, seconds=30) == 1
    found = Round.objects.get(kind="two_days")
    assert found.done_at is None and found.due_at == FRIDAY_EVENING + timedelta(minutes=10)
    assert sorted(case.items.values_list("state", flat=True)) == ["asked", "refused_us"]


def test_a_case_on_hold_is_looked_at_when_it_is_taken_up(world: SimpleNamespace) -> None:
    with shop({}) as address:
        with time_machine.travel(NOON, tick=False):
            case, _document = served_case(world, address)
            run("hold", world.sora, case, reason="시험 결과를 기다림")
        assert _look(world, FRIDAY_EVENING) == 0
        assert Round.objects.get(kind="two_days").due_at == FRIDAY_EVENING + timedelta(days=1)
        with time_machine.travel(FRIDAY_EVENING, tick=False):
            run("resume", world.sora, case)
        assert _look(world, FRIDAY_EVENING + timedelta(days=1)) == 2


def test_what_is_still_up_is_looked_at_each_week_until_the_case_is_closed(world: SimpleNamespace) -> None:
    shelves = {"/item/L-1001": page("Mungmung teether ring"), "/item/L-1002": page("몽몽 치발기")}
    with shop(shelves) as address:
        with time_machine.travel(NOON, tick=False):
            case, _document = served_case(world, address)
        assert _look(world, WEDNESDAY) == 4
        shelves.clear()
        assert _look(world, WEDNESDAY + timedelta(weeks=1)) == 2
    assert set(case.items.values_list("state", flat=True)) == {"removed"}
