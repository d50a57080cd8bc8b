"""SMS through an adapter: one HTTP request to the gateway that the installation names; without one, none is sent."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
from django.conf import settings

from mapae.desk.documents.models import Outbox
from mapae.desk.documents.outbox import Outcome

__all__ = ["SECONDS", "available", "plain_number", "send"]

SECONDS = 20


def available() -> bool:
    """Whether this desk can send SMS: a gateway is named, or it is the training desk, where they become files."""
    return bool(settings.TRAINING or settings.SMS.url)


def plain_number(told: str) -> str:
    """The number as +82… or with its own country code, digits only; empty where it is no telephone number."""
    digits = re.sub(r"[\s().-]", "", told)
    if re.fullmatch(r"0\d{8,10}", digits):
        return f"+82{digits[1:]}"
    return digits if re.fullmatch(r"\+\d{8,15}", digits) else ""


def send(row: Outbox, sending: Callable[[], bool]) -> Outcome:
    """Post {id, to, text} as JSON; 2xx is taken, 4xx never again (but 408 and 429), anything else later. The id is the same
    for every try, so that the gateway can tell a repeat."""
    from mapae.desk.helpline.telling import receiver, words

    number = plain_number(receiver(row))
    if not settings.SMS.url or not number:
        return Outcome("failed", "no gateway" if number else "no telephone number")
    body = {"id": row.key, "to": number, "text": words(row).text}
    headers = {"authorization": f"Bearer {settings.SMS.token}"} if settings.SMS.token else {}
    if not sending():
        return Outcome("again", "another worker has it")
    try:
        answer = httpx.post(settings.SMS.url, json=body, headers=headers, timeout=SECONDS, trust_env=False)
    except httpx.ConnectError as error:
        return Outcome("again", f"{type(error).__name__}: {error}")
    except httpx.HTTPError as error:
        return Outcome("again", f"the gateway gave no answer: {type(error).__name__}")
    if answer.is_success:
        return Outcome("handed_over")
    never = 400 <= answer.status_code < 500 and answer.status_code not in (408, 429)
    return Outcome("failed" if never else "again", f"answered {answer.status_code}")
