"""The helpline's pages for officers and auditors: queue, complaint, phone desk, triage, collectives, mediation file."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from mapae.desk.audit.models import AuditEntry
from mapae.desk.documents.models import Outbox
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.desk_daily import round_of_work
from mapae.desk.helpline.desk_due import standing
from mapae.desk.helpline.models import Collective, Complaint
from mapae.desk.helpline.share import take_back
from tests.desk.consuming import NOW
from tests.desk.helping import TEXT, complaint, handed_over, signed_in, text_of

SECRETS = ("지우", "jiwoo@mail.example", "010-0000-0001", "LB-2026-000777")


pytestmark = pytest.mark.usefixtures("helpline_day")


def test_a_queue_shows_masked_words_and_nothing_that_names_the_consumer(world: SimpleNamespace) -> None:
    made = complaint(world, text=TEXT + " 제 번호는 010-0000-0001, 메일은 jiwoo@mail.example 입니다.")
    page = text_of(signed_in(world.dojin), "complaints")
    assert made.number in page and "치발기" in page and "▒" in page
    assert not any(secret in page for secret in SECRETS)


def test_queues_and_filters_narrow(world: SimpleNamespace) -> None:
    late, fresh = handed_over(world), complaint(world)
    client = signed_in(world.dojin)
    assert fresh.number in text_of(client, "complaints", queue="new")
    assert late.number not in text_of(client, "complaints", queue="new")
    with time_machine.travel(NOW + timedelta(days=9), tick=False):
        past = text_of(client, "complaints", queue="late")
        assert late.number in past and fresh.number in past
    assert late.number in text_of(client, "complaints", queue="open", state="handed_over", operator="lumibay")
    assert late.number not in text_of(client, "complaints", queue="open", operator="dalmart")
    assert "조건에 맞는 상담이 없습니다" in text_of(client, "complaints", queue="open", channel="email")


def test_an_officer_of_another_body_finds_nothing_before_it_is_referred(world: SimpleNamespace) -> None:
    made = complaint(world)
    client = signed_in(world.sora)
    assert made.number not in text_of(client, "complaints", queue="open", q="치발기")
    assert client.get(reverse("complaint", args=(made.number,))).status_code == 404
    run("refer", world.dojin, made, body=world.motir, text="제품 안전")
    assert made.number in text_of(client, "complaints", queue="open", q="치발기")


def test_the_page_marks_the_words_triage_rests_on_in_the_masked_text(world: SimpleNamespace) -> None:
    made = complaint(world)
    page = text_of(signed_in(world.dojin), "complaint", made.number)
    assert "<mark>" in page and "확신도" in page and not any(secret in page for secret in SECRETS)


def test_personal_data_open_for_cleared_officers_only_and_each_look_is_kept(world: SimpleNamespace) -> None:
    made = complaint(world)
    client, place = signed_in(world.dojin), reverse("complaint-personal", args=(made.number,))
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
    page = text_of(signed_in(world.yuna), "complaint", made.number)
    assert "비밀" not in page and "대리인이 결과를 답변" in page
    assert signed_in(world.yuna).post(reverse("complaint-do", args=(made.number, "note"))).status_code == 403


def test_the_phone_desk_shows_rights_while_the_consumer_speaks_and_keeps_nothing(
    world: SimpleNamespace,
) -> None:
    client = signed_in(world.dojin)
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
    client = signed_in(world.dojin)
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
    made, client = complaint(world), signed_in(world.dojin)
    page = text_of(client, "complaint-share", made.number)
    assert "한들" in page
    client.post(reverse("complaint-share", args=(made.number,)), {"do": "agree", "field-facts": "on"})
    client.post(reverse("complaint-do", args=(made.number, "hand_over")))
    made.refresh_from_db()
    assert made.state == "handed_over" and made.events.get(kind="share_agreed").actor == world.dojin
    assert "LB-2026-000777" not in text_of(signed_in(world.minjun), "agent-complaint", made.number)


def test_a_corrected_triage_is_shown_beside_what_the_engine_said(world: SimpleNamespace) -> None:
    made, client = complaint(world), signed_in(world.dojin)
    form = {"category": "unsafe_product", "responsible": "agent", "right": "mismatch_3m_30d", "hazard": "yes",
            "operator": "lumibay", "last_day": "2026-12-20", "why": "발진"}  # fmt: skip
    client.post(reverse("complaint-do", args=(made.number, "correct")), form)
    made.refresh_from_db()
    assert (made.category, made.hazard, made.last_day) == ("unsafe_product", True, date(2026, 12, 20))
    assert "발진" in text_of(client, "complaint", made.number)


def test_a_complaint_opens_a_new_case_of_its_operator(world: SimpleNamespace) -> None:
    made, client = complaint(world), signed_in(world.sora)
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
    page = text_of(signed_in(world.dojin), "complaint", second.number)
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
    client = signed_in(world.dojin)
    category = one_more.category
    page = text_of(client, "collectives")
    assert ">50<" in page.replace(" ", "")
    client.post(reverse("collectives"), {"operator": "lumibay", "category": category, "title": "치발기 파손"})
    made = Collective.objects.get()
    assert made.complaints.filter(state="collective").count() == 51
    do = lambda verb, **form: client.post(reverse("collective-do", args=(made.number, verb)), form)
    assert "아직 정해진 기한이 없습니다" in text_of(client, "collective", made.number)
    do("apply", on="2026-11-23")
    made.refresh_from_db()
    page = text_of(client, "collective", made.number)  # filed two days ago: sixty days from then
    assert "2026-11-23" in page and "<strong>2027-01-22" in page and "소비자분쟁조정위원회" in page
    do("start", on="2026-11-22", until="2026-12-10")
    made.refresh_from_db()
    assert made.state == "applied"  # it cannot start before it was applied for
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


def _started(world: SimpleNamespace, consumers: int) -> Collective:
    """A collective (of fewer than law asks for) whose mediation has started."""
    made = Collective.objects.create(
        number="2026-G-000001", operator=world.lumibay, title="치발기 파손", lead=world.dojin.body, state="started",
        made_at=NOW, started_on=date(2026, 11, 20), notice_ended_on=date(2026, 12, 4),
    )  # fmt: skip
    for place in range(consumers):
        run("join_collective", world.dojin, complaint(world, email=f"c{place}@mail.example"), collective=made)
    return made


def _does(world: SimpleNamespace, made: Collective, verb: str, **form: str) -> None:
    signed_in(world.dojin).post(reverse("collective-do", args=(made.number, verb)), form)
    made.refresh_from_db()


def test_each_consumer_of_a_collective_answers_the_mediation_and_silence_accepts(
    world: SimpleNamespace,
) -> None:
    made, before = _started(world, 3), Outbox.objects.count()
    _does(world, made, "propose", text="한 사람에 12,900원을 환불한다.", performs_by="2027-01-29")
    assert set(made.complaints.values_list("state", flat=True)) == {"proposed"}
    assert Outbox.objects.count() - before == 3
    first, second, third = made.complaints.order_by("pk")
    assert "12,900" in first.events.get(kind="proposal_told").told and standing(first).by == date(
        2026, 12, 10
    )
    run("decline_proposal", "consumer", first)
    run("accept_proposal", "consumer", second)
    _does(world, made, "operator", says="accepts")
    ends = [(each.state, each.outcome) for each in made.complaints.order_by("pk")]
    assert ends == [("closed", "mediation_failed"), ("closed", "mediated"), ("proposed", "")]
    page = text_of(signed_in(world.dojin), "collective", made.number)
    assert "아직 답하지 않음" in page and made.state == "proposed"
    assert "모든 상담에 사업자의 뜻을 적었습니다" in page and 'name="says"' not in page
    listed = text_of(signed_in(world.dojin), "collectives")
    assert "2026-12-10" in listed and made.number in listed
    read = text_of(signed_in(world.yuna), "collective", made.number)  # an auditor reads no words
    assert "12,900원을 환불한다" not in read and "다른 기관이 맡고" not in read
    assert "12,900원을 환불한다" in page and "<strong>2026-12-10" in page
    with time_machine.travel(NOW + timedelta(days=16), tick=False):
        round_of_work(NOW + timedelta(days=16))
    made.refresh_from_db()
    third.refresh_from_db()
    assert (made.state, made.outcome, third.outcome) == ("closed", "mediated", "mediated")


def test_who_took_the_consent_back_stays_in_the_collective_and_out_of_the_firms_sight(
    world: SimpleNamespace,
) -> None:
    made, (first, second) = (
        _started(world, 0),
        (handed_over(world, email=f"{each}@m.example") for each in "ab"),
    )
    take_back(first)
    for each in (first, second):
        run("join_collective", world.dojin, each, collective=made)
    before = Outbox.objects.filter(key__contains=":firm:").count()
    _does(world, made, "propose", text="환불한다.")
    told = [row.key for row in Outbox.objects.filter(key__contains=":firm:")][before:]
    assert [key.split(":")[1] for key in told] == [str(second.pk)]
    agent = signed_in(world.minjun)
    pages = [
        agent.get(reverse("agent-complaint", args=(each.number,))).status_code for each in (first, second)
    ]
    assert pages == [404, 200]
    run("accept_proposal", "consumer", first)
    _does(world, made, "operator", says="accepts")  # the business answers for each, seen or not
    assert [each.outcome for each in made.complaints.order_by("pk")] == ["mediated", ""]


def test_a_person_counts_once_when_the_collective_is_applied_for(world: SimpleNamespace) -> None:
    made = _started(world, 0)
    Collective.objects.filter(pk=made.pk).update(state="gathering")
    for place in range(50):
        each = complaint(world, email=f"c{min(place, 48)}@mail.example", phone="")
        run("join_collective", world.dojin, each, collective=made)
    _does(world, made, "apply")
    assert made.state == "gathering"
    run(
        "join_collective", world.dojin, complaint(world, email="last@mail.example", phone=""), collective=made
    )
    _does(world, made, "apply")
    assert made.state == "applied"


def test_who_gave_no_contact_on_the_telephone_is_a_warning_to_the_officer(world: SimpleNamespace) -> None:
    client = signed_in(world.dojin)
    client.post(reverse("complaint-new"), {"text": TEXT, "operator_told": "루미베이"})
    assert "어느 전화로 알릴지" in text_of(client, "complaint", Complaint.objects.get().number)


def test_an_operator_that_declines_fails_the_mediation_of_the_whole_collective(
    world: SimpleNamespace,
) -> None:
    made = _started(world, 2)
    _does(world, made, "operator", says="declines")
    assert made.state == "started"  # nothing was told yet
    _does(world, made, "propose", text="환불한다.")
    _does(world, made, "operator", says="perhaps")
    assert made.state == "proposed"
    _does(world, made, "operator", says="declines")
    assert (made.state, made.outcome) == ("closed", "mediation_failed")


def test_forty_nine_consumers_are_too_few(world: SimpleNamespace) -> None:
    for place in range(49):
        last = complaint(world, email=f"c{place}@mail.example", phone=f"010-1{place:03}-0000")
    complaint(world, email="c0@mail.example", phone="")
    signed_in(world.dojin).post(
        reverse("collectives"), {"operator": "lumibay", "category": last.category, "title": "모음"}
    )
    assert not Collective.objects.exists()


def test_the_committees_file_has_everything_as_data_and_on_paper(world: SimpleNamespace) -> None:
    made = handed_over(world)
    run("answer", world.minjun, made, text="환불할 수 없습니다.", offer="refused")
    run("decline", "consumer", made, text="부러졌습니다.")
    run("apply_mediation", "consumer", made)
    run("assign", world.dojin, made, to=world.dojin)
    client = signed_in(world.dojin)
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
    assert "싱가포르" in words and "담당자" not in words
    assert "분쟁조정 신청 자료" in words and "치발기" in words and "2026-12-28" in words
    again = client.get(reverse("mediation-pdf", args=(made.number,)))
    assert again.content == answer.content
