"""Rights holders: registered with proof, fakes in bulk, findings in the inbox, and what false claims lead to."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from mapae.app.evaluate.scores import wilson
from mapae.desk import clock
from mapae.desk.bodies.models import Body
from mapae.desk.cases.actions import Refused
from mapae.desk.cases.models import CaseItem
from mapae.desk.environment import store
from mapae.desk.findings.accept import accept
from mapae.desk.findings.decide import reject, undo
from mapae.desk.findings.models import Finding
from mapae.desk.rights.bulk import take_batch
from mapae.desk.rights.models import ClaimSnapshot, RightsHolder
from mapae.desk.rights.outcomes import counted
from mapae.desk.rights.published import make_daily
from mapae.desk.rights.register import add_right, decide_right, register
from mapae.desk.rights.score import score
from mapae.desk.rights.to_inbox import dismiss, pass_on, send_left
from mapae.errors import InputError
from tests.desk.publishing import answer_of

MARK, NUMBER = "반짝이(예시)", "40-1234567"
REGISTERS = {
    "country": "KR",
    "name": "반짝이(예시)",
    "email": "ip@banjjak.example",
    "kind": "trademark",
    "mark": MARK,
    "number": NUMBER,
}


@pytest.fixture(autouse=True)
def _at(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    monkeypatch.setenv("MAPAE_HOME", str(tmp_path))
    cache.clear()
    with time_machine.travel(datetime(2026, 11, 25, 3, tzinfo=UTC), tick=False):
        yield


def holder(world: SimpleNamespace) -> RightsHolder:
    """An invented firm with a trademark that an officer confirmed."""
    made = register("반짝이 주식회사(예시)", email="ip@banjjak.example").holder
    decide_right(world.sora, add_right(made, "trademark", MARK, number=NUMBER), confirm=True)
    made.refresh_from_db()
    return made


def table(rows: int, start: int = 0) -> SimpleUploadedFile:
    lines = [f"https://lumibay.example/item/{start + at},{NUMBER},fake_mark,S-{at % 3}" for at in range(rows)]
    return SimpleUploadedFile("fakes.csv", "\n".join(["url,right,reason,seller", *lines]).encode())


def test_a_mark_held_twice_counts_by_the_right_that_an_officer_confirmed(world: SimpleNamespace) -> None:
    made = holder(world)
    add_right(made, "design", MARK, number="30-1234567")
    lines = f"url,right,reason\nhttps://lumibay.example/item/1,{MARK},fake_mark"
    batch = take_batch(made, SimpleUploadedFile("fakes.csv", lines.encode()))
    assert [claim.right.kind for claim in batch.claims.all()] == ["trademark"] and batch.rejects == []


@pytest.mark.parametrize(
    ("kind", "mark", "more"),
    [
        ("trademark", "", {"number": NUMBER}),
        ("trademark", MARK, {"number": "30-1234567"}),
        ("trademark", MARK, {}),
        ("x", MARK, {}),
    ],
)
def test_a_right_needs_a_proof_of_its_kind(
    world: SimpleNamespace, kind: str, mark: str, more: dict[str, str]
) -> None:
    made = register("예시", email="ip@banjjak.example").holder
    with pytest.raises(InputError):
        add_right(made, kind, mark, **more)


def test_listings_become_findings_of_the_inbox_once(world: SimpleNamespace) -> None:
    made = holder(world)
    batch = take_batch(made, table(3))
    assert (batch.rows, batch.rejects, batch.claims.count()) == (3, [], 3)
    (first, *_rest) = found = list(Finding.objects.order_by("subject_url"))
    assert len(found) == 3
    assert (first.measure, first.check_key, first.operator, first.provision) == (
        "counterfeits",
        "counterfeits.claims",
        world.lumibay,
        "TM 108",
    )
    assert first.reference_id == f"right:{NUMBER}" and first.reasons[0]["seen"] == first.subject_url
    again = take_batch(made, table(4))
    assert [row["why"] for row in again.rejects] == ["이미 신고한 상품"] * 3
    assert Finding.objects.count() == 4


def test_only_the_body_that_leads_fakes_decides_where_the_desk_has_it(world: SimpleNamespace) -> None:
    moip = Body.objects.create(key="moip", name_ko="지식재산처", name_en="Ministry of Intellectual Property")
    made = register("예시", email="ip@banjjak.example").holder
    right = add_right(made, "trademark", MARK, number=NUMBER)
    with pytest.raises(Refused):
        decide_right(world.sora, right, confirm=True)
    world.sora.body = moip
    decide_right(world.sora, right, confirm=True)
    made.refresh_from_db()
    assert (made.body, made.state) == (moip, "admitted")


def test_rows_that_cannot_be_taken_are_told_by_line_and_reason(world: SimpleNamespace) -> None:
    text = (
        "url,right,reason\n"
        f"https://lumibay.example/item/1,{NUMBER},fake_mark\n"
        f",{NUMBER},fake_mark\n"
        "\n"
        "https://lumibay.example/item/2,41-7654321,fake_mark\n"
        f"https://lumibay.example/item/3,{MARK},ugly\n"
    )
    batch = take_batch(holder(world), SimpleUploadedFile("a.csv", text.encode()))
    assert [row["line"] for row in batch.rejects] == [3, 5, 6]
    assert batch.claims.count() == 1
    lines = (
        f'{{"url": "https://lumibay.example/item/9", "right": "{MARK}", "reason": "own_photo"}}\nno json\n'
    )
    batch = take_batch(batch.holder, SimpleUploadedFile("a.jsonl", lines.encode()))
    assert ([row["line"] for row in batch.rejects], batch.claims.count()) == ([2], 1)


def _file(text: str, name: str = "fakes.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


@pytest.mark.django_db
def test_one_page_under_several_addresses_is_one_claim(world: SimpleNamespace) -> None:
    page = "https://lumibay.example/item/1"
    ways = [
        page, page, "HTTP://www.Lumibay.example/item/1/", f"{page}?utm_source=x&spm=a", f"{page}#reviews", f"{page}?colour=2",
    ]  # fmt: skip
    batch = take_batch(
        holder(world), _file("\n".join(["url,right,reason", *(f"{way},{NUMBER},fake_mark" for way in ways)]))
    )
    assert [each.url for each in batch.claims.all()] == [page, f"{page}?colour=2"]
    assert [each["line"] for each in batch.rejects] == [3, 4, 5, 6]


@pytest.mark.parametrize(
    ("text", "name", "what", "mend"),
    [
        ("foo,bar\n1,2\n", "fakes.csv", "No table of listings", "url, right, reason"),
        ("url,right,reason\n", "fakes.csv", "no rows", "one listing a line"),
        ("x" * 10_000_001, "fakes.csv", "larger than 10 MB", "parts"),
        ("url\n", "fakes.docx", "CSV, JSON Lines or XLSX", ""),
    ],
)
@pytest.mark.django_db
def test_a_file_that_cannot_be_read_says_what_to_do_and_tells_nothing_of_the_machine(
    world: SimpleNamespace, text: str, name: str, what: str, mend: str
) -> None:
    with translation.override("en"), pytest.raises(InputError) as refused:
        take_batch(holder(world), _file(text, name))
    assert what in refused.value.what and mend in (refused.value.mend or "")
    assert "/tmp" not in str(refused.value)


@pytest.mark.django_db
def test_lines_of_a_broken_file_and_addresses_too_long_are_told_in_the_holders_language(
    world: SimpleNamespace,
) -> None:
    made = holder(world)
    with translation.override("ko"):
        first = take_batch(made, _file('{"url": "x"}\n{"url":\n', "fakes.jsonl"))
        long = f"https://lumibay.example/{'x' * 1000},{NUMBER},fake_mark"
        second = take_batch(made, _file(f'url,right,reason\n{long}\n"https://lumibay.example/2,{NUMBER},x\n'))
    assert "JSON이 아님" in first.rejects[1]["why"]
    assert [each["why"] for each in second.rejects] == [
        "주소가 1000자를 넘음", "줄을 읽을 수 없음: 따옴표와 구분 기호를 확인하십시오",
    ]  # fmt: skip


@pytest.mark.django_db
def test_claims_whose_request_was_cut_off_reach_the_inbox_later(
    world: SimpleNamespace,
) -> None:
    made, place = holder(world), store("claims")
    place.rmdir()
    place.write_text("no folder", "utf-8")
    with pytest.raises(OSError):
        take_batch(made, table(3))
    place.unlink()
    send_left(clock.now())
    assert not Finding.objects.exists()
    send_left(clock.now() + timedelta(minutes=11))
    assert Finding.objects.filter(check_key="counterfeits.claims").count() == 3


@pytest.mark.django_db
def test_a_right_that_is_not_confirmed_reports_nothing(world: SimpleNamespace) -> None:
    made = register("예시", email="ip@banjjak.example").holder
    add_right(made, "trademark", MARK, number=NUMBER)
    with pytest.raises(InputError):
        take_batch(made, table(1))


def test_the_score_counts_decided_claims_rejections_and_listings_put_back(world: SimpleNamespace) -> None:
    made = holder(world)
    take_batch(made, table(5))
    found = list(Finding.objects.order_by("subject_url"))
    reject(world.sora, [found[0]], "wrong_product")
    reject(world.sora, [found[1]], "duplicate")
    for each in found[2:4]:
        accept(world.sora, [each])
    CaseItem.objects.filter(subject_id=found[3].subject_id).update(state="restored")
    told = score(made)
    assert (told.decided, told.false) == (3, 2)
    assert (told.low, told.high) == wilson(2, 3)
    undo(world.sora, found[0].decisions.get())
    assert (score(made).decided, score(made).false) == (2, 1)
    assert not told.public


def test_a_holder_who_claims_falsely_is_read_first_and_dismissed_claims_count(world: SimpleNamespace) -> None:
    made = holder(world)
    take_batch(made, table(12))
    for each in Finding.objects.all()[:10]:
        reject(world.sora, [each], "lawful")
    assert score(made).review
    batch = take_batch(made, table(4, 100))
    assert batch.review and Finding.objects.count() == 12
    first, *rest = batch.claims.all()
    assert dismiss(world.sora, [first]) == 1
    assert pass_on(world.sora, rest) == 3
    assert Finding.objects.count() == 15
    assert score(made).decided == 11 == score(made).false


def test_the_share_of_false_claims_is_public_from_thirty_on_counted_once_a_day(
    world: SimpleNamespace,
) -> None:
    made = holder(world)
    take_batch(made, table(30))
    rows = list(Finding.objects.all())
    for each in rows[:29]:
        reject(world.sora, [each], "wrong_product")
    client = Client()
    assert made.name not in client.get("/rights-holders").content.decode()
    reject(world.sora, [rows[29]], "wrong_product")
    assert made.name not in client.get("/rights-holders").content.decode()
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        make_daily(clock.now())
        page = client.get("/rights-holders").content.decode()
    assert made.name in page and "100.0 %" in page and "30/30" in page


def test_every_share_of_false_claims_is_what_the_published_query_gives_from_the_published_file(
    world: SimpleNamespace, tmp_path: Path
) -> None:
    made = holder(world)
    take_batch(made, table(40))
    rows = list(Finding.objects.all())
    for at, each in enumerate(rows):
        reject(world.sora, [each], "wrong_product") if at < 7 else accept(world.sora, [each])
    client = Client(headers={"accept-language": "en"})
    page = client.get("/rights-holders").content.decode()
    (place,) = re.findall(r'"(/rights-holders/false-claims/\w+)"', page)
    (row,) = answer_of(client, place, tmp_path)
    low, high = wilson(7, 40)
    assert (row["operator"], row["n"], row["k"], row["value"]) == (made.number, 40, 7, 0.175)
    assert (row["low"], row["high"]) == (pytest.approx(low, abs=1e-3), pytest.approx(high, abs=1e-3))
    shown = f"({100 * row['low']:.1f}–{100 * row['high']:.1f} %, 7/40)"
    assert shown in page and shown in client.get(place).content.decode()
    text = client.get(f"{place}/cells.csv").content.decode("utf-8-sig")
    assert [one["n"] for one in csv.DictReader(text.splitlines())] == ["33", "7"]
    assert ClaimSnapshot.objects.get().digest in place


def test_from_the_form_to_the_inbox(world: SimpleNamespace) -> None:
    own, sora = Client(), Client()
    sora.force_login(world.sora)
    assert own.post("/rights-holders", {**REGISTERS, "number": "1"}).status_code == 422
    assert not RightsHolder.objects.exists()
    place = own.post("/rights-holders", REGISTERS)["Location"]
    number = RightsHolder.objects.get().number
    assert number in sora.get("/holders").content.decode()
    right = RightsHolder.objects.get().rights.get()
    sora.post(f"/holders/{number}/do", {"do": "confirm", "ids": right.pk})
    page = own.post(f"{place}/act", {"do": "claims", "file": table(2)}, follow=True).content.decode()
    assert "접수한 상품 2건" in page
    assert re.search(r"inbox\?check=counterfeits.claims", sora.get(f"/holders/{number}").content.decode())
    assert MARK in sora.get("/inbox").content.decode()
    stranger = Client()
    assert stranger.get(f"{place}/claims.csv").status_code == 404, "nor any file"
    assert NUMBER not in Client().get(place).content.decode(), "the address alone shows no rights"


def test_each_claim_tells_its_holder_what_became_of_it(world: SimpleNamespace) -> None:
    own = Client(headers={"accept-language": "ko"})
    place = own.post("/rights-holders", REGISTERS)["Location"]
    made = RightsHolder.objects.get()
    assert "권리를 확인합니다" in own.get(place).content.decode(), "who registers is told what comes next"
    decide_right(world.sora, made.rights.get(), confirm=True)
    own.post(f"{place}/act", {"do": "claims", "file": table(6)})
    found = {each.subject_url.rpartition("/")[2]: each for each in Finding.objects.all()}
    reject(world.sora, [found["0"]], "wrong_product")
    for number in ("1", "2", "3", "4"):
        accept(world.sora, [found[number]])
    for number, state in (("2", "claimed_removed"), ("3", "removed"), ("4", "restored")):
        CaseItem.objects.filter(subject_id=found[number].subject_id).update(state=state)
    kept = own.get(f"{place}/claims.csv").content.decode("utf-8-sig")
    ends = {
        row["url"].rpartition("/")[2]: (row["state"], row["why"]) for row in csv.DictReader(kept.splitlines())
    }
    assert ends == {
        "0": ("rejected", "다른 상품임"), "1": ("accepted", ""), "2": ("asked", ""), "3": ("gone", ""),
        "4": ("put_back", ""), "5": ("reviewing", ""),
    }  # fmt: skip
    page = own.get(place).content.decode()
    assert "내려간 것을 확인함" in page and "다른 상품임" in page
    assert sum(n for _key, _title, n in counted(made)) == 6


def test_a_file_with_korean_heads_and_reasons_in_words_is_read(world: SimpleNamespace) -> None:
    text = f"url,권리,사유,비고\nhttps://lumibay.example/item/1,{NUMBER},상표를 붙인 가품,실이 다름"
    batch = take_batch(holder(world), SimpleUploadedFile("가품.csv", text.encode()))
    assert batch.rejects == []
    assert (batch.claims.get().reason, batch.claims.get().note) == ("fake_mark", "실이 다름")


def test_the_file_to_fill_in_is_one_that_is_read(world: SimpleNamespace) -> None:
    content = Client().get("/rights-holders/example.csv").content.replace(b"40-0000000", NUMBER.encode())
    assert take_batch(holder(world), SimpleUploadedFile("example.csv", content)).claims.count() == 2


def test_every_refused_line_is_in_a_file_for_the_holder(world: SimpleNamespace) -> None:
    own = Client()
    place = own.post("/rights-holders", REGISTERS)["Location"]
    decide_right(world.sora, RightsHolder.objects.get().rights.get(), confirm=True)
    bad = "\n".join(f"https://lumibay.example/item/{at},=1+1,fake_mark" for at in range(60))
    own.post(
        f"{place}/act",
        {"do": "claims", "file": SimpleUploadedFile("a.csv", f"url,right,reason\n{bad}".encode())},
    )
    batch = RightsHolder.objects.get().batches.get()
    kept = own.get(f"{place}/refused/{batch.pk}.csv").content.decode("utf-8-sig").splitlines()
    assert len(kept) == 61 and kept[1].startswith("2,")


def test_who_cannot_decide_on_a_holder_sees_who_does_and_no_buttons(world: SimpleNamespace) -> None:
    made = holder(world)
    made.body = Body.objects.get(key="kftc")
    made.save()
    for person, may in ((world.dojin, True), (world.sora, False)):
        client = Client(headers={"accept-language": "en"})
        client.force_login(person)
        page = client.get(f"/holders/{made.number}").content.decode()
        assert ('value="refuse"' in page) is may
        assert ("decides on these rights" in page) is not may
