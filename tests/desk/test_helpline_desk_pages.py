"""The helpline's pages for officers, auditors and agents: queue, search, phone desk, triage, collectives, mediation file."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from mapae.desk.agent.help_rows import table
from mapae.desk.audit.models import AuditEntry
from mapae.desk.cases import evidence
from mapae.desk.documents.models import Outbox
from mapae.desk.helpline import desk_search
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.desk_search import newest
from mapae.desk.helpline.models import Collective, Complaint, ComplaintFile
from mapae.desk.helpline.share import FIELDS, decide
from tests.desk.helping import TEXT, complaint, handed_over

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
SECRETS = ("지우", "jiwoo@mail.example", "010-0000-0001", "LB-2026-000777")


@pytest.fixture(autouse=True)
def _then(settings, tmp_path):  # type: ignore[no-untyped-def]
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    with time_machine.travel(NOW, tick=False):
        yield


def _as(person: object) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _text(client: Client, name: str, *at: object, **query: str) -> str:
    answer = client.get(reverse(name, args=at), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_queue_shows_masked_words_and_nothing_that_names_the_consumer(world: SimpleNamespace) -> None:
    made = complaint(world, text=TEXT + " 제 번호는 010-0000-0001, 메일은 jiwoo@mail.example 입니다.")
    page = _text(_as(world.dojin), "complaints")
    assert made.number in page and "치발기" in page and "▒" in page
    assert not any(secret in page for secret in SECRETS)


def test_a_complaint_is_found_in_korean_by_parts_of_words_with_and_without_spaces(
    world: SimpleNamespace,
) -> None:
    made = complaint(world)
    complaint(world, text="다른 물건의 배송이 늦어요. 아직 안 왔습니다.", product="우산", seller="우산가게")
    everything = Complaint.objects.all()
    for query in (
        "치발기",
        "치 발기",
        "부러졌",
        "반짝상회",
        made.number,
        "루미베이 치발기",
        "lumibay 치발기",
    ):
        assert newest(everything, query, 5) == [made.pk], query
    assert newest(everything, "치", 5) == [] and newest(everything, "없는말", 5) == []
    page = _text(_as(world.dojin), "complaints", queue="open", q="치발기")
    assert made.number in page and page.count('class="mono nowrap"') == 1


def test_a_search_leaves_its_words_out_of_the_audit_log(world: SimpleNamespace) -> None:
    complaint(world)
    _text(_as(world.dojin), "complaints", q="치발기")
    entry = AuditEntry.objects.filter(kind="searched", subject="complaints").get()
    assert "치발기" not in json.dumps(entry.data) and entry.data["hits"] == 1


def test_search_pages_go_on_where_the_page_before_ended(world: SimpleNamespace) -> None:
    numbers = [complaint(world).pk for _ in range(5)]
    everything = Complaint.objects.all()
    first = newest(everything, "치발기", 2)
    assert first == numbers[::-1][:2]
    assert newest(everything, "치발기", 5, before=first[-1]) == numbers[::-1][2:]


def test_queues_and_filters_narrow(world: SimpleNamespace) -> None:
    late, fresh = handed_over(world), complaint(world)
    client = _as(world.dojin)
    assert fresh.number in _text(client, "complaints", queue="new")
    assert late.number not in _text(client, "complaints", queue="new")
    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        past = _text(client, "complaints", queue="late")
        assert late.number in past and fresh.number in past
    assert late.number in _text(client, "complaints", queue="open", state="handed_over", operator="lumibay")
    assert late.number not in _text(client, "complaints", queue="open", operator="dalmart")
    assert "조건에 맞는 상담이 없습니다" in _text(client, "complaints", queue="open", channel="email")


def test_an_officer_of_another_body_finds_nothing_before_it_is_referred(world: SimpleNamespace) -> None:
    made = complaint(world)
    client = _as(world.sora)
    assert made.number not in _text(client, "complaints", queue="open", q="치발기")
    assert client.get(reverse("complaint", args=(made.number,))).status_code == 404
    run("refer", world.dojin, made, body=world.motir, text="제품 안전")
    assert made.number in _text(client, "complaints", queue="open", q="치발기")


def test_the_page_marks_the_words_triage_rests_on_in_the_masked_text(world: SimpleNamespace) -> None:
    made = complaint(world)
    page = _text(_as(world.dojin), "complaint", made.number)
    assert "<mark>" in page and "확신도" in page and not any(secret in page for secret in SECRETS)


def test_personal_data_open_for_cleared_officers_only_and_each_look_is_kept(world: SimpleNamespace) -> None:
    made = complaint(world)
    client, place = _as(world.dojin), reverse("complaint-personal", args=(made.number,))
    assert client.post(place).status_code == 403
    world.dojin.cleared = True
    world.dojin.save()
    page = client.post(place).content.decode()
    assert all(secret in page for secret in SECRETS)
    assert AuditEntry.objects.filter(kind="read_personal", subject=f"complaint:{made.pk}").count() == 1
    assert client.get(place).status_code == 405


def test_an_auditor_reads_the_course_but_no_words_of_persons(world: SimpleNamespace) -> None:
    made = handed_over(world)
    run("answer", world.minjun, made, text="전액 환불합니다 비밀", offer="refund")
    run("note", world.dojin, made, text="내부 메모 비밀")
    page = _text(_as(world.yuna), "complaint", made.number)
    assert "비밀" not in page and "대리인이 결과를 답변" in page
    assert _as(world.yuna).post(reverse("complaint-do", args=(made.number, "note"))).status_code == 403


def test_the_phone_desk_shows_rights_while_the_consumer_speaks_and_keeps_nothing(
    world: SimpleNamespace,
) -> None:
    client = _as(world.dojin)
    told = {
        "text": TEXT,
        "operator_told": "루미베이",
        "delivered_on": "2026-11-20",
        "purchased_on": "2026-11-15",
    }
    live = client.post(reverse("complaint-live"), told).content.decode()
    assert "국내대리인" in live and Complaint.objects.count() == 0
    look = client.post(reverse("complaint-new"), {**told, "look": "1"}).content.decode()
    assert "국내대리인" in look and "루미베이" in look and Complaint.objects.count() == 0


def test_what_the_phone_desk_takes_in_is_advised_and_belongs_to_the_officer(world: SimpleNamespace) -> None:
    client = _as(world.dojin)
    told = {
        "text": TEXT,
        "operator_told": "루미베이",
        "email": "jiwoo@mail.example",
        "language": "en",
        "advised": "yes",
    }
    answer = client.post(reverse("complaint-new"), told)
    made = Complaint.objects.get()
    assert answer["Location"] == reverse("complaint", args=(made.number,))
    assert (made.channel, made.owner, made.state, made.language) == ("phone", world.dojin, "advised", "en")
    assert client.post(reverse("complaint-new"), {"text": "", "email": "x"}).status_code == 422


def test_consent_on_the_telephone_is_recorded_with_who_heard_it(world: SimpleNamespace) -> None:
    made, client = complaint(world), _as(world.dojin)
    page = _text(client, "complaint-share", made.number)
    assert "한들" in page
    client.post(reverse("complaint-share", args=(made.number,)), {"do": "agree", "field-facts": "on"})
    client.post(reverse("complaint-do", args=(made.number, "hand_over")))
    made.refresh_from_db()
    assert made.state == "handed_over" and made.events.get(kind="share_agreed").actor == world.dojin
    assert "LB-2026-000777" not in _text(_as(world.minjun), "agent-complaint", made.number)


def test_a_corrected_triage_is_shown_beside_what_the_engine_said(world: SimpleNamespace) -> None:
    made, client = complaint(world), _as(world.dojin)
    form = {"category": "unsafe_product", "responsible": "agent", "right": "mismatch_3m_30d", "hazard": "yes",
            "operator": "lumibay", "last_day": "2026-12-20", "why": "발진"}  # fmt: skip
    client.post(reverse("complaint-do", args=(made.number, "correct")), form)
    made.refresh_from_db()
    assert (made.category, made.hazard, made.last_day) == ("unsafe_product", True, date(2026, 12, 20))
    assert "발진" in _text(client, "complaint", made.number)


def test_a_complaint_opens_a_new_case_of_its_operator(world: SimpleNamespace) -> None:
    made, client = complaint(world), _as(world.sora)
    run("refer", world.dojin, made, body=world.motir, text="제품 안전")
    client.post(reverse("complaint-do", args=(made.number, "reopen")), {"reason": "조사 필요"})
    made.body = world.motir
    made.save()
    client.post(
        reverse("complaint-do", args=(made.number, "attach")), {"case": "new", "matter": "hazardous_goods"}
    )
    made.refresh_from_db()
    assert made.case is not None and made.case.items.get(kind="complaint").subject_id == made.number


def test_the_same_told_twice_is_noticed_by_order_contact_and_words(world: SimpleNamespace) -> None:
    first = complaint(world)
    second = complaint(world, text=TEXT + " 빨리 처리해 주세요.")
    stranger = complaint(
        world,
        text="배송이 한 달째 안 옵니다.",
        order_number="ZZ-1",
        email="b@c.example",
        phone="010-9999-8888",
    )
    page = _text(_as(world.dojin), "complaint", second.number)
    assert first.number in page and "같은 주문번호" in page and "비슷함" in page
    assert stranger.number not in page


def test_fifty_consumers_make_a_collective_whose_end_each_of_them_is_told(world: SimpleNamespace) -> None:
    told = {"delivered_on": date(2026, 11, 20)}
    for place in range(50):
        complaint(
            world,
            email=f"c{place}@mail.example",
            phone=f"010-1{place:03}-0000",
            order_number=f"LB-{place:05}",
            **told,
        )
    one_more = complaint(world, email="c0@mail.example", phone="010-1000-0000", order_number="LB-X", **told)
    client = _as(world.dojin)
    category = one_more.category
    page = _text(client, "collectives")
    assert ">50<" in page.replace(" ", "")
    client.post(reverse("collectives"), {"operator": "lumibay", "category": category, "title": "치발기 파손"})
    made = Collective.objects.get()
    assert made.complaints.filter(state="collective").count() == 51
    do = lambda verb, **form: client.post(reverse("collective-do", args=(made.number, verb)), form)
    do("apply")
    do("start", until="2026-12-01")
    made.refresh_from_db()
    assert made.state == "applied"  # a notice runs for 14 days
    do("start", until="2026-12-10")
    before = Outbox.objects.count()
    do("finish", outcome="mediated", text="한 사람에 12,900원을 환불한다.")
    made.refresh_from_db()
    assert (made.state, made.outcome) == ("closed", "mediated")
    assert set(made.complaints.values_list("state", "outcome")) == {("closed", "mediated")}
    assert Outbox.objects.count() - before == 51
    assert "환불한다" in one_more.events.get(kind="closed").told


def test_forty_nine_consumers_are_too_few(world: SimpleNamespace) -> None:
    for place in range(49):
        last = complaint(world, email=f"c{place}@mail.example", phone=f"010-1{place:03}-0000")
    complaint(world, email="c0@mail.example", phone="")
    _as(world.dojin).post(
        reverse("collectives"), {"operator": "lumibay", "category": last.category, "title": "모음"}
    )
    assert not Collective.objects.exists()


def test_the_committees_file_has_everything_as_data_and_on_paper(world: SimpleNamespace) -> None:
    made = handed_over(world)
    run("answer", world.minjun, made, text="환불할 수 없습니다.", offer="refused")
    run("decline", "consumer", made, text="부러졌습니다.")
    run("apply_mediation", "consumer", made)
    client = _as(world.dojin)
    assert client.get(reverse("mediation-json", args=(made.number,))).status_code == 403
    world.dojin.cleared = True
    world.dojin.save()
    found = json.loads(client.get(reverse("mediation-json", args=(made.number,))).content)
    assert found["parties"]["consumer"]["name"] == "지우" and found["claim"]["text"] == TEXT
    assert found["answers"][0]["verdict"] == "declined"
    assert {row["key"] for row in found["clocks"]} == {"complaint_progress", "complaint_result", "mediation"}
    assert [row["kind"] for row in found["course"]][-1] == "mediation_applied"
    answer = client.get(reverse("mediation-pdf", args=(made.number,)))
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "분쟁조정 신청 자료" in words and "치발기" in words and "2026-12-28" in words
    again = client.get(reverse("mediation-pdf", args=(made.number,)))
    assert again.content == answer.content


def test_agents_see_only_complaints_of_their_live_mandate(world: SimpleNamespace) -> None:
    made = handed_over(world)
    for person, opens in ((world.minjun, 200), (world.mei, 200), (world.rival, 404), (world.ex, 404)):
        client = _as(person)
        assert client.get(reverse("agent-complaint", args=(made.number,))).status_code == opens
        assert (made.number in _text(client, "agent-complaints", show="all")) == (opens == 200)
        assert (made.number in _text(client, "agent-complaints-csv")) == (opens == 200)
    assert _as(world.mei).post(reverse("agent-complaint-do", args=(made.number, "answer"))).status_code == 403


@pytest.mark.parametrize("shared", FIELDS[1:])
def test_what_is_outside_the_agreed_fields_is_on_no_page_and_in_no_download_of_the_agent(
    world: SimpleNamespace, shared: str
) -> None:
    values = {"order_number": "ORDERSECRET1", "facts": "FACTSECRET2 치발기가 부러졌어요", "name": "NAMESECRET3",
              "product": "PRODUCTSECRET4", "seller": "SELLERSECRET5", "listing_url": "https://x.example/URLSECRET6",
              "remedy": "refund"}  # fmt: skip
    told = {key: value for key, value in values.items() if key not in ("facts",)}
    made = complaint(world, text=values["facts"], email="mail.secret7@mail.example", phone="010-7777-7777",
                     purchased_on=date(2026, 11, 3), delivered_on=date(2026, 11, 9), amount=12345, **told)  # fmt: skip
    kept = evidence.keep(b"FILESECRET8", "text/plain", name="FILESECRET8.txt")
    ComplaintFile.objects.create(complaint=made, file=kept, at=NOW)
    decide(made, agrees=True, fields=[shared])
    run("hand_over", "consumer", made)
    client = _as(world.minjun)
    places = [
        client.get(reverse("agent-complaints")), client.get(reverse("agent-complaint", args=(made.number,))),
        client.get(reverse("agent-complaints-csv")), client.get(reverse("agent-complaint-file", args=(made.number, kept.pk))),
        client.get(reverse("search"), {"q": "SECRET"}),
    ]  # fmt: skip
    seen = "".join(place.content.decode() for place in places)
    marks = {"order_number": "ORDERSECRET1", "facts": "FACTSECRET2", "name": "NAMESECRET3", "product": "PRODUCTSECRET4",
             "seller": "SELLERSECRET5", "listing_url": "URLSECRET6", "purchased_on": "2026-11-03",
             "delivered_on": "2026-11-09", "paid": "12,345", "files": "FILESECRET8"}  # fmt: skip
    for field, mark in marks.items():
        assert (mark in seen) == (field == shared), field
    assert "mail.secret7" not in seen and "010-7777" not in seen


def test_a_taken_back_consent_empties_the_agents_pages_at_once(world: SimpleNamespace) -> None:
    made = handed_over(world)
    decide(made, agrees=False)
    assert _as(world.minjun).get(reverse("agent-complaint", args=(made.number,))).status_code == 404
    assert made.number not in _text(_as(world.minjun), "agent-complaints-csv")


def test_the_agent_answers_by_form_and_its_figures_count_it(world: SimpleNamespace) -> None:
    made, client = handed_over(world), _as(world.minjun)
    form = {
        "offer": "refund",
        "text": "환불합니다.",
        "amount": "12,900",
        "currency": "KRW",
        "performs_by": "2026-12-01",
    }
    client.post(reverse("agent-complaint-do", args=(made.number, "answer")), form)
    made.refresh_from_db()
    answer = made.answers.get()
    assert (made.state, answer.offer, answer.amount, answer.firm) == ("answered", "refund", 12900, world.firm)
    run("accept", "consumer", made)
    page = _text(client, "agent-complaints")
    assert "100" in page and "소비자가 받아들인 답변" in page
    refused = client.post(reverse("agent-complaint-do", args=(made.number, "answer")), form, follow=True)
    assert "지금 상담 상태에서는 할 수 없습니다" in refused.content.decode()


def test_a_cell_of_the_download_never_begins_as_a_formula(world: SimpleNamespace) -> None:
    handed_over(world, text="=HYPERLINK(1) 물건이 부러졌어요. 환불해 주세요.")
    text = _text(_as(world.minjun), "agent-complaints-csv").removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["facts"].startswith("'=") and row["order_number"] == "LB-2026-000777"


def test_pages_of_the_agent_are_in_three_languages(world: SimpleNamespace) -> None:
    made = handed_over(world)
    for language, words in (
        ("ko", "소비자가 보여 주기로"),
        ("en", "agreed to show you"),
        ("zh-hans", "同意向您出示"),
    ):
        client = _as(world.minjun)
        client.cookies["django_language"] = language
        assert words in _text(client, "agent-complaint", made.number)


def test_a_wide_search_and_a_narrow_one_find_the_same(
    world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [complaint(world, product=f"치발기 {place % 3}").pk for place in range(12)]
    everything = Complaint.objects.all()
    narrow = {
        query: newest(everything, query, 5) for query in ("치발기", "치발기 1", "루미베이 반짝", "없는말")
    }
    monkeypatch.setattr(desk_search, "_NARROW", 0)
    monkeypatch.setattr(desk_search, "_WINDOW", 2)
    assert {query: newest(everything, query, 5) for query in narrow} == narrow
    assert narrow["치발기"] == numbers[::-1][:5] and narrow["없는말"] == []
    oldest = Complaint.objects.filter(pk=numbers[0])
    assert newest(oldest, "치발기", 5) == [numbers[0]]


def test_the_one_search_box_leads_to_a_complaint_by_its_number(world: SimpleNamespace) -> None:
    made = handed_over(world)
    for person, name in ((world.dojin, "complaint"), (world.minjun, "agent-complaint")):
        answer = _as(person).get(reverse("search"), {"q": made.number.lower()})
        assert answer["Location"] == reverse(name, args=(made.number,))
    assert _as(world.rival).get(reverse("search"), {"q": made.number}).status_code == 200


def test_the_agents_download_asks_the_database_as_often_for_many_as_for_one(world: SimpleNamespace) -> None:
    handed_over(world)
    asked = []
    for more in (0, 3):
        for number in range(more):
            handed_over(world, order_number=f"LB-{number}")
        with CaptureQueriesContext(connection) as queries:
            rows = table(world.minjun)
        asked.append((len(rows), len(queries)))
    assert [rows for rows, _ in asked] == [1, 4] and asked[0][1] == asked[1][1]
