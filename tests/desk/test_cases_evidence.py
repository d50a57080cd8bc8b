"""Evidence on items: what an officer adds or confirms lifts the item on the ladder, and opens what the ladder allows."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from mapae.desk.cases import evidence
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.models import Case
from mapae.desk.documents.ladder import ladder


@pytest.fixture
def case(world: SimpleNamespace) -> Case:
    made: Case = run(
        "open", world.sora, operator=world.lumibay, matter="hazardous_goods", title="치발기 (예시)"
    )
    run("join", world.sora, made, kind="listing", subject_id="L-1", platform="Lumibay", title="치발기")
    return made


def _open(world: SimpleNamespace, case: Case) -> set[str]:
    return {rung.kind.key for rung in ladder(case, world.sora) if rung.open}


def test_confirming_an_item_opens_the_recommendation(world: SimpleNamespace, case: Case) -> None:
    assert "takedown_recommendation" not in _open(world, case)
    run(
        "add_evidence",
        world.sora,
        case,
        items=case.items.all(),
        rung="verified",
        text="리콜 공고의 모델과 대조함",
    )
    assert case.items.get().rung == "verified"
    assert "takedown_recommendation" in _open(world, case)
    assert case.events.last().data["text"] == "리콜 공고의 모델과 대조함"


def test_an_item_never_sinks_on_the_ladder(world: SimpleNamespace, case: Case) -> None:
    kept = evidence.keep(b"page of L-1", "text/plain")
    run("add_evidence", world.sora, case, items=case.items.all(), rung="tested", text="납 검출", file=kept)
    run("add_evidence", world.sora, case, items=case.items.all(), rung="captured", text="화면", file=kept)
    item = case.items.get()
    assert (item.rung, list(item.evidence.all())) == ("tested", [kept])
    evidence.place(kept.sha256).unlink()


def test_what_is_missing_or_not_of_the_case_is_refused(world: SimpleNamespace, case: Case) -> None:
    other = run("open", world.sora, operator=world.dalmart, matter="hazardous_goods", title="다른 사건")
    foreign = run("join", world.sora, other, kind="listing", subject_id="L-2")
    items = list(case.items.all())
    for wrong in (
        {"items": items, "rung": "seen", "text": "x"},
        {"items": [], "rung": "verified", "text": "x"},
        {"items": [foreign], "rung": "verified", "text": "x"},
        {"items": items, "rung": "tested", "text": "x"},
        {"items": items, "rung": "verified", "text": " "},
    ):
        with pytest.raises(Refused):
            run("add_evidence", world.sora, case, **wrong)
    assert case.items.get().rung == "seen"


def test_a_file_goes_with_the_form_and_a_hostile_one_is_refused(world: SimpleNamespace, case: Case) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.sora)
    address = reverse("case-verb", args=(case.number, "add_evidence"))
    form = {"items": [case.items.get().pk], "rung": "captured", "text": "screen kept"}
    hostile = SimpleUploadedFile("page.html", b"<!DOCTYPE html><script>alert(1)</script>")
    assert "Done" not in client.post(address, {**form, "file": hostile}, follow=True).content.decode()
    assert not case.items.get().evidence.exists()
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "blue").save(out, "PNG")
    picture = SimpleUploadedFile("screen.png", out.getvalue())
    text = client.post(address, {**form, "file": picture}, follow=True).content.decode()
    assert "added evidence, Page captured" in text
    kept = case.items.get().evidence.get()
    assert reverse("case-evidence", args=(case.number, kept.pk)) in text
    evidence.place(kept.sha256).unlink()
