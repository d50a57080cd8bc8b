"""Pictures of what was taken down are fetched within the guard's rules, hashed, and tell relistings and unchanged pages."""

from __future__ import annotations

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from PIL import Image

from mapae.desk import clock
from mapae.desk.cases import evidence
from mapae.desk.cases.actions import run
from mapae.desk.cases.models import Case, Evidence
from mapae.desk.findings.models import Run
from mapae.desk.training.pictures import picture
from mapae.desk.verification import pictures
from mapae.desk.verification.looks import look_at
from mapae.desk.verification.models import Picture
from mapae.desk.verification.pictures import TRIED, hash_of, picture_at, run_due
from mapae.desk.verification.watch import watch
from mapae.errors import InputError
from mapae.sources.fetch import Fetcher, FetchRules, Pace
from tests.desk.letters import NOON
from tests.desk.looking import fetcher, new_finding, served_case, shop
from tests.sources.fetch.servers import answer

EYES = FetchRules(loopback=True, connect=1, wait=1, total=3, kinds=("image/jpeg", "image/png"))
LATER = NOON + timedelta(days=12)


def eyes() -> Fetcher:
    return Fetcher(EYES, pace=Pace(lambda: 0.0, gap=0.0))


def png(name: str) -> bytes:
    return answer(body=picture(name), Content_Type="image/png")


def jpeg(name: str) -> bytes:
    """The same picture, smaller and packed anew: other bytes, the same look."""
    out = io.BytesIO()
    Image.open(io.BytesIO(picture(name))).resize((300, 300)).save(out, "JPEG", quality=70)
    return answer(body=out.getvalue(), Content_Type="image/jpeg")


def page_of(title: str, image: str) -> bytes:
    words = f"<p class=price>9,900원</p><p>{'상품 설명 ' * 20}</p><img src='{image}'>"
    return answer(body=f"<html><title>{title}</title><h1>{title}</h1>{words}</html>".encode())


def with_picture(case: Case, address: str) -> None:
    item = case.items.get(subject_id="L-1001")
    item.snapshot = {**item.snapshot, "image_urls": f"{address}/p/one.png"}
    item.save(update_fields=["snapshot"])


def test_the_picture_of_a_served_item_is_kept_and_hashed_once(world: SimpleNamespace) -> None:
    with shop({"/p/one.png": png("teether-1")}) as address, time_machine.travel(NOON, tick=False):
        case, _document = served_case(world, address)
        with_picture(case, address)
        assert run_due(clock.now(), by=eyes()) == 1
        assert run_due(clock.now(), by=eyes()) == 0
    item = case.items.get(subject_id="L-1001")
    assert item.snapshot["image_hash"] == hash_of(picture("teether-1"))[0]
    kept = item.evidence.get(media_type="image/png")
    assert (evidence.read(kept), kept.url) == (picture("teether-1"), f"{address}/p/one.png")


def test_the_same_picture_under_other_words_is_a_relisting_and_the_reason_says_so(
    world: SimpleNamespace, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    shelves = {"/p/one.png": png("teether-1"), "/p/new.jpg": jpeg("teether-1"), "/p/else.jpg": jpeg("ring-9")}
    with shop(shelves) as address:
        with time_machine.travel(NOON, tick=False):
            case, _document = served_case(world, address)
            with_picture(case, address)
            run_due(clock.now(), by=eyes())
            watch(clock.now(), by=eyes())
            run("verify", world.sora, case, items=case.items.all(), verdict="removed")
        records = {"L-5": "else.jpg", "L-6": "new.jpg"}
        monkeypatch.setattr(
            "mapae.desk.verification.watch.record_of",
            lambda finding: {"image_urls": f"{address}/p/{records[finding.subject_id]}"},
        )
        with time_machine.travel(LATER, tick=False):
            for subject in records:
                new_finding(world, subject, "UFO teether 아기 촉감 장난감 신상")
            assert watch(clock.now(), by=eyes()) == 1
    case.refresh_from_db()
    assert case.state == "open"
    assert case.items.get(subject_id="L-6").relisted_from.subject_id == "L-1001"
    told = case.events.get(kind="relisted")
    assert any("of 256 bits apart" in why for why in told.data["why"])
    assert Run.objects.exists() and Picture.objects.count() == 3


def test_only_so_many_pictures_of_new_findings_are_fetched_in_a_round(
    world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    with shop({"/p/one.png": png("teether-1")}) as address:
        with time_machine.travel(NOON, tick=False):
            case, _document = served_case(world, address)
            with_picture(case, address)
            run_due(clock.now(), by=eyes())
            watch(clock.now(), by=eyes())
            run("verify", world.sora, case, items=case.items.all(), verdict="removed")

        def seen(where: str, *_rest: object, **_more: object) -> None:
            asked.append(where)

        monkeypatch.setattr("mapae.desk.verification.watch.picture_at", seen)
        monkeypatch.setattr(
            "mapae.desk.verification.watch.record_of",
            lambda f: {"image_urls": f"{address}/{f.subject_id}.png"},
        )
        with time_machine.travel(LATER, tick=False):
            for number in range(15):
                new_finding(world, f"N-{number}", "UFO teether 아기 촉감 장난감 신상")
            watch(clock.now(), by=eyes())
    assert len(asked) == 10


def test_a_page_that_shows_the_same_picture_under_another_name_is_still_up(world: SimpleNamespace) -> None:
    shelves = {
        "/p/one.png": png("teether-1"),
        "/p/two.jpg": jpeg("teether-1"),
        "/p/three.jpg": jpeg("ring-9"),
    }
    with shop(shelves) as address, time_machine.travel(NOON, tick=False):
        case, _document = served_case(world, address)
        with_picture(case, address)
        item = case.items.select_related("case__operator").filter(subject_id="L-1001")
        title = item.get().title
        for image, verdict in (("two.jpg", "still_up"), ("three.jpg", "changed")):
            shelves["/item/L-1001"] = page_of(title, f"/p/{image}")
            (look,) = look_at(item, fetcher(), eyes=eyes())
            assert (look.verdict, image) == (verdict, image)
    assert item.get().snapshot["image_hash"]


def test_without_a_picture_in_the_record_the_page_s_own_is_hashed(world: SimpleNamespace) -> None:
    with shop({"/p/x.png": png("teether-2")}) as address, time_machine.travel(NOON, tick=False):
        case, _document = served_case(world, address)
        item = case.items.select_related("case__operator").filter(subject_id="L-1001")
        with shop({"/item/L-1001": page_of(item.get().title, f"{address}/p/x.png")}) as other:
            item.update(url=f"{other}/item/L-1001")
            list(look_at(item, fetcher(), eyes=eyes()))
    assert item.get().snapshot["image_hash"] == hash_of(picture("teether-2"))[0]


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (answer("404 Not Found", b""), "404"),
        (answer(body=b"<svg onload=alert(1)>", Content_Type="image/svg+xml"), "no_page"),
        (answer(body=b"<html>", Content_Type="image/png"), "not a picture"),
        (answer("302 Found", b"", Location="http://169.254.169.254/x.png"), "off_site"),
    ],
)
def test_what_is_no_picture_is_not_kept_and_not_asked_for_again_soon(
    world: SimpleNamespace, reply: bytes, why: str
) -> None:
    shelves = {"/p/one.png": reply}
    with shop(shelves) as address:
        with time_machine.travel(NOON, tick=False):
            case, _document = served_case(world, address)
            with_picture(case, address)
            before = Evidence.objects.count()
            assert run_due(clock.now(), by=eyes()) == 1
            assert run_due(clock.now(), by=eyes()) == 0
            assert (Picture.objects.get().why, Evidence.objects.count()) == (why, before)
            shelves["/p/one.png"] = png("teether-1")
            assert picture_at(f"{address}/p/one.png", eyes()).pdq == ""
        with time_machine.travel(NOON + timedelta(days=8), tick=False):
            assert picture_at(f"{address}/p/one.png", eyes()).pdq != ""
    item = case.items.get(subject_id="L-1001")
    assert item.snapshot[TRIED] is True and "image_hash" not in item.snapshot


def test_outside_training_pictures_of_this_machine_are_not_fetched(world: SimpleNamespace, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TRAINING = False
    pictures.picture_fetcher.cache_clear()
    with shop({"/p/one.png": png("teether-1")}) as address, time_machine.travel(NOON, tick=False):
        found = picture_at(f"{address}/p/one.png", pictures.picture_fetcher())
    pictures.picture_fetcher.cache_clear()
    assert found is not None and (found.pdq, found.why) == ("", "refused")


def test_pictures_that_are_huge_tiny_plain_or_broken() -> None:
    def file(image: Image.Image) -> bytes:
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue()

    for content in (
        file(Image.new("1", (9000, 9000))),
        file(Image.new("L", (8, 8))),
        picture("x")[:200],
        b"",
    ):
        with pytest.raises(InputError):
            hash_of(content)
    assert hash_of(file(Image.new("RGB", (200, 200), "white")))[1] < 50
    assert hash_of(file(Image.open(io.BytesIO(picture("teether-1"))).quantize(16)))[1] >= 50


def test_kept_files_are_found_by_their_address_through_an_index(db: None) -> None:
    with connection.cursor() as cursor:
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{explain} SELECT id FROM cases_evidence WHERE url = 'https://x.example/a.png'")
        assert "cases_evidence_url" in str(cursor.fetchall())
