"""The letter of withdrawal leaves once, proves its dispatch, and writes to nobody but the shop."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from mapae.desk.documents.models import Outbox
from mapae.desk.documents.outbox import Outcome, run_outbox
from mapae.desk.helpline.telling import words
from tests.desk.consuming import NOW, filed, follow, page


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


def test_a_letter_is_sent_once_though_the_button_is_pressed_twice(client: Client) -> None:
    made = filed(client)
    first, second = (
        client.post(follow(made, "/withdrawal"), {"do": "send", "ground": "17(1)"}) for _press in range(2)
    )
    assert first["Location"] == second["Location"] and made.withdrawals.count() == 1
    assert Outbox.objects.filter(key__startswith="withdrawal:").count() == 1
