"""A consumer tells what happened, sees who is responsible, agrees to share or refuses: no account."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mapae.desk.helpline.actions import run
from mapae.desk.helpline.consumer import drafts
from mapae.desk.helpline.consumer.story import standing
from mapae.desk.helpline.models import Complaint, Draft
from mapae.desk.helpline.share import live_mandate, shared_fields
from tests.desk.consuming import FIRST, NOW, REST, draft, filed, follow, page
from tests.desk.helping import signed_in, text_of

pytestmark = pytest.mark.usefixtures("helpline_day")


def test_three_questions_lead_to_what_can_be_said_at_once(consumer: Client) -> None:
    shown = page(consumer, draft(consumer))
    assert "local agent" in shown and "Stop using it now." in shown
    assert "Lumibay" in shown and "2026-12-28" in shown  # thirty days from knowing of it, past Christmas


def test_a_mall_in_korea_answers_for_itself_and_nobody_speaks_of_a_local_agent(
    consumer: Client, world: SimpleNamespace
) -> None:
    world.lumibay.mandates.all().delete()
    type(world.lumibay).objects.filter(pk=world.lumibay.pk).update(country="KR", overseas=False)
    assert "a mall that sits in Korea" in page(consumer, draft(consumer))
    made = filed(consumer)
    shown = page(consumer, follow(made))
    assert (made.responsible, made.state) == ("domestic", "advised")
    assert "the agent" not in shown and "local agent" not in shown and "Send a letter of withdrawal" in shown
    consumer.post(follow(made, "/act"), {"verb": "apply_redress"})
    made.refresh_from_db()
    assert made.state == "redress"


def test_a_question_that_cannot_be_read_is_told_at_its_field(consumer: Client) -> None:
    answer = consumer.post(
        "/help", {**FIRST, "text": "", "delivered_on": "2027-01-01", "listing_url": "javascript:1"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422 and not Draft.objects.exists()
    for field in ("text", "delivered_on", "listing_url"):
        assert f'aria-describedby="wrong-{field}"' in shown and f'id="wrong-{field}"' in shown


def test_a_draft_is_kept_sealed_and_comes_back_until_its_last_day(consumer: Client) -> None:
    place = draft(consumer)
    consumer.post(place, {**FIRST, "product": "치발기", "do": "save"})
    assert "치발기" not in Draft.objects.values_list("link_digest", flat=True)[0]
    assert "치발기" in page(Client(), place)
    with time_machine.travel(datetime(2026, 12, 10, tzinfo=UTC), tick=False):
        gone = consumer.get(place)
    assert gone.status_code == 404 and "kept for 14 days" in gone.content.decode()
    assert 'href="/help"' in gone.content.decode()


def test_sending_makes_a_complaint_with_its_advice_and_ends_the_draft(consumer: Client) -> None:
    made = filed(consumer)
    assert made.state == "advised" and made.operator.key == "lumibay" and made.hazard
    assert str(made.amount) == "35000.00" and made.remedy == "refund" and made.name == "김지우"
    assert [drafts.read(each) for each in Draft.objects.all()] == [{"sent": made.link}]
    assert [event.kind for event in made.events.all()] == ["received", "advised"]


def test_who_goes_back_to_a_form_or_sends_it_twice_comes_to_the_one_complaint(consumer: Client) -> None:
    place = draft(consumer)
    consumer.post(place, {**FIRST, **REST})
    made = Complaint.objects.get()
    for answer in (consumer.get(place), consumer.post(place, {**FIRST, **REST}), Client().get(place)):
        assert answer.status_code == 302 and answer["Location"] == follow(made)
    assert Complaint.objects.count() == 1 and "sent this already" in page(consumer, follow(made))
    later = Client()
    with time_machine.travel(NOW + timedelta(minutes=3), tick=False):
        later.post(place, {**FIRST, **REST})
        assert "LB-77" not in page(later, follow(made))  # the address alone opens no data


def test_who_leaves_no_contact_and_presses_twice_still_reads_the_number(world: SimpleNamespace) -> None:
    place = draft(Client())
    Client().post(place, {**FIRST, **REST, "email": ""})
    second = Client()  # the cookie came with the first answer, which the browser dropped
    second.post(place, {**FIRST, **REST, "email": ""})
    found = re.search(r"<strong>(\d{8})</strong>", page(second, follow(Complaint.objects.get())))
    assert found
    third = Client()
    third.post(follow(Complaint.objects.get(), "/code"), {"code": found[1]})
    assert "LB-77" in page(third, follow(Complaint.objects.get()))


def test_a_browser_without_cookies_reads_what_to_do_in_the_words_of_the_desk(world: SimpleNamespace) -> None:
    answer = Client(enforce_csrf_checks=True).post("/help", FIRST, headers={"accept-language": "ko"})
    shown = answer.content.decode()
    assert answer.status_code == 403 and "쿠키를 허용해" in shown and "1372" in shown and "DEBUG" not in shown


def test_an_address_that_is_cut_says_what_it_lacks(world: SimpleNamespace) -> None:
    answer = Client().get("/help/f/abc", headers={"accept-language": "ko"})
    assert answer.status_code == 404 and "32자" in answer.content.decode()


def test_files_are_looked_at_and_a_bad_one_is_refused_without_losing_the_words(consumer: Client) -> None:
    place = draft(consumer)
    bad = SimpleUploadedFile("x.svg", b"<svg onload=alert(1)>", "image/svg+xml")
    answer = consumer.post(place, {**FIRST, **REST, "files": [bad]})
    assert answer.status_code == 422 and not Complaint.objects.exists()
    assert "LB-77" in answer.content.decode() and "x.svg: " in answer.content.decode()


def test_before_anything_is_sent_the_page_says_what_to_whom_where_how_long(consumer: Client) -> None:
    made = filed(consumer)
    shown = page(consumer, follow(made, "/share"))
    for part in (
        "Handeul Law (Lumibay)",
        "agent@handeul.example",
        "Korea → Singapore",
        "encrypted connection",
        "3 years",
        "Press Refuse",
        "Your consent",
        "You may refuse",
        "LB-77",
    ):
        assert part in shown
    assert shared_fields(made) == {}


def test_with_consent_only_the_ticked_fields_are_shared_and_the_agents_period_runs(consumer: Client) -> None:
    made = filed(consumer)
    ticked = {f"field-{key}": "on" for key in ("order_number", "facts", "contact")}
    consumer.post(
        follow(made, "/share"), {"do": "agree", "agree": "on", "facts": "치발기가 부러짐", **ticked}
    )
    made.refresh_from_db()
    assert made.state == "handed_over"
    assert shared_fields(made) == {
        "number": made.number, "order_number": "LB-77", "facts": "치발기가 부러짐",
        "contact": f"{made.relay}@localhost", "country": "Korea",
    }  # fmt: skip
    shown = page(consumer, follow(made))
    assert "2026-11-30" in shown  # three business days
    consumer.post(follow(made, "/share"), {"do": "take_back"})
    assert shared_fields(made) == {}


def test_that_it_goes_abroad_is_agreed_to_apart(consumer: Client, world: SimpleNamespace) -> None:
    made = filed(consumer)
    shown = page(consumer, follow(made, "/share"))
    assert "I agree, separately, that they go abroad: Singapore." in shown
    both = {"do": "agree", "agree": "on", "field-facts": "on", "abroad": "on"}
    consumer.post(follow(made, "/share"), both)
    assert shared_fields(made)["country"] == "Korea → Singapore" == made.shares.get().country
    assert "대한민국 → 싱가포르" in text_of(signed_in(world.minjun), "agent-complaint", made.number)


def test_a_receiver_abroad_gets_nothing_without_the_second_tick(
    consumer: Client, world: SimpleNamespace
) -> None:
    world.lumibay.role = "board_provider"
    world.lumibay.save()
    world.lumibay.mandates.all().delete()
    made = filed(consumer, text="루미베이 게시물을 보고 송금했는데 물건이 오지 않아요.", delivered_on="")
    one = {"do": "agree", "agree": "on", "field-facts": "on"}
    consumer.post(follow(made, "/share"), one)
    made.refresh_from_db()
    assert made.state == "advised" and shared_fields(made) == {}
    consumer.post(follow(made, "/share"), {**one, "abroad": "on"})
    made.refresh_from_db()
    assert made.state == "with_network" and shared_fields(made)["country"] == "Singapore"


def test_what_was_shown_before_the_receiver_changed_is_no_consent_to_the_new_one(consumer: Client) -> None:
    made = filed(consumer)
    seen = re.search(r'name="seen" value="(\w+)"', page(consumer, follow(made, "/share")))
    assert seen
    firm = live_mandate(made).firm
    firm.email = "other@handeul.example"
    firm.save()
    asked = {"do": "agree", "agree": "on", "field-facts": "on", "seen": seen[1]}
    consumer.post(follow(made, "/share"), asked)
    assert not made.shares.exists()


def test_without_the_tick_nothing_is_sent(consumer: Client) -> None:
    made = filed(consumer)
    answer = consumer.post(follow(made, "/share"), {"do": "agree", "field-facts": "on"})
    made.refresh_from_db()
    assert answer.status_code == 422 and made.state == "advised" and not made.shares.exists()


def test_who_refuses_keeps_the_advice_and_nothing_is_sent(consumer: Client) -> None:
    made = filed(consumer)
    consumer.post(follow(made, "/share"), {"do": "refuse"})
    shown = page(consumer, follow(made))
    assert shared_fields(made) == {} and "Who is responsible" in shown and "Nothing is sent" in shown
    assert made.shares.get().shown == "{}"


def test_harm_is_reported_without_a_name(consumer: Client) -> None:
    made = filed(consumer, anonymous="on")
    assert made.anonymous and made.hazard and not (made.name or made.email or made.order_number)
    shown = page(consumer, follow(made))
    acts = ("Hand it to the local agent", "Send a letter of withdrawal", "Apply for redress", "If you agree")
    for act in acts:
        assert act not in shown
    assert made.state == "received" and "nobody can answer you" in shown  # an officer reads it first
    consumer.post(follow(made, "/act"), {"verb": "apply_redress"})
    consumer.post(follow(made, "/share"), {"do": "agree", "agree": "on", "abroad": "on", "field-facts": "on"})
    assert shared_fields(made) == {} and Complaint.objects.get().state == "received"
    run("advise", None, made)
    assert (told := standing(made)).who == "helpline" and told.by is None


def test_the_pages_speak_three_languages(consumer: Client) -> None:
    made = filed(consumer)
    for language, title in (("ko", "나의 상담"), ("en", "Your complaint"), ("zh-hans", "我的投诉")):
        consumer.cookies["django_language"] = language
        assert title in page(consumer, follow(made))
        page(consumer, "/help")
        page(consumer, "/rights?ground=17(1)&delivered_on=2026-11-20&returned_on=2026-11-20&amount=35000")
        page(consumer, follow(made, "/withdrawal"))


def test_a_network_passes_the_application_on_only_with_consent(
    consumer: Client, world: SimpleNamespace
) -> None:
    world.lumibay.role = "board_provider"
    world.lumibay.save()
    made = filed(consumer, text="루미베이 게시물을 보고 송금했는데 물건이 오지 않아요.", delivered_on="")
    assert made.responsible == "social_network"
    assert "Have the social network pass it on" in page(consumer, follow(made))
    page(consumer, follow(made, "/share"))
    consumer.post(follow(made, "/share"), {"do": "agree", "agree": "on", "field-facts": "on"})
    made.refresh_from_db()
    assert made.state == "with_network" and set(shared_fields(made)) == {"number", "country", "facts"}


@pytest.mark.parametrize(
    ("text", "shop", "responsible"),
    [
        ("알리에서 산 신발을 11월 20일에 받았는데 밑창이 떨어졌어요.", "알리", "agent"),
        ("세관에서 물건을 보류하고 있어요. 언제 풀리나요?", "알리", "customs"),
        (
            "쇼핑몰 약관에 환불이 절대 안 된다고 되어 있어요. 이런 약관이 맞나요?",
            "알리",
            "regulator_referral",
        ),
        ("주차 딱지를 받았는데 어떻게 해야 하나요?", "", "not_ours"),
    ],
)
def test_every_answer_to_who_is_responsible_has_its_pages(
    consumer: Client, text: str, shop: str, responsible: str
) -> None:
    made = filed(consumer, text=text, operator_told=shop, delivered_on="", purchased_on="")
    assert made.responsible == responsible and made.operator is None
    shown = page(consumer, follow(made))
    assert "Who is responsible" in shown and "Hand it to the local agent" not in shown
    assert (made.state == "received") == (responsible not in ("agent",))
    assert consumer.get(follow(made, "/share")).status_code == 302


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("[루미베이] 아기 치발기 https://m.lumibay.example/i/777?s=kakao 지금 보기", "https://m.lumibay.example/i/777?s=kakao"),
        ("m.lumibay.example/i/777", "https://m.lumibay.example/i/777"),
        ("HTTPS://lumibay.example/i/777", "HTTPS://lumibay.example/i/777"),
        ("", ""),
    ],
)  # fmt: skip
def test_the_page_is_taken_as_a_phone_shares_it(consumer: Client, pasted: str, kept: str) -> None:
    assert filed(consumer, listing_url=pasted).listing_url == kept


def test_words_that_are_no_page_are_told_above_the_form_and_at_the_field(consumer: Client) -> None:
    answer = consumer.post("/help", {**FIRST, "listing_url": "루미베이 치발기"})
    shown = answer.content.decode()
    assert answer.status_code == 422 and "Some answers cannot be read." in shown
    assert 'id="wrong-listing_url"' in shown and "루미베이 치발기" in shown
