"""A consumer tells what happened, sees who is responsible, agrees or refuses, withdraws, follows and answers: no account."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mapae.desk.audit.models import AuditEntry
from mapae.desk.documents.models import Outbox
from mapae.desk.documents.outbox import Outcome, run_outbox
from mapae.desk.helpline.models import Complaint, Draft
from mapae.desk.helpline.share import shared_fields, shared_files
from mapae.desk.helpline.telling import words

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
FIRST = {
    "text": "루미베이에서 산 치발기가 부러지고 아이 입에 발진이 생겼습니다.",
    "purchased_on": "2026-11-10",
    "delivered_on": "2026-11-20",
    "operator_told": "루미베이",
    "listing_url": "",
}
REST = {
    "product": "아기 치발기",
    "order_number": "LB-77",
    "amount": "35,000",
    "currency": "KRW",
    "remedy": "refund",
    "name": "김지우",
    "email": "jiwoo@mail.example",
    "phone": "",
    "do": "send",
}


@pytest.fixture(autouse=True)
def _frozen() -> Any:
    cache.clear()  # calls are counted by minute and hour
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def client(world: SimpleNamespace) -> Client:
    found = Client()
    found.cookies["django_language"] = "en"
    return found


def draft(client: Client, **more: str) -> str:
    """The address of a draft with the three answers."""
    answer = client.post("/help", {**FIRST, **more})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def filed(client: Client, **more: str) -> Complaint:
    """The complaint that the form makes."""
    answer = client.post(draft(client), {**FIRST, **REST, **more})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Complaint.objects.latest("pk")


def page(client: Client, place: str) -> str:
    answer = client.get(place)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def follow(complaint: Complaint, more: str = "") -> str:
    return f"/help/f/{complaint.link}{more}"


def test_three_questions_lead_to_what_can_be_said_at_once(client: Client) -> None:
    shown = page(client, draft(client))
    assert "local agent" in shown and "Stop using it now." in shown
    assert "Lumibay" in shown and "2026-12-28" in shown  # thirty days from knowing of it, past Christmas


def test_a_question_that_cannot_be_read_is_told_at_its_field(client: Client) -> None:
    answer = client.post(
        "/help", {**FIRST, "text": "", "delivered_on": "2027-01-01", "listing_url": "javascript:1"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422 and not Draft.objects.exists()
    for field in ("text", "delivered_on", "listing_url"):
        assert f'aria-describedby="wrong-{field}"' in shown and f'id="wrong-{field}"' in shown


def test_a_draft_is_kept_sealed_and_comes_back_until_its_last_day(client: Client) -> None:
    place = draft(client)
    client.post(place, {**FIRST, "product": "치발기", "do": "save"})
    assert "치발기" not in Draft.objects.values_list("link_digest", flat=True)[0]
    assert "치발기" in page(Client(), place)
    with time_machine.travel(datetime(2026, 12, 10, tzinfo=UTC), tick=False):
        assert client.get(place).status_code == 404


def test_sending_makes_a_complaint_with_its_advice_and_ends_the_draft(client: Client) -> None:
    made = filed(client)
    assert made.state == "advised" and made.operator.key == "lumibay" and made.hazard
    assert str(made.amount) == "35000.00" and made.remedy == "refund" and made.name == "김지우"
    assert not Draft.objects.exists()
    assert [event.kind for event in made.events.all()] == ["received", "advised"]


def test_files_are_looked_at_and_a_bad_one_is_refused_without_losing_the_words(client: Client) -> None:
    place = draft(client)
    bad = SimpleUploadedFile("x.svg", b"<svg onload=alert(1)>", "image/svg+xml")
    answer = client.post(place, {**FIRST, **REST, "files": [bad]})
    assert answer.status_code == 422 and not Complaint.objects.exists()
    assert "LB-77" in answer.content.decode()


def test_whoever_has_only_the_address_sees_the_state_and_nothing_personal(client: Client) -> None:
    made = filed(client)
    shown = page(Client(HTTP_ACCEPT_LANGUAGE="en"), follow(made))
    assert made.number in shown and "Open your data" not in page(client, follow(made))
    for secret in ("김지우", "jiwoo@mail.example", "LB-77", "치발기", "35000"):
        assert secret not in shown
    feed = Client().get(follow(made, "/feed.atom"))
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert all(secret not in feed.content.decode() for secret in ("김지우", "LB-77", "치발기"))


def test_pages_behind_the_address_are_kept_from_caches_indexes_and_other_sites(client: Client) -> None:
    answer = client.get(follow(filed(client)))
    assert answer["Cache-Control"] == "no-store" and "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert client.get("/help/f/guess").status_code == 404


def code_in_mail() -> str:
    row = Outbox.objects.filter(key__contains=":code:").latest("pk")
    assert re.search(r"\d{6}", str(row.payload)) is None or row.payload["secret"]
    found = re.search(r"\b(\d{6})\b", words(row).text)
    assert found
    return found[1]


def test_a_one_time_code_opens_it_once_for_half_an_hour(client: Client) -> None:
    made, other = filed(client), Client()
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


def test_codes_cannot_be_guessed_one_after_another(client: Client) -> None:
    made, other = filed(client), Client()
    other.post(follow(made, "/code"), {"do": "ask"})
    code = code_in_mail()
    for _try in range(5):
        other.post(follow(made, "/code"), {"code": "000000" if code != "000000" else "111111"})
    other.post(follow(made, "/code"), {"code": code})
    assert "LB-77" not in page(other, follow(made))


def test_who_leaves_no_contact_gets_a_number_that_opens_it(client: Client) -> None:
    made = filed(client, email="")
    shown = page(client, follow(made))
    pin = re.search(r"<strong>(\d{8})</strong>", shown)
    assert pin and pin[1] not in page(client, follow(made))
    other = Client()
    other.post(follow(made, "/code"), {"code": pin[1]})
    assert "LB-77" in page(other, follow(made))


def test_before_anything_is_sent_the_page_says_what_to_whom_where_how_long(client: Client) -> None:
    made = filed(client)
    shown = page(client, follow(made, "/share"))
    for part in (
        "Handeul Law (Lumibay)",
        "Korea → Singapore",
        "3 years",
        "Your consent",
        "You may refuse",
        "LB-77",
    ):
        assert part in shown
    assert shared_fields(made) == {}


def test_with_consent_only_the_ticked_fields_are_shared_and_the_agents_period_runs(client: Client) -> None:
    made = filed(client)
    ticked = {f"field-{key}": "on" for key in ("order_number", "facts", "contact")}
    client.post(follow(made, "/share"), {"do": "agree", "agree": "on", "facts": "치발기가 부러짐", **ticked})
    made.refresh_from_db()
    assert made.state == "handed_over"
    assert shared_fields(made) == {
        "number": made.number, "order_number": "LB-77", "facts": "치발기가 부러짐",
        "contact": f"{made.relay}@localhost",
    }  # fmt: skip
    shown = page(client, follow(made))
    assert "2026-11-30" in shown  # three business days
    client.post(follow(made, "/share"), {"do": "take_back"})
    assert shared_fields(made) == {}


def test_without_the_tick_nothing_is_sent(client: Client) -> None:
    made = filed(client)
    answer = client.post(follow(made, "/share"), {"do": "agree", "field-facts": "on"})
    made.refresh_from_db()
    assert answer.status_code == 422 and made.state == "advised" and not made.shares.exists()


def test_who_refuses_keeps_the_advice_and_nothing_is_sent(client: Client) -> None:
    made = filed(client)
    client.post(follow(made, "/share"), {"do": "refuse"})
    shown = page(client, follow(made))
    assert shared_fields(made) == {} and "Who is responsible" in shown and "Nothing is sent" in shown
    assert made.shares.get().shown == "{}"


def test_harm_is_reported_without_a_name(client: Client) -> None:
    made = filed(client, anonymous="on")
    assert made.anonymous and made.hazard and not (made.name or made.email or made.order_number)
    shown = page(client, follow(made))
    assert "Hand it to the local agent" not in shown and "Send a letter of withdrawal" not in shown


def test_the_letter_of_withdrawal_leaves_once_and_its_dispatch_is_proven(client: Client) -> None:
    made = filed(client)
    shown = page(client, follow(made, "/withdrawal"))
    assert "청약철회 통지서" in shown and "Notice of withdrawal" in shown and "agent@handeul.example" in shown
    answer = client.post(
        follow(made, "/withdrawal"), {"do": "send", "ground": "17(3)", "seller_email": "shop@seller.example"}
    )
    place = answer["Location"]
    assert "about to leave" in page(client, place)
    letter = made.withdrawals.get()
    sent: list[tuple[str, str]] = []

    def transport(row: Outbox, sending: Any) -> Outcome:
        from mapae.desk.helpline.telling import receiver

        assert sending()
        told = words(row)
        sent.append((receiver(row), told.files[0][0] if told.files else ""))
        return Outcome("handed_over")

    run_outbox({"email": transport})
    letters = [each for each in sent if each[1]]
    assert sorted(letters) == [
        ("agent@handeul.example", f"{letter.code}.pdf"),
        ("shop@seller.example", f"{letter.code}.pdf"),
    ]
    shown = page(client, place)
    assert (
        "Your withdrawal left on 2026-11-25 12:00" in shown and "in time" in shown and letter.digest in shown
    )
    for what in ("letter", "proof"):
        pdf = client.get(f"{place}/{what}.pdf")
        assert pdf.content.startswith(b"%PDF-")
    run_outbox({"email": transport})
    assert len([each for each in sent if each[1]]) == 2
    assert "shop@seller.example" not in str(list(Outbox.objects.values_list("payload", "address")))


def test_the_form_sends_no_mail_to_strangers_in_bulk(client: Client) -> None:
    made = filed(client)
    for number in range(5):
        client.post(
            follow(made, "/withdrawal"),
            {"do": "send", "ground": "17(1)", "seller_email": f"a{number}@b.example"},
        )
    assert made.withdrawals.count() == 3


def test_agent_answers_consumer_declines_and_goes_to_redress_and_mediation(
    client: Client, world: SimpleNamespace
) -> None:
    from mapae.desk.helpline.actions import run

    made = filed(client)
    client.post(
        follow(made, "/share"), {"do": "agree", "agree": "on", "field-facts": "on", "facts": "부러짐"}
    )
    run("answer", world.minjun, made, text="환불해 드릴 수 없습니다.", offer="refused")
    shown = page(client, follow(made))
    assert "환불해 드릴 수 없습니다." in shown and "환불해" not in page(Client(), follow(made))
    for verb in ("decline", "apply_redress", "apply_mediation"):
        client.post(follow(made, "/act"), {"verb": verb, "text": "억울합니다"})
    made.refresh_from_db()
    assert made.state == "mediation"
    assert made.answers.get().verdict == "declined"


def test_a_verb_that_is_not_the_consumers_does_nothing(client: Client) -> None:
    made = filed(client)
    for verb in ("close", "refer", "answer", "hand_over", "nonsense"):
        client.post(follow(made, "/act"), {"verb": verb})
    made.refresh_from_db()
    assert made.state == "advised"


def test_the_pages_speak_three_languages(client: Client) -> None:
    made = filed(client)
    for language, title in (("ko", "나의 상담"), ("en", "Your complaint"), ("zh-hans", "我的投诉")):
        client.cookies["django_language"] = language
        assert title in page(client, follow(made))
        page(client, "/help")
        page(client, "/rights?ground=17(1)&delivered_on=2026-11-20&returned_on=2026-11-20&amount=35000")
        page(client, follow(made, "/withdrawal"))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("ground=17(1)&delivered_on=2026-11-20", ("You may withdraw.", "2026-11-27", "You pay the return")),
        ("ground=17(1)&delivered_on=2026-11-02", ("The last day has passed.", "2026-11-09")),
        (
            "ground=17(3)&delivered_on=2026-11-02&known_on=2026-11-10",
            ("You may withdraw.", "2026-12-10", "The seller pays"),
        ),
        ("ground=17(1)&delivered_on=2026-11-20&used_value_much_reduced=on", ("An exclusion holds.",)),
        (
            "ground=17(1)&delivered_on=2026-11-20&used_value_much_reduced=on&measure=no",
            ("You may withdraw.",),
        ),
        (
            "ground=17(1)&delivered_on=2026-09-18&declared_on=2026-09-20&returned_on=2026-09-21&amount=100000",
            ("You may withdraw.", "2026-09-28", "58 days late", "2,383 won|2383 won"),
        ),
        ("ground=17(1)&delivered_on=2026-11-20&private=on", ("does not cover",)),
    ],
)
def test_the_calculator_says_what_law_says(client: Client, asked: str, told: tuple[str, ...]) -> None:
    shown = page(client, f"/rights?{asked}")
    for part in told:
        assert re.search(part.replace("(", r"\(").replace(".", r"\."), shown), part


@pytest.mark.parametrize(
    "asked",
    ["ground=17(1)&delivered_on=2027-01-01", "ground=17(3)&delivered_on=2026-11-20&known_on=2026-11-01"],
)
def test_days_that_cannot_be_are_told(client: Client, asked: str) -> None:
    assert client.get(f"/rights?{asked}").status_code == 422


@pytest.mark.parametrize(
    "asked",
    ["ground=x", "ground=17(1)&amount=NaN&delivered_on=31-31", "ground=17(1)&amount=1e999&supplied=z"],
)
def test_nonsense_breaks_no_calculator(client: Client, asked: str) -> None:
    assert client.get(f"/rights?{asked}").status_code == 200


def test_the_letter_leads_its_receiver_to_no_address_but_the_shops_own(client: Client) -> None:
    made = filed(
        client,
        product="치발기 www.evil.example/x https://evil.example/y",
        listing_url="https://evil.example/z",
    )
    shown = page(client, follow(made, "/withdrawal"))
    letter = shown[shown.index('class="letter"') :]
    assert "evil.example" not in letter and "치발기" in letter
    own = filed(client, listing_url="https://m.lumibay.example/item/1", product="")
    assert "https://m.lumibay.example/item/1" in page(client, follow(own, "/withdrawal"))


def test_more_words_and_files_are_added_and_the_agent_gets_none_of_them(client: Client) -> None:
    made = filed(client)
    client.post(
        follow(made, "/share"), {"do": "agree", "agree": "on", "field-facts": "on", "field-files": "on"}
    )
    before = shared_fields(made)
    more = SimpleUploadedFile("more.txt", "영수증".encode(), "text/plain")
    client.post(follow(made, "/add"), {"text": "어제 더 심해졌어요.", "files": [more]})
    shown = page(client, follow(made))
    assert "어제 더 심해졌어요." in shown and "more.txt" in shown
    assert shared_fields(made) == before and not shared_files(made)
    assert (
        client.post(follow(made, "/add"), {}).status_code == 302
        and made.events.filter(kind="added").count() == 1
    )


def test_a_network_passes_the_application_on_only_with_consent(
    client: Client, world: SimpleNamespace
) -> None:
    world.lumibay.role = "board_provider"
    world.lumibay.save()
    made = filed(client, text="루미베이 게시물을 보고 송금했는데 물건이 오지 않아요.", delivered_on="")
    assert made.responsible == "social_network"
    assert "Have the social network pass it on" in page(client, follow(made))
    page(client, follow(made, "/share"))
    client.post(follow(made, "/share"), {"do": "agree", "agree": "on", "field-facts": "on"})
    made.refresh_from_db()
    assert made.state == "with_network" and set(shared_fields(made)) == {"number", "facts"}


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
    client: Client, text: str, shop: str, responsible: str
) -> None:
    made = filed(client, text=text, operator_told=shop, delivered_on="", purchased_on="")
    assert made.responsible == responsible and made.operator is None
    shown = page(client, follow(made))
    assert "Who is responsible" in shown and "Hand it to the local agent" not in shown
    assert (made.state == "received") == (responsible not in ("agent",))
    assert client.get(follow(made, "/share")).status_code == 302


def test_a_letter_is_sent_once_though_the_button_is_pressed_twice(client: Client) -> None:
    made = filed(client)
    first, second = (
        client.post(follow(made, "/withdrawal"), {"do": "send", "ground": "17(1)"}) for _press in range(2)
    )
    assert first["Location"] == second["Location"] and made.withdrawals.count() == 1
    assert Outbox.objects.filter(key__startswith="withdrawal:").count() == 1


def test_the_consumer_takes_the_file_for_the_committee_with_the_code_only_and_it_is_noted(
    client: Client,
) -> None:
    made = filed(client)
    told = client.get(follow(made, "/mediation.json")).json()
    assert (told["number"], told["parties"]["consumer"]["name"]) == (made.number, "김지우")
    paper = client.get(follow(made, "/mediation.pdf"))
    assert paper.content.startswith(b"%PDF") and paper["Cache-Control"] == "no-store"
    assert AuditEntry.objects.filter(kind="read_personal", subject=f"complaint:{made.pk}").count() == 2
    stranger = Client()
    for name in ("mediation.pdf", "mediation.json"):
        assert stranger.get(follow(made, f"/{name}")).status_code == 302
