"""Invented complaints for the tests of the helpline's desk."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from mapae.desk.helpline.actions import run
from mapae.desk.helpline.intake import receive
from mapae.desk.helpline.models import Complaint
from mapae.desk.helpline.share import decide

__all__ = ["TEXT", "complaint", "handed_over", "signed_in", "text_of"]

TEXT = (
    "루미베이에서 산 치발기가 불량품입니다. 사흘 만에 부러졌어요. 환불을 요청했는데 판매자가 답이 없습니다."
)


def complaint(world: Any, **about: Any) -> Complaint:
    """One of Jiwoo's about Lumibay, just arrived."""
    told = {
        "operator_told": "루미베이", "product": "치발기 (예시)", "order_number": "LB-2026-000777", "amount": 12900,
        "currency": "KRW", "remedy": "refund", "name": "지우", "email": "jiwoo@mail.example", "phone": "010-0000-0001",
        "seller": "반짝상회(예시)",
    }  # fmt: skip
    text = about.pop("text", TEXT)
    channel = about.pop("channel", "web")
    return receive(channel, text, **{**told, **about})


def handed_over(world: Any, **about: Any) -> Complaint:
    """The same, agreed to be shared and with the agent."""
    made = complaint(world, **about)
    decide(made, agrees=True)
    return run("hand_over", "consumer", made)


def signed_in(person: Any) -> Client:
    """The browser of a person of the desk."""
    client = Client()
    client.force_login(person)
    return client


def text_of(client: Client, name: str, *at: object, **query: str) -> str:
    """What the page of that name says."""
    answer = client.get(reverse(name, args=at), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()
