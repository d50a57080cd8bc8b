"""The letter of withdrawal leaves once, proves its dispatch, and writes to nobody but the shop."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from mapae.desk.documents.models import Outbox
from mapae.desk.documents.outbox import Outcome, run_outbox
from mapae.desk.helpline.telling import words
from tests.desk.consuming import code_in_mail, filed, follow, page

pytestmark = pytest.mark.usefixtures("helpline_day")


def test_the_letter_of_withdrawal_leaves_once_and_its_dispatch_is_proven(consumer: Client) -> None:
    made = filed(consumer)
    shown = page(consumer, follow(made, "/withdrawal"))
    assert "청약철회 통지서" in shown and "Notice of withdrawal" in shown and "agent@handeul.example" in shown
    answer = consumer.post(
        follow(made, "/withdrawal"), {"do": "send", "ground": "17(3)", "seller_email": "shop@seller.example"}
    )
    place = answer["Location"]
    assert "about to leave" in page(consumer, place)
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
    shown = page(consumer, place)
    assert (
        "Your withdrawal left on 2026-11-25 12:00" in shown and "in time" in shown and letter.digest in shown
    )
    for what in ("letter", "proof"):
        pdf = consumer.get(f"{place}/{what}.pdf")
        assert pdf.content.startswith(b"%PDF-")
    run_outbox({"email": transport})
    assert len([each for each in sent if each[1]]) == 2
    assert "shop@seller.example" not in str(list(Outbox.objects.values_list("payload", "address")))


def test_the_form_sends_no_mail_to_strangers_in_bulk(consumer: Client) -> None:
    made = filed(consumer)
    for number in range(5):
        consumer.post(
            follow(made, "/withdrawal"),
            {"do": "send", "ground": "17(1)", "seller_email": f"a{number}@b.example"},
        )
    assert made.withdrawals.count() == 3


def test_the_letter_leads_its_receiver_to_no_address_but_the_shops_own(consumer: Client) -> None:
    made = filed(
        consumer,
        product="치발기 www.evil.example/x https://evil.example/y",
        listing_url="https://evil.example/z",
    )
    shown = page(consumer, follow(made, "/withdrawal"))
    letter = shown[shown.index('class="letter"') :]
    assert "evil.example" not in letter and "치발기" in letter
    own = filed(consumer, listing_url="https://m.lumibay.example/item/1", product="")
    assert "https://m.lumibay.example/item/1" in page(consumer, follow(own, "/withdrawal"))


def test_a_letter_is_sent_once_though_the_button_is_pressed_twice(consumer: Client) -> None:
    made = filed(consumer)
    first, second = (
        consumer.post(follow(made, "/withdrawal"), {"do": "send", "ground": "17(1)"}) for _press in range(2)
    )
    assert first["Location"] == second["Location"] and made.withdrawals.count() == 1
    assert Outbox.objects.filter(key__startswith="withdrawal:").count() == 1


@pytest.mark.parametrize(
    ("supplied", "asks", "keeps"),
    [
        ("goods", "within 3 business days of the return of the goods", "Do not use the goods."),
        (
            "service",
            "of the day this notice is sent (Article 18(2) no. 2)",
            "Do not use the service any further.",
        ),
        ("nothing", "The goods have not arrived. Please refund", "Save the tracking page."),
    ],
)
def test_the_letter_asks_for_the_money_by_what_was_supplied(
    consumer: Client, supplied: str, asks: str, keeps: str
) -> None:
    made = filed(consumer)
    sent = consumer.post(follow(made, "/withdrawal"), {"do": "send", "ground": "17(1)", "supplied": supplied})
    shown = page(consumer, sent["Location"])
    assert asks in shown and keeps in shown
    assert ("how and where to return the goods" in shown) == (supplied == "goods")


def test_of_goods_that_never_came_the_letter_asks_for_no_return(consumer: Client) -> None:
    made = filed(consumer, text="루미베이에서 주문한 물건이 한 달째 배송되지 않아요.", delivered_on="")
    shown = page(consumer, follow(made, "/withdrawal"))
    assert made.category == "delivery" and "The goods have not arrived." in shown


def test_the_page_of_the_letter_says_where_it_goes_and_how_long_it_is_kept(consumer: Client) -> None:
    shown = page(consumer, follow(filed(consumer), "/withdrawal"))
    for part in ("Korea → Singapore", "5 years, as a record of contract and withdrawal", "leave this page"):
        assert part in shown


def test_the_letter_can_be_sent_whatever_the_triage_made_of_the_complaint(consumer: Client) -> None:
    made = filed(consumer)
    type(made).objects.filter(pk=made.pk).update(responsible="regulator_referral", category="advertising")
    assert "Send a letter of withdrawal" in page(consumer, follow(made))


def test_a_letter_that_names_neither_person_nor_order_is_not_sent(consumer: Client) -> None:
    made = filed(consumer)
    answer = consumer.post(follow(made, "/withdrawal"), {"do": "send", "name": "", "order_number": " "})
    assert answer.status_code == 422 and "Write your name or the order number" in answer.content.decode()
    assert not made.withdrawals.exists()


def test_who_has_no_address_of_the_shop_is_told_how_to_declare_it_alone(consumer: Client) -> None:
    made = filed(consumer, operator_told="어느 가게", text="어느 가게에서 산 물건이 부러졌어요.")
    shown = page(consumer, follow(made, "/withdrawal"))
    assert "send it in the shop&#x27;s chat" in shown or "send it in the shop's chat" in shown
    assert "I call it off without giving a reason." in shown and "W-…" not in shown
    shown = page(consumer, follow(made))
    assert "You can agree that the local agent is told" not in shown and "If you agree we" not in shown


SHOW = {"do": "show", "supplied": "goods", "name": "김지우"}


@pytest.mark.parametrize(
    ("came", "ground", "says"),
    [
        ("2026-11-18", "17(1)", "the period ends on 2026-11-25"),  # today, to its last minute
        ("2026-11-17", "17(1)", "The last day was 2026-11-24"),
        ("2026-11-20", "17(1)", "the period ends on 2026-11-27"),
        ("2026-09-18", "17(3)", "the period ends on 2026-12-18"),  # three months before thirty days from now
        ("2026-11-20", "17(3)", "You can withdraw until 2026-12-28"),  # as the triage told, past Christmas
    ],
)
def test_the_letter_counts_its_last_day_from_the_reason_and_the_day_in_it(
    consumer: Client, came: str, ground: str, says: str
) -> None:
    made = filed(consumer, purchased_on="2026-09-10")
    answer = consumer.post(
        follow(made, "/withdrawal"), {**SHOW, "ground": ground, "delivered_on": came}
    ).content.decode()
    assert says in answer
    assert ("choose that reason" in answer) == ("was" in says)


@pytest.mark.parametrize("came", ["2026-11-01", "2026-12-24", "2026-13-41"])
def test_a_day_of_delivery_that_cannot_be_is_told_and_sends_no_letter(consumer: Client, came: str) -> None:
    made = filed(consumer)  # bought on 2026-11-10
    answer = consumer.post(
        follow(made, "/withdrawal"), {**SHOW, "do": "send", "ground": "17(1)", "delivered_on": came}
    )
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    made.refresh_from_db()
    assert str(made.delivered_on) == "2026-11-20" and not made.withdrawals.exists()


def test_who_gave_no_day_of_delivery_reads_that_it_is_needed_or_that_none_runs(consumer: Client) -> None:
    made = filed(consumer, text="루미베이에서 산 모자가 제 취향이 아니에요. 무르고 싶어요.", delivered_on="")
    place = follow(made, "/withdrawal")
    assert "Write below when it came" in page(consumer, place)
    nothing = consumer.post(place, {**SHOW, "supplied": "nothing"}).content.decode()
    assert "no period runs yet" in nothing


def test_a_letter_of_the_last_minute_is_in_time_and_one_of_the_next_is_not(consumer: Client) -> None:
    made = filed(consumer, delivered_on="2026-11-18")
    at = [datetime(2026, 11, 25, 14, 59, tzinfo=UTC), datetime(2026, 11, 25, 15, 0, 30, tzinfo=UTC)]
    found = []
    for moment, mark in zip(at, ("23:59", "00:00"), strict=True):
        with time_machine.travel(moment, tick=False):
            consumer.post(follow(made, "/code"), {"do": "ask"})
            run_outbox({"email": lambda _row, sending: Outcome("handed_over" if sending() else "again")})
            consumer.post(follow(made, "/code"), {"code": code_in_mail()})
            said = {**SHOW, "do": "send", "ground": "17(1)", "delivered_on": "2026-11-18"}
            place = consumer.post(follow(made, "/withdrawal"), said)["Location"]
            run_outbox({"email": lambda _row, sending: Outcome("handed_over" if sending() else "again")})
            shown = page(consumer, place)
            assert mark in shown
            found.append(("in time" in shown, "too late" in shown))
    assert found == [(True, False), (False, True)]
