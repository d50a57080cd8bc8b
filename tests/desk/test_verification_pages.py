"""The officer's page of looks: by fetching, by a feed, by eye; others' cases do not exist."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mapae.desk.cases.models import Case, ItemCheck
from mapae.desk.findings.intake import import_run
from mapae.desk.verification.feed import looks_from
from mapae.desk.verification.models import Round
from mapae.desk.verification.rounds import plan, run_due
from tests.desk.findings_files import finding, listing, write_run
from tests.desk.letters import NOON
from tests.desk.looking import fetcher, served_case, shop


@pytest.fixture
def case(world: SimpleNamespace) -> Case:
    with time_machine.travel(NOON, tick=False):
        made, _document = served_case(world, "http://127.0.0.1:9")
        plan()
    made.joint.clear()
    return made


def _client(user: object, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)  # type: ignore[arg-type]
    return client


def _act(client: Client, case: Case, **data: object) -> str:
    data = {"items": list(case.items.values_list("pk", flat=True)), **data}
    return client.post(f"/cases/{case.number}/verify/act", data, follow=True).content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_shows_items_looks_and_what_is_due(
    world: SimpleNamespace, case: Case, language: str
) -> None:
    client = _client(world.sora, language)
    text = client.get(f"/cases/{case.number}/verify").content.decode()
    assert "L-1001" in text and "2026-11-27 18:00" in text and "&lt;script&gt;" in text
    due = client.get("/checks").content.decode()
    assert case.number in due and "2026-12-02 18:00" in due


def test_others_cases_do_not_exist(world: SimpleNamespace, case: Case) -> None:
    assert _client(world.dojin).get(f"/cases/{case.number}/verify").status_code == 404
    assert _client(world.dojin).post(f"/cases/{case.number}/verify/act", {"way": "fetch"}).status_code == 404
    assert case.number not in _client(world.dojin).get("/checks").content.decode()
    for user in (world.minjun, world.yuna, world.taeho):
        assert _client(user).get(f"/cases/{case.number}/verify").status_code == 403
    assert Client().get("/checks").status_code == 302


def test_look_now_is_done_by_the_worker_and_the_page_asks_again_meanwhile(
    world: SimpleNamespace, case: Case
) -> None:
    client = _client(world.sora)
    with shop({}) as address:
        for item in case.items.all():
            item.url = f"{address}/item/{item.subject_id}"
            item.save(update_fields=["url"])
        with time_machine.travel(NOON, tick=False):
            text = _act(client, case, way="fetch")
            assert "every 2s" in text and Round.objects.filter(kind="asked", by=world.sora).count() == 1
            run_due(NOON, by=fetcher(), seconds=30)
    part = client.get(f"/cases/{case.number}/verify", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "every 2s" not in part
    assert "404" in client.get(f"/cases/{case.number}/verify").content.decode()
    assert set(case.items.values_list("state", flat=True)) == {"removed"}


def test_an_officers_own_look_needs_a_note_and_may_bring_a_picture(
    world: SimpleNamespace, case: Case
) -> None:
    client = _client(world.sora)
    assert "Write down what you saw" in _act(client, case, way="officer", verdict="removed")
    assert not ItemCheck.objects.exists()
    file = SimpleUploadedFile("note.txt", "12:05, 페이지 없음".encode(), content_type="text/plain")
    assert "2 items recorded" in _act(
        client, case, way="officer", verdict="removed", detail="앱에서 봄 12:05", file=file
    )
    check = ItemCheck.objects.first()
    assert (check.how, check.detail, check.evidence.rung) == ("officer", "앱에서 봄 12:05", "captured")
    assert "앱에서 봄" in client.get(f"/cases/{case.number}/verify").content.decode()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"items": [], "way": "fetch"}, "Tick at least one"),
        ({"way": "guess"}, "Say what was seen"),
        ({"way": "officer", "verdict": "gone", "detail": "x"}, "Say what was seen"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_and_nothing_is_recorded(
    world: SimpleNamespace, case: Case, data: dict[str, object], told: str
) -> None:
    assert told in _act(_client(world.sora), case, **data)
    assert not ItemCheck.objects.exists() and not Round.objects.filter(kind="asked").exists()


def _feed(folder: Path, *ids: str) -> Path:
    records = [listing(1, listing_id=name) for name in ids]
    return write_run(folder, [finding(7, subject_id=ids[0])], records)


def test_the_next_feed_shows_what_is_still_up_and_a_whole_feed_what_is_gone(
    world: SimpleNamespace, case: Case, tmp_path: Path
) -> None:
    imported = import_run(_feed(tmp_path / "out", "L-1002", "L-5"))
    items = list(case.items.order_by("subject_id"))
    assert [(look.item, look.verdict) for look in looks_from(items, imported, whole=False)] == [
        (items[1].pk, "still_up")
    ]
    whole = [look.verdict for look in looks_from(items, imported, whole=True)]
    assert whole == ["removed", "still_up"]
    told = _act(_client(world.sora), case, way="feed", run=imported.pk, whole="1")
    assert "2 items checked by the feed" in told and "The whole feed does not hold it" in told
    assert list(case.items.order_by("subject_id").values_list("state", flat=True)) == ["removed", "still_up"]


def test_a_feed_of_another_platform_says_nothing(world: SimpleNamespace, case: Case, tmp_path: Path) -> None:
    records = [listing(1, platform="Dalmart")]
    imported = import_run(write_run(tmp_path / "out", [finding(1, operator="Dalmart")], records))
    assert list(looks_from(case.items.all(), imported, whole=True)) == []
    assert "says nothing" in _act(_client(world.sora), case, way="feed", run=imported.pk, whole="1")
    assert (
        _client(world.sora)
        .post(
            f"/cases/{case.number}/verify/act",
            {"items": [case.items.first().pk], "way": "feed", "run": "999"},
        )
        .status_code
        == 404
    )
