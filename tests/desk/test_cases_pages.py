"""The pages of cases: queues, the working screen, due dates, verbs by form, the calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from mapae.desk import clock
from mapae.desk.accounts.models import User
from mapae.desk.audit.models import AuditEntry
from mapae.desk.cases import evidence, queues
from mapae.desk.cases.actions import run
from mapae.desk.cases.actions._action import log
from mapae.desk.cases.models import Case
from mapae.desk.documents.models import Document

START = datetime(2026, 9, 18, 3, 0, tzinfo=UTC)  # noon in Korea, a Friday before Chuseok


def _as(user: User, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user)
    return client


@pytest.fixture
def case(world: SimpleNamespace) -> Case:
    made: Case = run(
        "open", world.sora, operator=world.lumibay, matter="hazardous_goods", title="치발기 (예시)"
    )
    return made


def _serve(world: SimpleNamespace, case: Case, kind: str = "takedown_recommendation") -> Document:
    document = Document.objects.create(
        case=case, kind=kind, body=case.lead, code=f"C{case.pk}{kind}"[:20], addressee="Lumibay", drafter=world.sora,
        drafted_at=clock.now(), served_at=clock.now(), state="served",
    )  # fmt: skip
    log(case, "served", world.sora, ref=document.code)
    Case.objects.filter(pk=case.pk).update(state="asked")
    return document


def _page(client: Client, name: str, *args: object, **query: object) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def _do(client: Client, case: Case, verb: str, **data: object) -> str:
    response = client.post(reverse("case-verb", args=(case.number, verb)), data, follow=True)
    return response.content.decode()


def test_each_queue_has_its_cases(world: SimpleNamespace, case: Case) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        _serve(world, case)
        free = run("open", world.sora, operator=world.dalmart, matter="hazardous_goods", title="둘째")
        Case.objects.filter(pk=free.pk).update(owner=None)
        traveller.shift(timedelta(days=30))
        client = _as(world.sora)
        assert case.number in _page(client, "cases")
        assert free.number not in _page(client, "cases")
        assert free.number in _page(client, "cases", queue="body")
        assert free.number in _page(client, "cases", queue="unassigned")
        late = _page(client, "cases", queue="overdue")
        assert case.number in late
        assert free.number not in late
        run("hold", world.sora, case, reason="시험 대기")
        assert case.number in _page(client, "cases", queue="held")
        run("close", world.sora, free, outcome="no_ground")
        assert free.number in _page(client, "cases", queue="closed")
        assert free.number not in _page(client, "cases", queue="body")


def test_filters_narrow_and_words_find_korean(world: SimpleNamespace, case: Case) -> None:
    client = _as(world.sora)
    for query in ({"q": "치발"}, {"operator": "lumibay"}, {"matter": "hazardous_goods"}, {"state": "open"}):
        assert case.number in _page(client, "cases", **query)
    for query in (
        {"q": "없는말"},
        {"q": "치"},
        {"operator": "dalmart"},
        {"state": "asked"},
        {"severity": "3"},
    ):
        assert case.number not in _page(client, "cases", **query)


def test_pages_of_a_queue_give_every_case_once(world: SimpleNamespace) -> None:
    for number in range(queues.PAGE + 20):
        made = run("open", world.sora, operator=world.lumibay, matter="hazardous_goods", title=f"{number}")
        Case.objects.filter(pk=made.pk).update(severity=number % 5)
    seen: list[int] = []
    after = ""
    while True:
        found = queues.page(queues.queue(world.sora, "body"), after)
        seen += [each.pk for each in found.cases]
        after = found.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == queues.PAGE + 20
    assert queues.page(queues.queue(world.sora, "body"), "x.y").cases


def test_the_list_asks_the_database_as_often_for_many_cases_as_for_one(
    world: SimpleNamespace, case: Case, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        _serve(
            world,
            run("open", world.sora, operator=world.lumibay, matter="hazardous_goods", title=f"{number}"),
        )
    client = _as(world.sora)
    _page(client, "cases", queue="body")
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        _page(client, "cases", queue="body")


def test_other_bodies_and_firms_do_not_see_the_case(world: SimpleNamespace, case: Case) -> None:
    address = reverse("case", args=(case.number,))
    assert _as(world.dojin).get(address).status_code == 404
    assert (
        _as(world.dojin).post(reverse("case-verb", args=(case.number, "note")), {"text": "x"}).status_code
        == 404
    )
    assert _as(world.minjun).get(address).status_code == 403
    assert _as(world.yuna).get(address).status_code == 200
    assert (
        _as(world.yuna).post(reverse("case-verb", args=(case.number, "note")), {"text": "x"}).status_code
        == 403
    )
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_case_page_tells_law_and_target_apart_and_shows_the_working(
    world: SimpleNamespace, case: Case, language: str
) -> None:
    with time_machine.travel(START, tick=False):
        run(
            "join",
            world.sora,
            case,
            kind="listing",
            subject_id="L-1",
            platform="Lumibay",
            title="<b>치발기</b>",
        )
        run("join", world.sora, case, kind="complaint", subject_id="C-9", title="발진")
        _serve(world, case)
        text = _page(_as(world.sora, language), "case", case.number)
    assert text.count('class="clock target"') == 2
    assert text.count('class="clock"') == 1
    assert "2026-09-28" in text
    assert "/law/PSFD-8-5" in text
    assert ("추석" if language == "ko" else "Chuseok") in text
    assert "&lt;b&gt;치발기&lt;/b&gt;" in text
    assert "<b>치발기" not in text
    assert "발진" in text


def test_what_cannot_be_done_says_why(world: SimpleNamespace, case: Case) -> None:
    run("join", world.sora, case, kind="listing", subject_id="L-1", platform="Lumibay", title="치발기")
    text = _page(_as(world.sora), "case", case.number)
    assert "Only a person who approves may do this." in text
    assert "Closed because" in text
    assert "The evidence is not enough" in text


def test_an_auditor_reads_no_notes_and_no_sellers(world: SimpleNamespace, case: Case) -> None:
    run("note", world.sora, case, text="김예시 씨와 통화")
    run("join", world.sora, case, kind="seller", subject_id="S-77", title="반짝상회(예시)")
    assert "김예시" in _page(_as(world.sora), "case", case.number)
    text = _page(_as(world.yuna), "case", case.number)
    assert "김예시" not in text
    assert 'id="doing"' not in text
    assert "Joined beside it" in text
    assert "S-77" not in text.split('id="story"')[0]


def test_the_forms_do_their_verbs_and_say_what_is_wrong(world: SimpleNamespace, case: Case) -> None:
    client = _as(world.sora)
    assert "The note is empty." in _do(client, case, "note", text=" ")
    assert "통화함" in _do(client, case, "note", text="통화함")
    assert "assigned the case to Hana" in _do(client, case, "assign", to=world.hana.pk)
    assert "Choose a person." in _do(client, case, "assign", to="x")
    assert "does not work at a body" in _do(client, case, "assign", to=world.dojin.pk)
    assert "Give the reason." in _do(client, case, "hold", reason="")
    assert "On hold" in _do(client, case, "hold", reason="시험 대기")
    assert "Done: Resume." in _do(client, case, "resume")
    assert "L-5" in _do(client, case, "join", kind="listing", subject_id="L-5", platform="Lumibay")
    assert "begins with http" in _do(
        client, case, "join", kind="listing", subject_id="L-6", url="javascript:x"
    )
    assert "There is no such kind" in _do(client, case, "escalate", to="x", reason="y")
    assert "proposed the next step: Request to block" in _do(
        client, case, "escalate", to="block_request", reason="y"
    )
    assert "Choose an outcome." in _do(client, case, "close", outcome="x")
    assert "Nothing was published" in _do(client, case, "close", outcome="published")
    assert client.post(reverse("case-verb", args=(case.number, "approve"))).status_code == 404
    assert client.get(reverse("case-verb", args=(case.number, "note"))).status_code == 405


def test_a_transfer_without_staying_leaves_the_list(world: SimpleNamespace, case: Case) -> None:
    response = _as(world.sora).post(
        reverse("case-verb", args=(case.number, "transfer")), {"to": "kftc", "reason": "소관 아님"}
    )
    assert (response.status_code, response.url) == (302, reverse("cases"))
    assert _as(world.sora).get(reverse("case", args=(case.number,))).status_code == 404
    assert "transferred the lead to Korea Fair Trade Commission" in _page(
        _as(world.dojin), "case", case.number
    )


def test_a_clock_is_paused_and_extended_by_form_with_a_lawful_reason(
    world: SimpleNamespace, case: Case
) -> None:
    with time_machine.travel(START, tick=False) as traveller:
        ref = _serve(world, case).code
        client = _as(world.sora)
        form = {"clock": "takedown_report", "ref": ref}
        assert "Give the lawful reason." in _do(client, case, "pause_clock", **form, ground="asked")
        assert "Give the lawful reason." in _do(client, case, "pause_clock", **form, ground="other")
        assert "stands still" in _do(
            client, case, "pause_clock", **form, ground="force_majeure", reason="태풍"
        )
        traveller.shift(timedelta(days=2))
        text = _do(client, case, "resume_clock", **form)
        assert "천재지변 등 당사자에게 책임 없는 사유 (APA 16): 태풍" in text
        assert "Extend by 1 to 60 days." in _do(client, case, "extend", **form, ground="asked", days="99")
        assert "10 days + 7" in _do(client, case, "extend", **form, ground="asked", days="7")


def test_a_case_is_opened_by_hand(world: SimpleNamespace) -> None:
    client = _as(world.sora)
    address = reverse("case-new")
    assert client.get(address).status_code == 200
    assert b"Choose an operator" in client.post(address, {"operator": "lumibay", "matter": "x"}).content
    response = client.post(
        address, {"operator": "lumibay", "matter": "local_agents", "title": "대리인 미지정"}
    )
    made = Case.objects.get(title="대리인 미지정")
    assert response.url == reverse("case", args=(made.number,))
    assert made.lead == world.kftc


def test_a_search_is_recorded_without_its_words(world: SimpleNamespace, case: Case) -> None:
    text = _page(_as(world.sora), "search", q="치발")
    assert "<mark>치발</mark>" in text
    entry = AuditEntry.objects.get(kind="searched")
    assert entry.data["hits"] == 1
    assert "치발" not in str(entry.data)
    assert "at least two" in _page(_as(world.sora), "search", q="치")
    assert "&lt;script&gt;" in _page(_as(world.sora), "search", q="<script>")


def test_evidence_is_given_to_officers_of_the_case_only(world: SimpleNamespace, case: Case) -> None:
    item = run("join", world.sora, case, kind="listing", subject_id="L-1")
    kept = evidence.keep(b"page", "text/html", by=world.sora, name="page.html")
    address = reverse("case-evidence", args=(case.number, kept.pk))
    assert _as(world.sora).get(address).status_code == 404
    item.evidence.add(kept)
    response = _as(world.sora).get(address)
    assert response.content == b"page"
    assert response["Content-Disposition"].startswith("attachment")
    assert _as(world.dojin).get(address).status_code == 404
    evidence.place(kept.sha256).unlink()


def test_the_case_page_asks_the_database_as_often_for_many_items_as_for_one(
    world: SimpleNamespace, case: Case, django_assert_max_num_queries: object
) -> None:
    _serve(world, case)
    for number in range(40):
        run("join", world.sora, case, kind="listing", subject_id=f"L-{number}", title="치발기")
        run("join", world.sora, case, kind="complaint", subject_id=f"C-{number}")
    client = _as(world.sora)
    _page(client, "case", case.number)
    with django_assert_max_num_queries(48):  # type: ignore[operator]
        _page(client, "case", case.number)
