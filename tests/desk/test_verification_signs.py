"""Signs of what was taken down: made once, in step with the items, and a step of the watch reads few items by them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models.signals import post_init

from mapae.desk import clock
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import Case, CaseItem
from mapae.desk.findings.models import Finding
from mapae.desk.verification.models import WatchBatch, Watched, WatchMark
from mapae.desk.verification.shelf import Shelf
from mapae.desk.verification.signs import goods_of, keep_up, shelf_of
from mapae.desk.verification.watch import watch
from tests.desk.killing import ROUNDS, killed_desk, run_killer
from tests.desk.letters import NOON
from tests.desk.looking import new_finding, served_case

LATER = NOON + timedelta(days=12)
SAME = "Mungmung teether ring MT-3"
MATTER = "hazardous_goods"


def _case(world: SimpleNamespace) -> Case:
    with time_machine.travel(NOON, tick=False):
        case, _document = served_case(world, "http://127.0.0.1:9")
        watch(clock.now())
        run("verify", world.sora, case, items=case.items.all(), verdict="removed")
    return case


def _removed_in_bulk(case: Case, first: int, many: int) -> None:
    """Items written past the actions, as an import of years of work writes them."""
    rows = [
        CaseItem(
            case=case, kind="listing", subject_id=f"B-{at}", platform="Lumibay", title="무관한 물건",
            state="removed", removed_at=NOON,
        )
        for at in range(first, first + many)
    ]  # fmt: skip
    CaseItem.objects.bulk_create(rows)


def _caught_up() -> Shelf:
    assert keep_up(time.monotonic() + 300)
    return shelf_of(MATTER)


@contextmanager
def _reading() -> Iterator[Counter[str]]:
    """How many rows of each kind are read meanwhile."""
    read: Counter[str] = Counter()

    def count(sender: type, **_: Any) -> None:
        read[sender.__name__] += 1

    post_init.connect(count)
    try:
        yield read
    finally:
        post_init.disconnect(count)


def test_a_step_reads_as_many_rows_however_many_unrelated_items_were_removed(world: SimpleNamespace) -> None:
    case, first = _case(world), Counter[str]()
    with time_machine.travel(LATER, tick=False):
        for number, many in enumerate((60, 1500)):
            _removed_in_bulk(case, 10_000 * number, many)
            _caught_up()
            new_finding(world, f"L-{number}", "[특가] 어린이 자전거 헬멧 BK-900")
            with _reading() as read:
                assert watch(clock.now()) == 0
            first = first or read
            assert read == first and read["CaseItem"] <= 24
        new_finding(world, "L-9", SAME)
        with _reading() as read:
            assert watch(clock.now()) == 1
        assert read["CaseItem"] < 100


def test_what_was_removed_before_there_were_signs_is_found_too(world: SimpleNamespace) -> None:
    case = _case(world)
    _removed_in_bulk(case, 0, 3)
    case.items.filter(subject_id="B-1").update(title="Korean bear night lamp NL-77")
    Watched.objects.all().delete()
    WatchMark.objects.update(item=0, made_by="")
    with time_machine.travel(LATER, tick=False):
        new_finding(world, "L-5", "Korean bear night lamp NL-77 new")
        assert watch(clock.now()) == 1
    assert Watched.objects.count() == CaseItem.objects.filter(state__in=("removed", "relisted")).count() == 5


def test_findings_wait_until_all_signs_are_made(world: SimpleNamespace) -> None:
    case = _case(world)
    _removed_in_bulk(case, 0, 1200)
    with time_machine.travel(LATER, tick=False):
        finding = new_finding(world, "L-5", SAME)
        assert watch(clock.now(), seconds=1e-4) == 0
        assert WatchMark.objects.get().finding < finding.pk and Watched.objects.filter(batch=0).exists()
        assert watch(clock.now()) == 1


def test_an_item_that_came_back_leaves_the_shelf_and_one_with_another_picture_is_known_by_it(
    world: SimpleNamespace,
) -> None:
    case = _case(world)
    old = case.items.get(subject_id="L-1001")
    goods = goods_of(old)
    assert old.pk in _caught_up().candidates(goods, 0)
    run("verify", world.sora, case, items=[old], verdict="still_up")
    assert old.pk not in _caught_up().candidates(goods, 0)
    assert Watched.objects.get(item=old).opened is None
    other = case.items.get(subject_id="L-1002")
    assert not _caught_up().pictured(0)
    other.snapshot = {**other.snapshot, "image_hash": "0f" * 32}
    other.save(update_fields=["snapshot"])
    assert _caught_up().pictured(0)


def test_a_new_release_makes_all_signs_anew_and_a_second_round_makes_none(world: SimpleNamespace) -> None:
    _case(world)
    _caught_up()
    before = WatchBatch.objects.count()
    _caught_up()
    assert WatchBatch.objects.count() == before
    WatchMark.objects.update(made_by="0.0.1")
    Watched.objects.update(keys=b"", units=b"")
    old = CaseItem.objects.get(subject_id="L-1001")
    assert old.pk in _caught_up().candidates(goods_of(old), 0)
    assert not Watched.objects.filter(batch__lt=WatchMark.objects.get().first).exists()


def test_after_a_reset_to_the_same_numbers_nothing_of_before_is_remembered(world: SimpleNamespace) -> None:
    case = _case(world)
    old = case.items.get(subject_id="L-1001")
    try:
        with transaction.atomic():
            case.items.filter(pk=old.pk).update(title="곰돌이 수면등 NL-77", snapshot={})
            old.refresh_from_db()
            old.save()
            assert old.pk in _caught_up().candidates(goods_of(old), 0)
            raise InterruptedError
    except InterruptedError:
        lamp = goods_of(old)
    old.refresh_from_db()
    assert _caught_up().candidates(goods_of(old), 0) and old.pk not in _caught_up().candidates(lamp, 0)


def test_a_finding_that_is_decided_is_not_compared_and_is_not_met_again(world: SimpleNamespace) -> None:
    _case(world)
    with time_machine.travel(LATER, tick=False):
        decided = new_finding(world, "L-5", SAME, state="rejected")
        assert watch(clock.now()) == 0
        Finding.objects.filter(pk=decided.pk).update(state="new")
        assert watch(clock.now()) == 0


@pytest.mark.slow
@pytest.mark.own_database
def test_a_worker_killed_while_it_makes_signs_leaves_none_out_and_makes_none_wrong(tmp_path: Path) -> None:
    with killed_desk(tmp_path) as env:
        left = run_killer("signs_killer", env, ROUNDS, 7)
    assert left["killed"] >= ROUNDS // 2
    assert left["down"] == left["signs"] == left["right"] > 1000
    assert left["waiting"] == 0
