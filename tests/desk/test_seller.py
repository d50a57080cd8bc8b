"""Sellers are heard: a signed address for one listing, an objection with files, a second officer, goods put back."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.answers.figures import by_check, contest_success, days_to_restoration, wrongful_notices
from mapae.desk.answers.links import make_link, token_of
from mapae.desk.answers.models import Contest, SellerLink
from mapae.desk.audit.models import AuditEntry
from mapae.desk.cases.actions import Refused, run
from mapae.desk.cases.models import CaseItem
from mapae.desk.documents.models import Document
from mapae.desk.findings.models import Decision
from mapae.desk.findings.precision import precision_of_checks
from mapae.desk.seller.page import A_MINUTE
from tests.desk.answered import contest, items, removed, served
from tests.desk.letters import NOON

WORDS = {
    "ground": "authorised",
    "text": "브랜드와 정식 계약이 있습니다 (예시)",
    "contact": "seller@shop.example",
}


@pytest.fixture(autouse=True)
def _english():  # type: ignore[no-untyped-def]
    cache.clear()
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


@pytest.fixture
def document(world: SimpleNamespace) -> Document:
    return served(world)


@pytest.fixture
def link(world: SimpleNamespace, document: Document) -> SellerLink:
    return make_link(world.minjun, items(document)[0], "zh-hans")


def _at(link: SellerLink) -> str:
    return reverse("seller", args=[token_of(link)])


def _in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def _state(item: CaseItem) -> str:
    return CaseItem.objects.get(pk=item.pk).state


def test_the_address_shows_one_listing_in_the_language_it_was_made_for(
    document: Document, link: SellerLink
) -> None:
    _first, second = items(document)
    response = Client().get(_at(link))
    page = response.content.decode()
    assert '<html lang="zh-hans">' in page
    assert "<mark>Mungmung </mark>teether ring" in page
    assert second.subject_id not in page
    assert "产品安全基本法" in page
    assert response.headers["X-Robots-Tag"].startswith("noindex")
    assert SellerLink.objects.get().opened_at == clock.now()
    client = Client()
    client.cookies["django_language"] = "ko"
    assert "이의" in client.get(_at(link)).content.decode()


@pytest.mark.parametrize("change", ["forged", "expired", "revoked"])
def test_an_address_that_does_not_hold_opens_nothing(
    world: SimpleNamespace, link: SellerLink, change: str
) -> None:
    address = _at(link)
    if change == "forged":
        address = address[:-2] + "xx"
    elif change == "revoked":
        _in(world.minjun).post(reverse("agent-link-revoke", args=[link.pk]))
    with time_machine.travel(NOON + timedelta(days=31 if change == "expired" else 1), tick=False):
        assert Client().get(address).status_code == 404
        assert Client().post(address, WORDS).status_code == 404
    assert not Contest.objects.exists()


@pytest.mark.parametrize("who", ["mei", "rival", "ex"])
def test_only_the_agent_with_a_live_mandate_makes_addresses(
    world: SimpleNamespace, document: Document, who: str
) -> None:
    with pytest.raises(Refused):
        make_link(getattr(world, who), items(document)[0])
    item = items(document)[0].pk
    assert _in(getattr(world, who)).post(reverse("agent-link", args=[item])).status_code in (403, 404)
    assert not SellerLink.objects.exists()


def test_a_seller_objects_with_files_and_its_words_are_sealed(document: Document, link: SellerLink) -> None:
    first = items(document)[0]
    file = SimpleUploadedFile("계약서.txt", "계약 (예시)".encode())
    page = Client().post(_at(link), {**WORDS, "files": file}, follow=True).content.decode()
    made = Contest.objects.get()
    assert (made.source, made.by, made.before, made.text) == ("seller", None, "asked", WORDS["text"])
    assert made.files.get().name == "계약서.txt"
    assert _state(first) == "contested"
    assert "审理" in page or "正在" in page
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, contact FROM answers_contest")
        stored = " ".join(cursor.fetchone())
    assert "정식" not in stored
    assert "seller@" not in stored
    assert document.case.events.filter(kind="contested", actor=None).count() == 1
    assert "answered" not in document.case.events.values_list("kind", flat=True)


def test_an_objection_with_a_gap_is_told_and_what_was_typed_stays(link: SellerLink) -> None:
    response = Client().post(_at(link), {**WORDS, "ground": "because"})
    assert response.status_code == 422
    assert WORDS["text"] in response.content.decode()
    svg = SimpleUploadedFile("a.svg", b"<svg onload=alert(1)>")
    assert Client().post(_at(link), {**WORDS, "files": svg}).status_code == 422
    assert not Contest.objects.exists()


def test_an_address_takes_three_objections_and_not_endless_calls(link: SellerLink) -> None:
    for _time in range(3):
        Client().post(_at(link), WORDS)
    assert Client().post(_at(link), WORDS).status_code == 422
    assert Contest.objects.count() == 3
    codes = [Client().get(_at(link)).status_code for _time in range(A_MINUTE)]
    assert codes[-1] == 429


def test_a_second_officer_reads_decides_and_the_reading_is_recorded(
    world: SimpleNamespace, document: Document, link: SellerLink
) -> None:
    Client().post(_at(link), WORDS)
    made = Contest.objects.get()
    address = reverse("contest", args=[made.pk])
    world.sora.approves = True
    world.sora.save()
    assert "second officer" in _in(world.sora).get(address).content.decode()
    hana = _in(world.hana)
    assert WORDS["text"] in hana.get(address).content.decode()
    assert AuditEntry.objects.filter(kind="read_personal", subject=f"contest:{made.pk}").count() == 2
    assert hana.post(address, {"verdict": "rejected", "reasons": ""}).status_code == 422
    hana.post(address, {"verdict": "rejected", "reasons": "계약 기간이 끝났습니다"})
    assert "계약 기간이 끝났습니다" in Client().get(_at(link)).content.decode()
    assert _state(made.item) == "asked"


def test_officers_of_other_bodies_and_agents_read_no_objection(
    world: SimpleNamespace, document: Document, link: SellerLink
) -> None:
    document.case.joint.clear()
    file = SimpleUploadedFile("a.txt", b"text")
    Client().post(_at(link), {**WORDS, "files": file})
    made = Contest.objects.get()
    pages = [
        reverse("contest", args=[made.pk]),
        reverse("contest-file", args=[made.pk, made.files.get().pk]),
        reverse("item-heard", args=[made.item_id]),
    ]
    assert [_in(world.dojin).get(page).status_code for page in pages] == [404] * 3
    assert [_in(world.minjun).get(page).status_code for page in pages] == [403] * 3
    assert (
        WORDS["text"]
        not in _in(world.minjun).get(reverse("agent-item", args=[made.item_id])).content.decode()
    )
    kept = _in(world.hana).get(pages[1])
    assert kept.headers["Content-Disposition"].startswith("attachment")


def test_accepted_the_listing_goes_back_and_every_figure_says_so(
    world: SimpleNamespace, document: Document, link: SellerLink
) -> None:
    first, second = items(document)
    Decision.objects.create(finding=first.finding, verdict="accepted", by=world.sora, at=clock.now())
    before = {row.check: row for row in precision_of_checks()}["recalls"]
    run("record_answer", world.minjun, document.case, answers=[removed(first)])
    Client().post(_at(link), WORDS)
    _in(world.hana).post(
        reverse("contest", args=[Contest.objects.get().pk]), {"verdict": "accepted", "reasons": "정식 판매자"}
    )
    assert _state(first) == "restoring"
    rejected = contest(world, document.case, second)
    run(
        "decide_contest", world.hana, document.case, contest=rejected, verdict="rejected", reasons="근거 없음"
    )
    with time_machine.travel(NOON + timedelta(days=3), tick=False):
        page = _in(world.sora).post(
            reverse("item-heard-do", args=[first.pk, "verify_restored"]),
            {"detail": "다시 판매 중"},
            follow=True,
        )
        assert page.status_code == 200
        every, on = CaseItem.objects.all(), clock.today()
        assert days_to_restoration(every, on) == (3.0, 1, 0)
    assert _state(first) == "restored"
    notices, contests = wrongful_notices(every), contest_success(Contest.objects.all())
    assert (notices.part, notices.whole, contests.part, contests.whole) == (1, 2, 1, 2)
    assert by_check(Contest.objects.all())["recalls"].share == 1.0
    after = {row.check: row for row in precision_of_checks()}["recalls"]
    assert (before.accepted, after.accepted, after.decided) == (1, 0, 1)


def test_officers_see_queues_give_time_and_write_objections_down(
    world: SimpleNamespace, document: Document
) -> None:
    first, second = items(document)
    client = _in(world.sora)
    _in(world.minjun).post(
        reverse("agent-item", args=[first.pk]), {"kind": "time", "text": "창고 확인", "do": "submit"}
    )
    assert "창고 확인" in client.get(reverse("contests") + "?show=time").content.decode()
    do = lambda verb, **data: client.post(reverse("item-heard-do", args=[second.pk, verb]), data)
    do("extend", clock="takedown_report", days="5", reason="신청에 따름")
    assert document.case.events.get(kind="extended").data["days"] == 5
    do("record_answer", removed_at="2026-11-25T11:00", text="팩스로 받음")
    assert (_state(second), second.answers.get().by) == ("claimed_removed", world.sora)
    do("contest", ground="other", text="전화로 이의", contact="02-000-0000")
    made = Contest.objects.get()
    assert (made.source, made.by) == ("officer", world.sora)
    assert made.item.title in client.get(reverse("contests")).content.decode().replace("&lt;", "<").replace(
        "&gt;", ">"
    )
    do("withdraw_notice", reasons="다른 제품으로 확인")
    assert _state(second) == "restoring"
    wrong = client.post(
        reverse("item-heard-do", args=[second.pk, "withdraw_notice"]), {"reasons": "x"}, follow=True
    )
    assert "no notice to withdraw" in wrong.content.decode()


def test_figures_of_nothing_are_none_and_not_zero(world: SimpleNamespace) -> None:
    nothing = CaseItem.objects.none()
    assert wrongful_notices(nothing).share is None
    assert days_to_restoration(nothing, world.today) == (None, 0, 0)
    assert contest_success(Contest.objects.none()).share is None


def test_a_request_for_time_leaves_the_queue_when_it_was_granted(
    world: SimpleNamespace, document: Document
) -> None:
    first = items(document)[0]
    asked = {"kind": "time", "text": "창고\x00 확인", "do": "submit"}
    _in(world.minjun).post(reverse("agent-item", args=[first.pk]), asked)
    client = _in(world.sora)
    page = reverse("contests") + "?show=time"
    assert first.title in client.get(page).content.decode()
    extend = {"clock": "takedown_report", "days": "5", "reason": "신청에 따름"}
    client.post(reverse("item-heard-do", args=[first.pk, "extend"]), extend)
    assert first.title not in client.get(page).content.decode()
