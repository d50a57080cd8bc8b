"""The agent's pages: what is asked and by when, answers one by one, together and as a table; who sees nothing."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mapae.desk.accounts.models import User
from mapae.desk.answers.models import AnswerFile, DraftAnswer, ItemAnswer
from mapae.desk.cases.actions import run
from mapae.desk.cases.evidence import keep
from mapae.desk.cases.models import CaseItem
from mapae.desk.documents.models import Document
from mapae.desk.parties.models import Mandate
from tests.desk.answered import items, served
from tests.desk.letters import NOON, drafted


@pytest.fixture(autouse=True)
def _english():  # type: ignore[no-untyped-def]
    with time_machine.travel(NOON, tick=False), translation.override("en"):
        yield


@pytest.fixture
def document(world: SimpleNamespace) -> Document:
    return served(world)


def _in(user: User, language: str = "en") -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = language
    return client


def _text(user: User, name: str, *args: object, language: str = "en") -> str:
    response = _in(user, language).get(reverse(name, args=args))
    assert response.status_code == 200, (name, response.status_code)
    return response.content.decode()


def _every_page(document: Document) -> list[str]:
    number, item = document.case.number, items(document)[0].pk
    return [
        reverse("agent-case", args=[number]),
        reverse("agent-table", args=[number]),
        reverse("agent-item", args=[item]),
        reverse("agent-letter", args=[document.code]),
        reverse("agent-letter-pdf", args=[document.code]),
        reverse("agent-reply", args=[document.code]),
    ]


def test_home_tells_law_and_target_apart_and_the_next_due_first(
    world: SimpleNamespace, document: Document
) -> None:
    page = _text(world.minjun, "agent-home")
    assert "Takedown recommendation" in page
    assert "2 of 2 items to answer" in page
    law, target = page.index("<strong>Law</strong>"), page.index("Target, not law</em>")
    assert law < target
    assert "2026-12-07 (Mon)" in page


def test_a_firm_without_work_or_mandate_is_told_what_comes_next(world: SimpleNamespace) -> None:
    assert "Nothing waits for you" in _text(world.rival, "agent-home")
    assert "no live mandate" in _text(world.ex, "agent-home")


@pytest.mark.parametrize("language", ["ko", "zh-hans"])
def test_pages_speak_the_persons_language(world: SimpleNamespace, document: Document, language: str) -> None:
    page = _text(world.mei, "agent-case", document.case.number, language=language)
    assert {"ko": "이의 있음", "zh-hans": "有异议"}[language] in page
    assert "How binding" not in page


@pytest.mark.parametrize("who", ["rival", "ex"])
def test_other_firms_and_ended_mandates_find_nothing(
    world: SimpleNamespace, document: Document, who: str
) -> None:
    client = _in(getattr(world, who))
    assert [client.get(page).status_code for page in _every_page(document)] == [404] * 6
    assert document.case.title not in client.get(reverse("agent-home")).content.decode()


def test_nothing_internal_is_shown(world: SimpleNamespace, document: Document) -> None:
    case = document.case
    run("note", world.sora, case, text="내부 메모 갑을")
    hidden = drafted(world, case, "guidance", request="아직 보내지 않은 문장")
    secret = CaseItem.objects.create(case=case, kind="listing", subject_id="L-9", title="묻지 않은 품목")
    page = _text(world.minjun, "agent-case", case.number)
    for words in ("내부 메모", "아직 보내지", "묻지 않은 품목", hidden.code):
        assert words not in page
    client = _in(world.minjun)
    assert client.get(reverse("agent-letter", args=[hidden.code])).status_code == 404
    assert client.get(reverse("agent-item", args=[secret.pk])).status_code == 404


def test_a_listing_with_markup_stands_there_inert(world: SimpleNamespace, document: Document) -> None:
    second = items(document)[1]
    for page in (
        _text(world.minjun, "agent-case", document.case.number),
        _text(world.minjun, "agent-item", second.pk),
    ):
        assert "<script>alert" not in page


def test_one_item_is_answered_and_a_wrong_answer_keeps_what_was_typed(
    world: SimpleNamespace, document: Document
) -> None:
    client, first = _in(world.minjun), items(document)[0]
    address = reverse("agent-item", args=[first.pk])
    wrong = client.post(
        address, {"kind": "removed", "removed_at": "2027-01-01T10:00", "do": "submit", "text": "걸음"}
    )
    assert wrong.status_code == 422
    assert "future" in wrong.content.decode()
    assert "걸음" in wrong.content.decode()
    client.post(address, {"kind": "removed", "removed_at": "2026-11-25T11:30", "do": "submit"})
    first.refresh_from_db()
    assert first.state == "claimed_removed"
    assert ItemAnswer.objects.get().by == world.minjun


def test_headquarters_drafts_and_the_agent_submits(world: SimpleNamespace, document: Document) -> None:
    number, (first, second) = document.case.number, items(document)
    bulk = {"item": [first.pk, second.pk], "kind": "removed", "removed_at": "2026-11-25T11:30"}
    mei = _in(world.mei)
    mei.post(reverse("agent-answers", args=[number]), {**bulk, "do": "submit"})
    assert not ItemAnswer.objects.exists()
    mei.post(reverse("agent-answers", args=[number]), {**bulk, "do": "draft"})
    assert DraftAnswer.objects.count() == 2
    assert mei.post(reverse("agent-submit", args=[number])).status_code == 403
    assert "not yet submitted: 2" in _text(world.minjun, "agent-case", number)
    _in(world.minjun).post(reverse("agent-submit", args=[number]))
    assert (DraftAnswer.objects.count(), ItemAnswer.objects.count()) == (0, 2)
    assert document.case.events.filter(kind="answered").count() == 1


def test_an_objection_takes_files_and_refuses_what_a_browser_would_run(
    world: SimpleNamespace, document: Document
) -> None:
    client, first = _in(world.minjun), items(document)[0]
    address = reverse("agent-item", args=[first.pk])
    words = {"kind": "contest", "ground": "authorised", "text": "정식 판매 계약", "do": "submit"}
    svg = SimpleUploadedFile("a.svg", b"<svg onload=alert(1)>")
    assert client.post(address, {**words, "files": svg}).status_code == 422
    client.post(address, {**words, "files": SimpleUploadedFile("계약서.txt", "계약 (예시)".encode())})
    made = first.contests.get()
    assert (made.source, made.ground, made.files.get().name) == ("agent", "authorised", "계약서.txt")


def test_a_table_comes_back_as_drafts_and_bad_lines_are_told(
    world: SimpleNamespace, document: Document
) -> None:
    client, number, (first, second) = _in(world.minjun), document.case.number, items(document)
    table = client.get(reverse("agent-table", args=[number])).content.decode("utf-8-sig").splitlines()
    assert table[0].startswith("item,platform,listing")
    lines = [
        "item,kind,removed_at,ground,text,until",
        f"{first.pk},removed,2026-11-25 11:00,,,",
        f"{second.pk},contest,,nonsense,x,",
        f"{first.pk},removed,2026-11-25 11:00,,,",
        "999999,removed,2026-11-25 11:00,,,",
        f"{second.pk},,,,,",
    ]
    sent = SimpleUploadedFile("답변.csv", "\n".join(lines).encode("cp949"))
    page = client.post(reverse("agent-upload", args=[number]), {"table": sent}, follow=True).content.decode()
    file = AnswerFile.objects.get()
    assert (file.taken, [row["line"] for row in file.rejects]) == (1, [3, 4, 5])
    assert DraftAnswer.objects.get().item == first
    assert "Choose a ground" in page
    mend = client.get(reverse("agent-rejects", args=[file.pk])).content.decode("utf-8-sig")
    assert "twice" in mend
    assert _in(world.rival).get(reverse("agent-file", args=[file.pk])).status_code == 404


def test_no_firm_reads_what_another_firm_called_the_same_file(
    world: SimpleNamespace, document: Document
) -> None:
    words, table = "계약 (예시)".encode(), b"item,kind\n999999,removed\n"
    keep(words, "text/plain", by=world.rival, name="경쟁사-비밀.txt")
    keep(table, "text/csv", by=world.rival, name="경쟁사-비밀.csv")
    client, first, number = _in(world.minjun), items(document)[0], document.case.number
    said = {"kind": "contest", "ground": "authorised", "text": "정식 판매 계약", "do": "keep"}
    own = SimpleUploadedFile("내-계약.txt", "다른 글 (예시)".encode())
    client.post(
        reverse("agent-item", args=[first.pk]),
        {**said, "files": [SimpleUploadedFile("계약서.txt", words), own]},
    )
    client.post(reverse("agent-upload", args=[number]), {"table": SimpleUploadedFile("답변.csv", table)})
    file = AnswerFile.objects.get()
    pages = [
        client.get(address).content.decode()
        for address in (
            reverse("agent-item", args=[first.pk]),
            reverse("agent-case", args=[number]),
            reverse("agent-file", args=[file.pk]),
        )
    ]
    assert "내-계약.txt" in pages[0]
    assert all("비밀" not in page for page in pages)
    assert all(file.file.sha256[:12] + ".csv" in page for page in pages[1:])


@pytest.mark.parametrize("content", [b"nothing\n1\n", b"\x00\x01binary", b"<html>item,kind"])
def test_a_file_that_is_no_table_is_refused_in_words(
    world: SimpleNamespace, document: Document, content: bytes
) -> None:
    sent = SimpleUploadedFile("x.csv", content)
    address = reverse("agent-upload", args=[document.case.number])
    response = _in(world.minjun).post(address, {"table": sent}, follow=True)
    assert response.status_code == 200
    assert 'class="error"' in response.content.decode()
    assert not AnswerFile.objects.exists()


def test_a_report_is_prefilled_refused_with_a_gap_and_then_taken(
    world: SimpleNamespace, document: Document
) -> None:
    client, number = _in(world.minjun), document.case.number
    every = {
        "item": [item.pk for item in items(document)],
        "kind": "removed",
        "removed_at": "2026-11-25T11:30",
    }
    client.post(reverse("agent-answers", args=[number]), {**every, "do": "submit"})
    address = reverse("agent-reply", args=[document.code])
    assert "L-1001" in client.get(address).content.decode()
    filled = {"recommendation": "권고", "measures": "삭제", "prevention": ""}
    assert client.post(address, filled).status_code == 422
    client.post(address, {**filled, "prevention": "모델명 차단"})
    assert document.case.events.filter(kind="report_received", ref=document.code).count() == 1
    assert "Nothing waits" in _text(world.minjun, "agent-home")


def test_a_new_mandate_takes_the_open_items_over_and_clocks_run_on(
    world: SimpleNamespace, document: Document
) -> None:
    world.mandate.ends_on = world.today - timedelta(days=1)
    world.mandate.save()
    Mandate.objects.create(firm=world.rival_firm, operator=world.lumibay, starts_on=world.today)
    page = _text(world.rival, "agent-home")
    assert "2 of 2 items" in page
    assert "2026-12-07" in page
    assert [_in(world.minjun).get(each).status_code for each in _every_page(document)] == [404] * 6


def test_figures_count_what_was_kept_and_how_fast(world: SimpleNamespace, document: Document) -> None:
    first = items(document)[0]
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        _in(world.minjun).post(
            reverse("agent-item", args=[first.pk]),
            {"kind": "removed", "removed_at": "2026-11-27T11:30", "do": "submit"},
        )
    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        found = _in(world.minjun).get(reverse("agent-figures-json")).json()["operators"]
        assert "0 %" in _text(world.mei, "agent-figures")
    assert found == [
        {
            "operator": "lumibay",
            "documents": 1,
            "statutory_in_time": {"part": 0, "whole": 1, "share": 0.0},
            "targets_in_time": {"part": 0, "whole": 2, "share": 0.0},
            "items_answered": {"part": 1, "whole": 2, "share": 0.5},
            "median_days_to_answer": 2.0,
            "contests_accepted": {"part": 0, "whole": 0, "share": None},
        }
    ]


def test_officers_read_the_reply_with_its_files_and_write_down_one_that_came_by_post(
    world: SimpleNamespace, document: Document
) -> None:
    filled = {
        "recommendation": "권고",
        "measures": "삭제",
        "prevention": "차단",
        "reasons": "연락이 닿지 않음",
    }
    file = SimpleUploadedFile("보고.txt", "보고 (예시)".encode())
    _in(world.minjun).post(reverse("agent-reply", args=[document.code]), {**filled, "files": file})
    address = reverse("document-replies", args=[document.code])
    sora = _in(world.sora)
    assert "연락이 닿지 않음" in sora.get(address).content.decode()
    assert document.number in sora.get(reverse("contests") + "?show=replies").content.decode()
    kept = reverse("reply-file", args=[document.replies.get().pk, document.replies.get().files.get().pk])
    assert sora.get(kept).status_code == 200
    assert sora.post(address, {**filled, "measures": ""}).status_code == 422
    sora.post(address, {**filled, "measures": "추가로 삭제"})
    assert document.replies.count() == 2
    document.case.joint.clear()
    assert [_in(world.dojin).get(each).status_code for each in (address, kept)] == [404, 404]


def test_drafts_of_two_firms_of_one_operator_stay_apart(world: SimpleNamespace, document: Document) -> None:
    first = items(document)[0]
    address = reverse("agent-item", args=[first.pk])
    draft = {"kind": "contest", "ground": "other", "text": "한들의 초안", "do": "draft"}
    _in(world.minjun).post(address, draft)
    Mandate.objects.create(
        firm=world.rival_firm, operator=world.lumibay, regime="PIPA", starts_on=world.today
    )
    rival = _in(world.rival)
    for page in (address, *_every_page(document)[:2]):
        assert "한들의 초안" not in rival.get(page).content.decode()
    rival.post(address, {**draft, "text": "가온의 초안"})
    assert DraftAnswer.objects.count() == 2
