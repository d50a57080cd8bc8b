"""A complaint is followed by its address and a one-time code: answers, further words, the committee's file."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mapae.desk.audit.models import AuditEntry
from mapae.desk.documents.models import Outbox
from mapae.desk.helpline.actions import run
from mapae.desk.helpline.models import Collective
from mapae.desk.helpline.share import shared_fields, shared_files
from mapae.desk.law import book
from mapae.workflow.complaints import complaint_states, who_titles
from tests.desk.consuming import NOW, code_in_mail, feed_faults, filed, follow, page, rss_faults
from tests.desk.helping import handed_over, signed_in

pytestmark = pytest.mark.usefixtures("helpline_day")


def test_whoever_has_only_the_address_sees_the_state_and_nothing_personal(consumer: Client) -> None:
    made = filed(consumer)
    shown = page(Client(HTTP_ACCEPT_LANGUAGE="en"), follow(made))
    assert made.number in shown and "Open your data" not in page(consumer, follow(made))
    for secret in ("김지우", "jiwoo@mail.example", "LB-77", "치발기", "35000"):
        assert secret not in shown
    feed = Client().get(follow(made, "/feed.atom"))
    assert feed["Content-Type"].startswith("application/atom+xml") and feed_faults(feed.content) == []
    rss = Client().get(follow(made, "/feed.rss"))
    assert rss["Content-Type"].startswith("application/rss+xml") and rss_faults(rss.content) == []
    for told in (feed, rss):
        assert all(secret not in told.content.decode() for secret in ("김지우", "LB-77", "치발기"))


def test_pages_behind_the_address_are_kept_from_caches_indexes_and_other_sites(consumer: Client) -> None:
    answer = consumer.get(follow(filed(consumer)))
    assert answer["Cache-Control"] == "no-store" and "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert consumer.get("/help/f/guess").status_code == 404


def test_a_one_time_code_opens_it_once_for_half_an_hour(consumer: Client) -> None:
    made, other = filed(consumer), Client()
    other.cookies["django_language"] = "en"
    other.post(follow(made, "/code"), {"do": "ask"})
    code = code_in_mail()
    assert code not in str(list(Outbox.objects.values_list("payload", flat=True)))
    other.post(follow(made, "/code"), {"code": code})
    assert "LB-77" in page(other, follow(made))
    third = Client()
    third.post(follow(made, "/code"), {"code": code})
    assert "LB-77" not in page(third, follow(made))
    with time_machine.travel(datetime(2026, 11, 25, 3, 31, tzinfo=UTC), tick=False):
        assert "LB-77" not in page(other, follow(made))


def test_codes_cannot_be_guessed_one_after_another(consumer: Client) -> None:
    made, other = filed(consumer), Client()
    other.post(follow(made, "/code"), {"do": "ask"})
    code = code_in_mail()
    wrong = {"code": "000000" if code != "000000" else "111111"}
    other.cookies["django_language"] = "en"
    other.post(follow(made, "/code"), wrong)
    assert "You can try 4 more times" in page(other, follow(made))
    for _try in range(4):
        other.post(follow(made, "/code"), wrong)
    other.post(follow(made, "/code"), {"code": code})
    shown = page(other, follow(made))
    assert "LB-77" not in shown and "Have a new one sent to you" in shown
    other.post(follow(made, "/code"), {"do": "ask"})
    other.post(follow(made, "/code"), {"code": code_in_mail()})
    assert "LB-77" in page(other, follow(made))


def test_who_leaves_no_contact_gets_a_number_that_opens_it(consumer: Client) -> None:
    made = filed(consumer, email="")
    shown = page(consumer, follow(made))
    pin = re.search(r"<strong>(\d{8})</strong>", shown)
    assert pin and pin[1] not in page(consumer, follow(made))
    other = Client()
    other.post(follow(made, "/code"), {"code": pin[1]})
    assert "LB-77" in page(other, follow(made))


def test_agent_answers_consumer_declines_and_goes_to_redress_and_mediation(
    consumer: Client, world: SimpleNamespace
) -> None:
    made = filed(consumer)
    consumer.post(
        follow(made, "/share"), {"do": "agree", "agree": "on", "field-facts": "on", "facts": "부러짐"}
    )
    run(
        "answer",
        world.minjun,
        made,
        text="환불해 드릴 수 없습니다.",
        offer="refused",
        performs_by=date(2027, 1, 29),
    )
    shown = page(consumer, follow(made))
    assert "To be done by <strong>2027-01-29" in shown
    assert "환불해 드릴 수 없습니다." in shown and "환불해" not in page(Client(), follow(made))
    assert "<strong>Refused</strong>" in shown
    for verb in ("decline", "apply_redress", "apply_mediation"):
        consumer.post(follow(made, "/act"), {"verb": verb, "text": "억울합니다"})
    made.refresh_from_db()
    assert made.state == "mediation"
    assert made.answers.get().verdict == "declined"
    assert "You declined the answer" in page(consumer, follow(made))


def test_who_has_accepted_a_mediation_reads_that_the_business_has_to_answer(
    consumer: Client, world: SimpleNamespace
) -> None:
    made = filed(consumer)
    for verb in ("apply_redress", "apply_mediation"):
        run(verb, "consumer", made)
    run("propose", world.dojin, made, text="환불한다.", performs_by=date(2027, 2, 26))
    shown = page(consumer, follow(made))
    assert "you and the business" in shown and "To be done by <strong>2027-02-26" in shown
    consumer.post(follow(made, "/act"), {"verb": "accept_proposal"})
    shown = page(consumer, follow(made))
    assert "You have accepted." in shown and "you and the business" not in shown
    run("decline_proposal", world.dojin, made, party="operator")
    shown = page(consumer, follow(made))
    assert "The business declined the proposal" in shown and "You can go to court." in shown
    assert "If nothing happens" not in shown


def test_a_verb_that_is_not_the_consumers_does_nothing(consumer: Client) -> None:
    made = filed(consumer)
    for verb in ("close", "refer", "answer", "hand_over", "nonsense"):
        consumer.post(follow(made, "/act"), {"verb": verb})
    made.refresh_from_db()
    assert made.state == "advised"


def test_more_words_and_files_are_added_and_the_agent_gets_none_of_them(consumer: Client) -> None:
    made = filed(consumer)
    consumer.post(
        follow(made, "/share"), {"do": "agree", "agree": "on", "field-facts": "on", "field-files": "on"}
    )
    before = shared_fields(made)
    more = SimpleUploadedFile("more.txt", "영수증".encode(), "text/plain")
    consumer.post(follow(made, "/add"), {"text": "어제 더 심해졌어요.", "files": [more]})
    shown = page(consumer, follow(made))
    assert "어제 더 심해졌어요." in shown and "more.txt" in shown
    assert shared_fields(made) == before and not shared_files(made)
    assert (
        consumer.post(follow(made, "/add"), {}).status_code == 302
        and made.events.filter(kind="added").count() == 1
    )


def test_the_consumer_takes_the_file_for_the_committee_with_the_code_only_and_it_is_noted(
    consumer: Client,
) -> None:
    made = filed(consumer)
    told = consumer.get(follow(made, "/mediation.json")).json()
    assert (told["number"], told["parties"]["consumer"]["name"]) == (made.number, "김지우")
    paper = consumer.get(follow(made, "/mediation.pdf"))
    assert paper.content.startswith(b"%PDF") and paper["Cache-Control"] == "no-store"
    assert AuditEntry.objects.filter(kind="read_personal", subject=f"complaint:{made.pk}").count() == 2
    stranger = Client()
    for name in ("mediation.pdf", "mediation.json"):
        assert stranger.get(follow(made, f"/{name}")).status_code == 302


@pytest.mark.parametrize("language", ["ko", "en", "zh-hans"])
def test_every_status_says_what_happened_who_acts_next_by_when_and_what_one_can_do(
    consumer: Client, language: str
) -> None:
    made, other = filed(consumer), Client()
    other.cookies["django_language"] = language
    states, short = complaint_states(book()), language[:2]
    for key, state in states.items():
        type(made).objects.filter(pk=made.pk).update(state=key)
        shown = html.unescape(page(other, follow(made)))
        who = who_titles(book())[state.next_unstarted or state.next][short]
        day = re.search(r"<strong>20\d\d-\d\d-\d\d", shown)
        for part in (state.title[short], state.happened[short], who):
            assert part in shown, (key, part)
        assert (
            day or {"ko": "정해진 날이 없습니다", "en": "no day is set", "zh": "未设定日期"}[short] in shown
        ), key
        assert state.if_not[short] in shown or state.if_late[short] in shown, key


def test_who_was_joined_to_another_complaint_sees_its_course(
    consumer: Client, world: SimpleNamespace
) -> None:
    first, made = handed_over(world), filed(consumer)
    run("merge", world.dojin, made, into=first)
    shown = page(consumer, follow(made))
    assert "It was joined to a complaint" in shown and "the local agent" in shown and "2026-11-30" in shown


def test_a_mediation_of_another_consumer_is_not_told_as_binding_who_was_joined_to_it(
    consumer: Client, world: SimpleNamespace
) -> None:
    first, made = handed_over(world, email="minsu@mail.example"), filed(consumer)
    run("merge", world.dojin, made, into=first)
    for verb in ("apply_redress", "apply_mediation"):
        run(verb, world.dojin, first)
    run("propose", world.dojin, first, text="환불한다.")
    for party in ("consumer", "operator"):
        run("accept_proposal", world.dojin, first, party=party)
    shown = page(consumer, follow(made))
    assert "binds its own parties only" in shown and "enforced through a court" not in shown
    assert "enforced through a court" in page(consumer, follow(first))


def test_who_hands_over_reads_both_days_of_the_agent_and_exactly_what_it_sees(consumer: Client) -> None:
    made = filed(consumer)
    consumer.post(
        follow(made, "/share"), {"do": "agree", "agree": "on", "field-facts": "on", "facts": "부러짐"}
    )
    shown = page(consumer, follow(made))
    assert "2026-11-30" in shown and "2026-12-09" in shown  # progress and result
    seen = shown.partition("Exactly what it sees")[2].partition("</details>")[0]
    assert "부러짐" in seen and made.number in seen and "LB-77" not in seen and "김지우" not in seen
    assert "If you agree we hand it to the agent" not in shown


def test_a_question_of_the_agent_sets_the_consumer_no_day_and_is_answered_with_files_that_only_then_go_out(
    consumer: Client, world: SimpleNamespace
) -> None:
    made = filed(consumer)
    consumer.post(follow(made, "/share"), {"do": "agree", "agree": "on", "field-facts": "on", "abroad": "on"})
    kept = SimpleUploadedFile("kept.txt", "진료비".encode(), "text/plain")
    consumer.post(follow(made, "/add"), {"text": "", "files": [kept]})
    run("ask", world.minjun, made, text="주문 화면을 보내 주십시오.")
    shown = page(consumer, follow(made))
    assert "no day is set" in shown and shown.count("the last day of the business") == 2
    assert shown.index("주문 화면을 보내") < shown.index("Files for the agent")
    order = SimpleUploadedFile("order.txt", "주문 화면".encode(), "text/plain")
    consumer.post(follow(made, "/act"), {"verb": "reply", "text": "보냅니다.", "files": [order]})
    assert [each.name for each in shared_files(made)] == ["order.txt"]
    assert shared_fields(made)["files"] == ["order.txt"] and "order_number" not in shared_fields(made)
    made.refresh_from_db()
    assert made.state == "handed_over" and made.answers.get().reply == "보냅니다."


def test_files_of_a_reply_go_nowhere_once_the_consent_is_taken_back(
    consumer: Client, world: SimpleNamespace
) -> None:
    made = filed(consumer)
    consumer.post(follow(made, "/share"), {"do": "agree", "agree": "on", "field-facts": "on", "abroad": "on"})
    run("ask", world.minjun, made, text="주문 화면을 보내 주십시오.")
    consumer.post(follow(made, "/share"), {"do": "take_back"})
    assert "Files for the agent" not in page(consumer, follow(made))
    order = SimpleUploadedFile("order.txt", "주문 화면".encode(), "text/plain")
    consumer.post(follow(made, "/act"), {"verb": "reply", "text": "보냅니다.", "files": [order]})
    assert not shared_files(made) and not made.files.exists()


def test_a_closed_complaint_says_what_taking_the_consent_back_still_does_and_does_it(
    consumer: Client, world: SimpleNamespace
) -> None:
    made = filed(consumer)
    consumer.post(follow(made, "/share"), {"do": "agree", "agree": "on", "field-facts": "on", "abroad": "on"})
    still, agents = "The complaint is closed, but", signed_in(world.minjun)
    assert still not in page(consumer, follow(made))
    run("answer", world.minjun, made, text="환불했습니다.", offer="refund")
    for verb in ("accept", "confirm_performed"):
        consumer.post(follow(made, "/act"), {"verb": verb})
    shown = page(consumer, follow(made))
    assert still in shown and "PIPA" in shown and "cannot help you further" not in shown
    assert agents.get(f"/agent/complaints/{made.number}").status_code == 200
    consumer.post(follow(made, "/share"), {"do": "take_back"})
    shown = page(consumer, follow(made))
    assert "You took your consent back on" in shown and "Take my consent back" not in shown
    assert agents.get(f"/agent/complaints/{made.number}").status_code == 404
    made.refresh_from_db()
    assert made.state == "closed" and made.outcome == "settled"


def test_every_act_says_what_it_leads_to_before_it_is_done(consumer: Client) -> None:
    made = filed(consumer)
    shown = page(consumer, follow(made))
    assert "It has 30 days, and up to 60 more." in shown and "you have to tell us anew" in shown
    consumer.post(follow(made, "/act"), {"verb": "apply_redress"})
    assert "decides within 30 days. You then have 15 days" in page(consumer, follow(made))


def test_a_member_of_a_collective_reads_how_many_they_are_who_leads_and_what_each_step_brought(
    consumer: Client, world: SimpleNamespace
) -> None:
    made = filed(consumer)
    gathered = Collective.objects.create(
        number="2026-G-000001",
        operator=world.lumibay,
        title="치발기 파손",
        lead=world.dojin.body,
        made_at=NOW,
    )
    run("join_collective", world.dojin, made, collective=gathered)
    shown = page(Client(HTTP_ACCEPT_LANGUAGE="en"), follow(made))
    assert "2026-G-000001" in shown and "Consumers with the same harm</dt><dd>1<" in shown
    assert "the helpline" in shown and "Settlement Commission" not in shown and "치발기" not in shown
    assert "can apply for redress and mediation alone" in page(consumer, follow(made))
    consumer.post(follow(made, "/act"), {"verb": "leave_collective"})
    shown = page(consumer, follow(made))
    assert "2026-G-000001" not in shown and "You can apply to the Korea Consumer Agency" in shown


def test_the_same_content_from_two_consumers_is_called_as_each_of_them_called_it(
    consumer: Client, world: SimpleNamespace
) -> None:
    first, made = filed(consumer), filed(consumer)
    for each, name in ((first, "김지우_주문.txt"), (made, "order.txt")):
        file = SimpleUploadedFile(name, "주문 내역".encode(), "text/plain")
        consumer.post(follow(each, "/add"), {"text": "", "files": [file]})
    shown = page(consumer, follow(made, "/share")) + page(consumer, follow(made))
    assert "order.txt" in shown and "김지우_주문" not in shown
    consumer.post(follow(made, "/share"), {"do": "agree", "agree": "on", "field-files": "on", "abroad": "on"})
    assert shared_fields(made)["files"] == ["order.txt"]
    assert [each.name for each in shared_files(made)] == ["order.txt"]
    kept = made.files.get().file
    assert "order.txt" in consumer.get(follow(made, f"/files/{kept.sha256}"))["Content-Disposition"]
    assert "김지우_주문.txt" in page(consumer, follow(first))


def test_who_gave_no_name_or_contact_gives_both_with_the_application(consumer: Client) -> None:
    made = filed(consumer, name="", email="")
    assert 'name="name"' in page(consumer, follow(made))
    consumer.post(follow(made, "/act"), {"verb": "apply_redress", "name": "김지우"})
    made.refresh_from_db()
    assert (made.state, made.name) == ("advised", "")
    assert "both go into the application" in page(consumer, follow(made))
    told = {"verb": "apply_redress", "name": "김지우", "phone": "010-0000-0001", "email": "no address"}
    consumer.post(follow(made, "/act"), told)
    made.refresh_from_db()
    assert made.state == "advised"
    consumer.post(follow(made, "/act"), {**told, "email": ""})
    made.refresh_from_db()
    assert (made.state, made.name, made.phone) == ("redress", "김지우", "010-0000-0001")
    assert 'name="name"' not in page(consumer, follow(made))
